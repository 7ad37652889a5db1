"""What the pages, the desk, and what joins editions, ask of the next edition of an instrument that is in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from instruments.cells import ANNOTATION, CHOICES, NAME, TYPE, VALIDATION
from instruments.editions import load
from instruments.errors import DictionaryError
from instruments.field import Field, Instrument

_ONE = ("radio", "dropdown")
_WORDS = ("text", "notes")
ROW_BYTES = 8192  # of each sealed row (crypto/SPEC.md 8)
AROUND = 256  # names of instrument, wave, month, thread
TYPED = 32  # characters of a number, a date or a result


class Need(NamedTuple):
    """A field that something acts on by its name: what for, its types, its codes (None: any)."""

    why: str
    types: tuple[str, ...]
    codes: tuple[str, ...] | None = None
    consent: bool = False
    card: bool = False


def _consent(*codes: str) -> Need:
    return Need("the pages ask for this consent by that name", _ONE, codes, consent=True)


_KEEPS_OUT = "peers keep people out by it, and the desk compares it"
NEEDED: dict[str, dict[str, Need]] = {
    "intake": {
        "consent_service": _consent("yes", "no"),
        "consent_research": _consent("yes", "no", "later"),
        "consent_quotes": _consent("yes", "no", "later"),
        "consent_followup": _consent("yes", "no", "later"),
        "exclude_people": Need(_KEEPS_OUT, _WORDS, card=True),
        "employer_org": Need(_KEEPS_OUT, _WORDS, card=True),
        "exclude_states": Need(_KEEPS_OUT, ("checkbox",), card=True),
        "deadline_date": Need("the desk sorts cards by it", ("text",), card=True),
    },
    "followup": {"f_consent": _consent("keep", "stop", "withdraw")},
}


def missing(instrument: Instrument) -> Iterator[DictionaryError]:
    """What an edition of an instrument in use lacks, as a reader's refusals."""
    end = max((one.line for one in instrument.fields), default=1)
    for name, need in NEEDED.get(instrument.name, {}).items():
        if name not in instrument:
            yield DictionaryError(end, NAME, f"there is no field “{name}”; {need.why}")
        else:
            yield from _unfit(instrument[name], need)
    if instrument.name == "intake" and "exclude_states" in instrument:
        yield from _states(instrument["exclude_states"])
    if "deadline_date" in instrument and instrument.name == "intake":
        one = instrument["deadline_date"]
        if not one.validation_name.startswith("date_"):
            yield DictionaryError(one.line, VALIDATION, "“deadline_date” is a date; use date_ymd")


def _unfit(one: Field, need: Need) -> Iterator[DictionaryError]:
    if one.type not in need.types:
        yield DictionaryError(one.line, TYPE, f"“{one.name}” is {need.types[0]} here; {need.why}")
    elif need.codes is not None and {choice.code for choice in one.choices} != set(need.codes):
        yield DictionaryError(one.line, CHOICES, f"“{one.name}” has the codes {', '.join(need.codes)}, and no others")
    if need.consent and not one.policy.consent:
        yield DictionaryError(one.line, ANNOTATION, f"“{one.name}” is a consent of its own; write consent=yes")
    if need.card and not one.policy.triage:
        yield DictionaryError(one.line, ANNOTATION, f"“{one.name}” goes on the card; write triage=yes: {need.why}")


def _states(one: Field) -> Iterator[DictionaryError]:
    """Volunteers' profiles hold these codes (static/js/pages/profile.js): another one would keep nobody out."""
    known = {choice.code for choice in load("intake")["exclude_states"].choices}
    for choice in one.choices:
        if choice.code not in known:
            yield DictionaryError(one.line, CHOICES, f"no profile has the code “{choice.code}”; keep the codes")
            return


def changed_codes(before: Instrument, after: Instrument) -> Iterator[DictionaryError]:
    """Fields whose columns would mean another thing than in the edition before: rows of both are read together."""
    for one in after.fields:
        if one.name not in before or not one.choices or not before[one.name].choices:
            continue
        if (one.type == "checkbox") != (before[one.name].type == "checkbox"):
            yield DictionaryError(
                one.line, TYPE, f"“{one.name}” was a {before[one.name].type}; give a {one.type} a new name"
            )


def too_long(instrument: Instrument) -> Iterator[DictionaryError]:
    """The field with which somebody's row could get longer than all rows are: then no page could seal it."""
    room = ROW_BYTES - AROUND
    for one in instrument.fields:
        if one.row_policy == "no":
            continue
        codes = ["skip", *(choice.code for choice in one.options)] if one.type != "checkbox" else ["skip"]
        widest = max(map(len, codes)) if one.options else TYPED
        room -= sum(len(f'"{column}":"",') + widest for column in one.columns)
        if room < 0:
            yield DictionaryError(
                one.line, ANNOTATION, "up to here more goes to research than one sealed row holds; write export=never"
            )
            return
