"""REDCap branching logic and calculations, read into a small JSON tree.

A tree is a list whose first item names it:
    ["num", 3]  ["text", "x"]  ["field", "a"]  ["item", "a", "code"]
    ["not", t]  ["and", t, t, ...]  ["or", t, t, ...]  ["neg", t]
    ["=", t, t] and so for <> < > <= >= + - * /
    ["call", "if", t, t, t] and so for the functions in FUNCTIONS.
`evaluate.py` and `static/js/parts/branching.js` walk it alike.
Source: REDCap help, "Branching logic" and "Special functions". Vectors: tests/vectors/instruments/.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

Tree: TypeAlias = list[Any]

# name: fewest and most arguments
FUNCTIONS = {
    "if": (3, 3),
    "sum": (1, 500),
    "mean": (1, 500),
    "min": (1, 500),
    "max": (1, 500),
    "median": (1, 500),
    "sqrt": (1, 1),
    "isblankormissingcode": (1, 1),
    "round": (1, 2),
    "roundup": (1, 2),
    "rounddown": (1, 2),
    "abs": (1, 1),
    "datediff": (3, 5),
}
ORDERS = ("ymd", "mdy", "dmy")  # of a date as REDCap shows it; answers keep YYYY-MM-DD
UNITS = ("y", "M", "d", "h", "m", "s")
MOST_CHARACTERS = 20_000
DEEPEST = 60
LARGEST = 2**53 - 1


class BranchingError(ValueError):
    """`position` counts characters from 1; `words` are for the person who wrote the dictionary."""

    def __init__(self, position: int, words: str) -> None:
        super().__init__(f"at character {position}: {words}")
        self.position = position
        self.words = words


def parse(text: str) -> Tree:
    """The JSON tree of one piece of branching logic or one formula.

    Raises: BranchingError, also for logic that is too long or nested too deeply to be walked.
    """
    if len(text) > MOST_CHARACTERS:
        raise BranchingError(MOST_CHARACTERS, "this is too long to read; split it into calculated fields")
    _refuse_depth(text)
    try:
        # Rules run while parsing, so a long chain costs no recursion; Lark wraps their errors.
        tree: Tree = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedInput as stopped:
        raise BranchingError(_position(stopped, text), _guess(stopped, text)) from None
    except VisitError as wrapped:
        if isinstance(wrapped.orig_exc, BranchingError):
            raise wrapped.orig_exc from None
        raise
    if depth(tree) > DEEPEST:
        raise BranchingError(1, f"this is nested more than {DEEPEST} deep; split it into calculated fields")
    return tree


def references(tree: Tree) -> Iterator[tuple[str, str | None]]:
    """Every (field, checkbox code or None) that a tree reads."""
    for node in walk(tree):
        if node[0] == "field":
            yield node[1], None
        elif node[0] == "item":
            yield node[1], node[2]


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and each tree inside it, outermost first."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed([part for part in node[1:] if isinstance(part, list)]))


def depth(tree: Tree) -> int:
    """How many trees stand inside each other; 1 for a single field."""
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((part, level + 1) for part in node[1:] if isinstance(part, list))
    return deepest


class _Build(Transformer[Token, Tree]):
    def number(self, parts: list[Token]) -> Tree:
        value = float(parts[0])
        if value > LARGEST:
            raise BranchingError(_start(parts[0]), "this number is too large")
        return ["num", int(value) if value.is_integer() else value]

    def truth(self, parts: list[Token]) -> Tree:
        return ["num", 1 if str(parts[0]).lower() == "true" else 0]

    def text(self, parts: list[Token]) -> Tree:
        return ["text", str(parts[0])[1:-1]]

    def field(self, parts: list[Token]) -> Tree:
        return ["field", str(parts[0])[1:-1]]

    def item(self, parts: list[Token]) -> Tree:
        name, code = str(parts[0])[1:-2].split("(")
        return ["item", name, code]

    def either(self, parts: list[Any]) -> Tree:
        return ["or", *parts[::2]]

    def both(self, parts: list[Any]) -> Tree:
        return ["and", *parts[::2]]

    def negation(self, parts: list[Any]) -> Tree:
        return ["not", parts[1]]

    def comparison(self, parts: list[Any]) -> Tree:
        left, sign, right = parts
        return ["<>" if sign == "!=" else str(sign), left, right]

    def total(self, parts: list[Any]) -> Tree:
        tree: Tree = parts[0]
        for sign, right in zip(parts[1::2], parts[2::2], strict=True):
            tree = [str(sign), tree, right]
        return tree

    term = total

    def sign(self, parts: list[Any]) -> Tree:
        return ["neg", parts[1]] if parts[0] == "-" else ["+", ["num", 0], parts[1]]

    def call(self, parts: list[Any]) -> Tree:
        name = str(parts[0])[:-1].strip().lower()
        given = [part for part in parts[1:] if part is not None]
        if name not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise BranchingError(_start(parts[0]), f"we don't know {name}(); we know {known}")
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(given) <= most:
            raise BranchingError(_start(parts[0]), f"{name}() takes {_count(fewest, most)}, here are {len(given)}")
        if name == "datediff":
            given = _datediff(_start(parts[0]), given)
        if name.startswith("round") and len(given) == 2 and given[1] not in [["num", n] for n in range(10)]:
            raise BranchingError(_start(parts[0]), f"the second value of {name}() is a whole number from 0 to 9")
        return ["call", name, *given]


def _datediff(position: int, given: list[Tree]) -> list[Tree]:
    """Two dates and a unit; and ["num", 1] when the sign is to be kept. The order of the date says nothing here."""
    if given[2][0] != "text" or given[2][1] not in UNITS:
        raise BranchingError(position, "the third value of datediff() is one of " + ", ".join(UNITS))
    if any(part[0] == "text" and part[1] in ("today", "now") for part in given[:2]):
        raise BranchingError(
            position, "“today” is another day each time, and is not read here; use a field with a date"
        )
    rest = [["num", 1 if part[1] == "true" else 0] if part in (["text", "true"], ["text", "false"]) else part
            for part in given[3:]]  # fmt: skip
    if rest and rest[0][0] == "text" and rest[0][1] in ORDERS:
        rest = rest[1:]
    if rest not in ([], [["num", 0]], [["num", 1]]):
        raise BranchingError(position, "after its unit datediff() takes the order of the date, and true or false")
    return [*given[:3], *(part for part in rest if part[1])]


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = Path(__file__).with_name("branching.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Build(), maybe_placeholders=True)


def _start(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _refuse_depth(text: str) -> None:
    level, quote = 0, ""
    for position, letter in enumerate(text, 1):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter == "(":
            level += 1
            if level > DEEPEST:
                raise BranchingError(position, f"this is nested more than {DEEPEST} deep")
        elif letter == ")":
            level -= 1
    if quote:
        raise BranchingError(len(text), f"a quotation mark {quote} is opened and never closed")


def _position(stopped: UnexpectedInput, text: str) -> int:
    where = -1 if stopped.pos_in_stream is None else stopped.pos_in_stream
    return len(text) if where < 0 else min(where + 1, max(len(text), 1))


def _guess(stopped: UnexpectedInput, text: str) -> str:
    where = -1 if stopped.pos_in_stream is None else stopped.pos_in_stream
    rest = text[where:] if where >= 0 else ""
    token = getattr(stopped, "token", None)
    if not text.strip():
        return "there is nothing here to read"
    if (token is not None and token.type == "$END") or not rest:
        return "this ends too early; a value or a closing bracket is missing"
    if rest.startswith("["):
        return "a field is written [name] or [name(code)]; names of events and smart variables are not read here"
    if rest[0] == "^":
        return "powers (^) are not read here; multiply instead"
    if rest[0] in "“”‘’":
        return "use straight quotation marks, ' or \""
    return "we can't read on from here"


def _count(fewest: int, most: int) -> str:
    if fewest == most:
        return "1 value" if most == 1 else f"{most} values"
    return f"{fewest} to {most} values"
