"""What leaves the account: the card for the desk, and the coded research row.

A row is REDCap's raw form: one column a field, `field___code` with 0 and 1 for checkboxes, codes as in
the dictionary. Empty is *not asked*, "skip" is *asked and left* (every column of a checkbox holds it),
"pnts" is *prefers not to say*; where `field___pnts` is 1, the zeros beside it are not a "no".
Twins: cardLines in static/js/parts/instrument.js, researchRow in static/js/parts/rows.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from instruments.answers import PREFERS_NOT, Answers, Reading, check_answer, cleaned, left, shaped
from instruments.errors import AnswerError, NoConsentError
from instruments.field import Field, Instrument

NOT_ASKED = ""
SKIPPED = "skip"
# A yes to research; in a follow-up, no word against it.
CONSENT = ("consent_research", "yes")
FOLLOWUP_CONSENT = ("f_consent", "keep")


class CardLine(NamedTuple):
    name: str
    label: str
    value: str


def answers_for_card(instrument: Instrument, answers: Answers) -> list[CardLine]:
    """The lines that the desk would see, in order, choices in words. The person may take any out.

    What was left, or answered with "I prefer not to say", makes no line.
    """
    kept = cleaned(instrument, answers)
    return [
        CardLine(one.name, one.label, words(one, kept[one.name]))
        for one in instrument.fields
        if one.policy.triage
        and one.name in kept
        and not left(kept[one.name])
        and kept[one.name] not in (PREFERS_NOT, [PREFERS_NOT])
    ]


def words(one: Field, answer: object) -> str:
    """An answer as a person reads it: "Retaliation. Unequal pay or resources." """
    labels = {choice.code: choice.label for choice in one.options}
    if isinstance(answer, list):
        return ". ".join(labels[code] for code in answer) + "."
    return labels.get(str(answer), str(answer)) if isinstance(answer, str) else ""


def columns(instrument: Instrument, *, restricted: bool = True) -> tuple[str, ...]:
    """The columns of a research row, in order."""
    return tuple(column for one in _exported(instrument, restricted) for column in one.columns)


def research_row(
    instrument: Instrument, answers: Answers, consents: Mapping[str, object], *, restricted: bool = True
) -> dict[str, str]:
    """The coded row of one person and wave; everything not marked for research is dropped.

    Args: consents: the peer's consents in force, {"consent_research": "yes", ...}.
        restricted: keep the fields that only some releases may carry.
    Raises: NoConsentError without a yes to research; AnswerError for a code that no release could read.
    """
    name, needed = FOLLOWUP_CONSENT
    if consents.get(CONSENT[0]) != CONSENT[1] or answers.get(name, needed) not in (needed, {"skip": True}, ""):
        raise NoConsentError("there is no yes to research, so no row is made")
    reading = Reading(instrument, answers)
    row: dict[str, str] = {}
    for one in _exported(instrument, restricted):
        allowed = not one.policy.only_if or consents.get(one.policy.only_if) == "yes"
        row |= _cells(one, answers, reading) if allowed and reading.shown(one.name) else _all(one, NOT_ASKED)
    return row


def _exported(instrument: Instrument, restricted: bool) -> list[Field]:
    allowed = ("yes", "restricted") if restricted else ("yes",)
    return [one for one in instrument.fields if one.row_policy in allowed]


def _all(one: Field, code: str) -> dict[str, str]:
    return dict.fromkeys(one.columns, code)


def _cells(one: Field, answers: Answers, reading: Reading) -> dict[str, str]:
    if one.formula is not None:
        return _all(one, reading.value(one.formula))
    if one.name not in answers:
        return _all(one, NOT_ASKED)
    answer = shaped(one, answers[one.name])
    if left(answer):
        return _all(one, SKIPPED)
    if isinstance(answer, list):
        ticked = (str(int(choice.code in answer)) for choice in one.choices)
        return dict(zip(one.columns, ticked, strict=True))
    wrong = check_answer(one, answer)
    if wrong:
        raise AnswerError(one.name, wrong)
    return {one.name: str(answer)}
