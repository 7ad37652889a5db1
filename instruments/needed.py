"""What the pages, and what joins editions, ask of the next edition of an instrument that is in use."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.cells import CHOICES, NAME, TYPE
from instruments.errors import DictionaryError
from instruments.field import Instrument

_YES_NO_LATER = ("yes", "no", "later")
# instrument: {field: codes that the pages act on}
NEEDED: dict[str, dict[str, tuple[str, ...]]] = {
    "intake": {
        "consent_service": ("yes", "no"),
        "consent_research": _YES_NO_LATER,
        "consent_quotes": _YES_NO_LATER,
        "consent_followup": _YES_NO_LATER,
    },
    "followup": {"f_consent": ("keep", "stop", "withdraw")},
}


def missing(instrument: Instrument) -> Iterator[DictionaryError]:
    """What an edition of an instrument in use lacks, as a reader's refusals."""
    end = max((one.line for one in instrument.fields), default=1)
    for name, codes in NEEDED.get(instrument.name, {}).items():
        if name not in instrument:
            yield DictionaryError(end, NAME, f"there is no field “{name}”; the pages ask for this consent by that name")
            continue
        one = instrument[name]
        if one.type not in ("radio", "dropdown"):
            yield DictionaryError(one.line, TYPE, f"“{name}” is a choice of one; use radio")
        elif {choice.code for choice in one.choices} != set(codes):
            yield DictionaryError(one.line, CHOICES, f"“{name}” has the codes {', '.join(codes)}, and no others")
        elif instrument.name == "intake" and not one.policy.consent:
            yield DictionaryError(one.line, "Field Annotation", f"“{name}” is a consent of its own; write consent=yes")


def changed_codes(before: Instrument, after: Instrument) -> Iterator[DictionaryError]:
    """Codes that would mean another thing than in the edition before: rows of both could not be read together."""
    for one in after.fields:
        if one.name not in before or not one.choices or not before[one.name].choices:
            continue
        if (one.type == "checkbox") != (before[one.name].type == "checkbox"):
            yield DictionaryError(
                one.line, TYPE, f"“{one.name}” was a {before[one.name].type}; give a {one.type} a new name"
            )
