"""What no dictionary can switch off, and what must fit between its lines."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.branching import Tree, references
from instruments.errors import DictionaryError
from instruments.field import Field, Instrument

_NAME = "Variable / Field Name"
_CHOICES = "Choices, Calculations, OR Slider Labels"
_BRANCHING = "Branching Logic (Show field only if...)"
_MATRIX = "Matrix Group Name"
_ANNOTATION = "Field Annotation"


def broken(instrument: Instrument, also_known: frozenset[str]) -> Iterator[DictionaryError]:
    """Each rule that an instrument breaks, as what a reader raises; none is looked at on top of a broken one."""
    names = list(_names_once(instrument))
    yield from names or _between_lines(instrument, also_known)


def _between_lines(instrument: Instrument, also_known: frozenset[str]) -> Iterator[DictionaryError]:
    sound = True
    for wrong in _references(instrument):
        sound = False
        yield wrong
    yield from _matrices(instrument)
    if sound:
        circles = list(_no_circle(instrument))
        yield from circles or _rows(instrument, also_known)  # last: it follows formulas, which must not run in circles


def _rows(instrument: Instrument, also_known: frozenset[str]) -> Iterator[DictionaryError]:
    for one in instrument.fields:
        yield from _row(instrument, one, also_known)


def _references(instrument: Instrument) -> Iterator[DictionaryError]:
    for one in instrument.fields:
        for tree, column in ((one.show, _BRANCHING), (one.formula, _CHOICES)):
            if tree is not None:
                yield from _known(instrument, one, tree, column)
        if one.ranking and not one.matrix:
            yield DictionaryError(one.line, "Matrix Ranking?", "ranking needs a matrix group")
        for what, codes in (("@NONEOFTHEABOVE", one.exclusive), ("support", one.policy.support)):
            for code in codes:
                if code not in {choice.code for choice in one.options}:
                    yield DictionaryError(one.line, _ANNOTATION, f"{what}= names “{code}”, which is not a choice")


def _names_once(instrument: Instrument) -> Iterator[DictionaryError]:
    seen: dict[str, int] = {}
    for one in instrument.fields:
        if one.name in seen:
            yield DictionaryError(one.line, _NAME, f"“{one.name}” is already the name of line {seen[one.name]}")
        seen[one.name] = one.line
    # `field___code` is a column of a research row, always in lower case: no two may be the same.
    for one in instrument.fields:
        for column in one.columns if one.type == "checkbox" else ():
            if column in seen:
                yield DictionaryError(
                    one.line, _CHOICES, f"“{column}” would be the column of two things; change the code"
                )
            seen[column] = one.line


def _known(instrument: Instrument, one: Field, tree: Tree, column: str) -> Iterator[DictionaryError]:
    for name, code in references(tree):
        if name not in instrument:
            yield DictionaryError(one.line, column, f"there is no field [{name}]; check its spelling")
            continue
        other = instrument[name]
        if code is None and other.type == "checkbox":
            yield DictionaryError(one.line, column, f"[{name}] is a checkbox; write [{name}(code)]")
        if code is not None and other.type != "checkbox":
            yield DictionaryError(one.line, column, f"[{name}] is not a checkbox; write [{name}] alone")
        elif code is not None and code not in {choice.code for choice in other.choices}:
            yield DictionaryError(one.line, column, f"[{name}] has no choice “{code}”")
    for name, text in _compared(tree):
        if name not in instrument:
            continue
        options = {choice.code for choice in instrument[name].options}
        if options and text and text not in options:
            yield DictionaryError(one.line, column, f"[{name}] has no choice “{text}”")


def _compared(tree: Tree) -> Iterator[tuple[str, str]]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node[0] in ("=", "<>"):
            for left, right in ((node[1], node[2]), (node[2], node[1])):
                if left[0] == "field" and right[0] == "text":
                    yield left[1], right[1]
        waiting.extend(part for part in node[1:] if isinstance(part, list))


def _row(instrument: Instrument, one: Field, also_known: frozenset[str]) -> Iterator[DictionaryError]:
    if not one.policy.wants_a_row:
        return
    if one.barred:
        column = "Identifier?" if one.identifier else _ANNOTATION
        yield DictionaryError(
            one.line, column, f"“{one.name}” can't go into a research row: {one.barred}. Write export=never"
        )
        return
    if one.policy.only_if and one.policy.only_if not in instrument and one.policy.only_if not in also_known:
        yield DictionaryError(one.line, _ANNOTATION, f"there is no field “{one.policy.only_if}” to depend on")
    for name in _laundered(instrument, one.formula):
        if instrument[name].barred or not instrument[name].policy.stored:
            yield DictionaryError(
                one.line,
                _CHOICES,
                f"“{one.name}” can't go into a research row: it is computed from "
                f"[{name}], which can't. Write export=never",
            )


def _laundered(instrument: Instrument, formula: Tree | None) -> Iterator[str]:
    """Fields whose own value shows in a result. The days between two barred dates show neither."""
    waiting, seen = [formula] if formula is not None else [], set[str]()
    while waiting:
        node = waiting.pop()
        if node[0] in ("field", "item"):
            if node[1] in seen:  # else thirty lines that name each other twice are followed a thousand million times
                continue
            seen.add(node[1])
            yield node[1]
            inner = instrument[node[1]].formula
            waiting.extend([inner] if inner is not None else [])
        elif node[:2] == ["call", "datediff"] and all(
            part[0] == "field" and instrument[part[1]].barred for part in node[2:4]
        ):
            continue
        waiting.extend(part for part in node[1:] if isinstance(part, list))


def _matrices(instrument: Instrument) -> Iterator[DictionaryError]:
    last = ""
    first: dict[str, Field] = {}
    for one in instrument.fields:
        group = one.matrix
        if group:
            if one.type not in ("radio", "checkbox"):
                yield DictionaryError(one.line, _MATRIX, "only radio and checkbox fields stand in a matrix")
            if group in first and group != last:
                yield DictionaryError(one.line, _MATRIX, f"the lines of “{group}” must follow one another")
            head = first.setdefault(group, one)
            if (head.type, head.choices) != (one.type, one.choices):
                yield DictionaryError(
                    one.line, _CHOICES, f"all lines of the matrix “{group}” need the same type and choices"
                )
        last = group


def _no_circle(instrument: Instrument) -> Iterator[DictionaryError]:
    needs = {
        one.name: {name for tree in (one.show, one.formula) if tree is not None for name, _ in references(tree)}
        for one in instrument.fields
    }
    needed_by: dict[str, list[str]] = {}
    for name, others in needs.items():
        for other in others:
            needed_by.setdefault(other, []).append(name)
    open_needs = {name: len(others) for name, others in needs.items()}
    free = [name for name, count in open_needs.items() if not count]
    settled: set[str] = set()
    while free:
        name = free.pop()
        settled.add(name)
        for other in needed_by.get(name, ()):
            open_needs[other] -= 1
            if not open_needs[other]:
                free.append(other)
    for one in instrument.fields:
        if one.name not in settled:
            column = _BRANCHING if one.show is not None else _CHOICES
            yield DictionaryError(
                one.line,
                column,
                f"whether “{one.name}” is shown depends on itself, through "
                + ", ".join(f"[{name}]" for name in sorted(needs[one.name] - settled)),
            )
