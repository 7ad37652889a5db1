"""Answers to an instrument: which fields are asked, what is kept, what is wrong with one answer.

Shape, in Python and in the browser (docs/instruments.md):
    {field: "code" | ["codes"] | "text" | {"skip": True}}
A field that is absent was never put to the person; {"skip": True}, "" and [] were put and left.
Twin: static/js/parts/instrument.js. Vectors: tests/vectors/instruments/answers.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from instruments.branching import Tree
from instruments.errors import AnswerError
from instruments.evaluate import as_text, reader, truth, value_of
from instruments.field import ANSWERED, Field, Instrument
from instruments.validation import SLIDER_WORDS, check_text, trimmed

Answer: TypeAlias = "str | list[str] | dict[str, bool]"
Answers: TypeAlias = Mapping[str, object]

SKIP: dict[str, bool] = {"skip": True}
PREFERS_NOT = "pnts"
WHOLE = re.compile("-?[0-9]{1,9}")  # as a slider gives it
LONGEST = 60_000  # characters; an account of some 10,000 words


class Reading:
    """Answers seen through an instrument: branched-away answers are blank, calc fields are computed."""

    def __init__(self, instrument: Instrument, answers: Answers) -> None:
        self._fields = instrument.by_name
        self._answers = answers
        self._look = reader(answers)
        self._shown: dict[str, bool] = {}
        self._computed: dict[str, str] = {}  # each once: formulas may name each other many times over

    def shown(self, name: str) -> bool:
        """Whether branching logic shows a field. Dictionaries can't run in circles."""
        if name not in self._shown:
            show = self._fields[name].show
            self._shown[name] = show is None or truth(value_of(show, self.look))
        return self._shown[name]

    def value(self, tree: Tree) -> str:
        return as_text(value_of(tree, self.look))

    def look(self, name: str, code: str | None) -> str:
        one = self._fields[name]
        if not self.shown(name) or not one.policy.default_on or one.type == "sql":
            return "" if code is None else "0"
        if one.formula is not None:
            if name not in self._computed:
                self._computed[name] = self.value(one.formula)
            return self._computed[name]
        if code is not None and one.exclusive:
            answer = self._answers.get(name)
            alone = untick(one.exclusive, list(answer)) if isinstance(answer, (list, tuple)) else []
            return "1" if code in alone else "0"
        return trimmed(self._look(name, code))


def asked(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """Names of the fields that a person with these answers is asked, in order."""
    reading = Reading(instrument, answers)
    return tuple(one.name for one in instrument.fields if one.asked_of_people and reading.shown(one.name))


def cleaned(instrument: Instrument, answers: Answers) -> dict[str, Answer]:
    """The answers that may be kept, in the dictionary's order.

    Leaves out what is branched away, what is never stored, and names that the instrument does not have.
    Raises: AnswerError for an answer of a wrong shape or an unknown code. A wrong e-mail is kept.
    """
    reading = Reading(instrument, answers)
    kept: dict[str, Answer] = {}
    for one in instrument.fields:
        if one.name not in answers or one.type not in ANSWERED or not one.policy.stored:
            continue
        if one.policy.default_on and reading.shown(one.name):
            kept[one.name] = shaped(one, answers[one.name])
    return kept


def shaped(one: Field, answer: object) -> Answer:
    """An answer in its one right form: codes in the dictionary's order, text without outer blanks.

    Raises: AnswerError.
    """
    if left(answer):
        return dict(SKIP)
    if one.type == "checkbox":
        return _boxes(one, answer)
    if not isinstance(answer, str):
        raise AnswerError(one.name, "This answer should be text.")
    if one.options and answer not in {choice.code for choice in one.options}:
        raise AnswerError(one.name, "This is not one of the choices.")
    if len(answer) > LONGEST:
        raise AnswerError(one.name, f"This is longer than {LONGEST} characters.")
    return answer if one.options else trimmed(answer)


def left(answer: object) -> bool:
    """Whether a question was put and left without an answer."""
    return answer == SKIP or answer == [] or (isinstance(answer, str) and trimmed(answer) == "")


def check_answer(one: Field, answer: object, *, today: str = "") -> str:
    """Kind words about what to change, or "" when the answer is fine. Leaving a question is fine.

    Args: today: YYYY-MM-DD, for limits that move with the day.
    """
    if left(answer):
        return ""
    try:
        kept = shaped(one, answer)
    except AnswerError as wrong:
        return wrong.words
    if one.type == "slider" and isinstance(kept, str):
        low, high = int(one.least or 0), int(one.most or 100)
        inside = WHOLE.fullmatch(kept) is not None and low <= int(kept) <= high
        return "" if inside else SLIDER_WORDS % {"least": low, "most": high}
    if one.validation is not None and isinstance(kept, str):
        return check_text(one.validation, one.least, one.most, kept, today)
    return ""


def _boxes(one: Field, answer: object) -> list[str]:
    if not isinstance(answer, (list, tuple)):
        raise AnswerError(one.name, "This answer should be a list of codes.")
    ticked = [code for code in answer if isinstance(code, str)]
    known = [choice.code for choice in one.choices]
    if len(ticked) != len(answer) or not set(ticked) <= set(known):
        raise AnswerError(one.name, "This is not one of the choices.")
    return untick(one.exclusive, [code for code in known if code in ticked])


def untick(exclusive: Iterable[str], ticked: list[str]) -> list[str]:
    """Ticked codes, where one that excludes the others stands alone, as REDCap does it.

    "I prefer not to say" and "only inside this site" win over a box left ticked beside them: the careful
    reading of two that don't go together.
    """
    alone = [code for code in ticked if code in set(exclusive)]
    return [PREFERS_NOT] if PREFERS_NOT in alone else alone[:1] or ticked
