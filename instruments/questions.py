"""What a page needs to ask an instrument: parts, questions in order, minutes. Plain data, no HTML.

`as_json` is what the browser gets; static/js/parts/instrument.js reads it. Shapes: docs/instruments.md.
"""

from __future__ import annotations

import html
import re
from dataclasses import asdict, dataclass
from typing import Any

from instruments.branching import Tree
from instruments.field import Field, Instrument
from instruments.validation import SLIDER_WORDS

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
MANY = 15  # more choices than this ask for a search box
# Seconds that a person takes, by type; estimates, rounded to minutes for a part.
_SECONDS = {
    "radio": 7,
    "dropdown": 8,
    "checkbox": 12,
    "text": 10,
    "notes": 20,
    "slider": 8,
    "file": 30,
    "signature": 30,
    "descriptive": 5,
}
_MANY_BOXES_S, _LINE_OF_MATRIX_S, _OWN_WORDS_S = 18, 4, 90


@dataclass(frozen=True)
class Option:
    """A choice. `lead` and `hint` split "Retaliation (punished for ...)" for a large and a small line."""

    code: str
    label: str
    lead: str
    hint: str


@dataclass(frozen=True)
class Check:
    """How a text is checked: a pattern for the whole of it, limits, and words when it does not fit."""

    kind: str
    pattern: str
    words: str
    compare: str
    least: str
    most: str


@dataclass(frozen=True)
class Question:
    """One question. `show` is a branching tree or None; `kept` is False when its answer is never stored."""

    id: str
    type: str
    label: str
    note: str
    choices: tuple[Option, ...]
    exclusive: tuple[str, ...]
    support: tuple[str, ...]
    search: bool
    check: Check | None
    show: Tree | None
    formula: Tree | None
    matrix: str
    short: bool
    card: bool
    required: bool
    consent: bool
    kept: bool
    row: str
    only_if: str


@dataclass(frozen=True)
class Part:
    """One section. `minutes` and `short_minutes` are whole; short_minutes is 0 off the short path."""

    id: str
    title: str
    note: str
    minutes: int
    short_minutes: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """An instrument as pages ask it. `others` are never asked: system, researcher and computed fields."""

    id: str
    name: str
    edition: int
    minutes: int
    short_minutes: int
    order: tuple[str, ...]
    parts: tuple[Part, ...]
    others: tuple[Question, ...]


def questionnaire(instrument: Instrument) -> Questionnaire:
    """The parts and questions of an instrument; fields that are off are not in it."""
    on = [one for one in instrument.fields if one.policy.default_on and one.type != "sql"]
    parts: list[Part] = []
    taken: set[str] = set()
    for title, fields in _sections(instrument):
        shown = tuple(one for one in fields if one in on and _is_shown(one))
        if shown:
            lead, hint = _split(plain(title))
            name = _slug(lead, taken)
            parts.append(Part(name, lead, hint, _minutes(shown), _minutes(_short(shown)), tuple(map(question, shown))))
    asked = [one for one in on if _is_shown(one)]
    return Questionnaire(
        instrument.id,
        instrument.name,
        instrument.edition,
        _minutes(asked),
        _minutes(_short(asked)),
        tuple(one.name for one in on),
        tuple(parts),
        tuple(question(one) for one in on if not _is_shown(one)),
    )


def question(one: Field) -> Question:
    """One field as a page asks it; yes/no and true/false become radio buttons with codes 1 and 0."""
    found = one.validation
    check = Check(found.kind, found.pattern, found.words, found.compare, one.least, one.most) if found else None
    if one.type == "slider":
        low, high = one.least or "0", one.most or "100"
        check = Check("slider", "-?[0-9]{1,9}", SLIDER_WORDS, "number", low, high)
    return Question(
        id=one.name,
        type="radio" if one.type in ("yesno", "truefalse") else one.type,
        label=plain(one.label),
        note=plain(one.note),
        choices=_options(one),
        exclusive=one.exclusive,
        support=one.policy.support,
        search=len(one.options) > MANY,
        check=check,
        show=one.show,
        formula=one.formula,
        matrix=one.matrix,
        short=one.policy.short,
        card=one.policy.triage,
        required=one.required,
        consent=one.policy.consent,
        kept=one.policy.stored,
        row=one.row_policy,
        only_if=one.policy.only_if,
    )


def as_json(instrument: Instrument) -> dict[str, Any]:
    """The questionnaire as lists, dicts, text, numbers and None, ready for json.dumps."""
    plain: dict[str, Any] = _plain(asdict(questionnaire(instrument)))
    return plain


def plain(text: str) -> str:
    """Words without the markup that REDCap shows in labels; a page shows words alone, never markup from a file."""
    if not _MARKUP.search(text):
        return text
    return " ".join(html.unescape(_MARKUP.sub(" ", text)).split())


def _options(one: Field) -> tuple[Option, ...]:
    if one.type == "slider":  # its labels stand at the low end, the middle and the high end
        return tuple(
            Option(str(place), plain(label).strip(), plain(label).strip(), "")
            for place, label in enumerate(one.choices_text.split("|"))
            if label.strip()
        )
    words = [(choice.code, plain(choice.label)) for choice in one.options]
    return tuple(Option(code, label, *_split(label)) for code, label in words)


def _is_shown(one: Field) -> bool:
    return one.asked_of_people or (one.type == "descriptive" and not one.hidden and one.policy.default_on)


def _sections(instrument: Instrument) -> list[tuple[str, list[Field]]]:
    sections: list[tuple[str, list[Field]]] = [("", [])]
    for one in instrument.fields:
        if one.section.strip():
            sections.append((one.section, []))
        sections[-1][1].append(one)
    return sections


def _short(fields: tuple[Field, ...] | list[Field]) -> list[Field]:
    return [one for one in fields if one.policy.short]


def _minutes(fields: tuple[Field, ...] | list[Field]) -> int:
    return max(1, round(sum(map(_seconds, fields)) / 60)) if fields else 0


def _seconds(one: Field) -> float:
    seconds: float = _SECONDS.get(one.type, 7)
    if one.matrix:
        seconds = _LINE_OF_MATRIX_S
    elif one.type == "checkbox" and len(one.choices) > 10:
        seconds = _MANY_BOXES_S
    elif one.type == "notes" and one.policy.cls == "free text":
        seconds = _OWN_WORDS_S
    return seconds / 2 if one.show is not None else seconds


def _split(label: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.+?) \(([^()]+)\)", label, re.DOTALL)
    return (found[1], found[2][:1].upper() + found[2][1:]) if found else (label, "")


def _slug(title: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "start"
    name, number = plain, 1
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name)
    return name


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value
