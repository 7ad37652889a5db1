"""What a branching tree says about a set of answers. Twin: static/js/parts/branching.js.

Values are text, numbers and truth. A field without an answer is blank (""), an unticked box "0".
Blank is equal to blank only; it is never less or more than anything; arithmetic with it is blank.
Text that looks like a number compares as one. Results too large to be exact are blank.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from instruments.branching import LARGEST, Tree

Value: TypeAlias = str | float | bool
Lookup: TypeAlias = Callable[[str, str | None], str]

_NUMBER = re.compile(r"[ ]*-?([0-9]+(\.[0-9]+)?|\.[0-9]+)[ ]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")
_HALVES_END = 2**52
# Seconds; a year and a month have REDCap's mean lengths.
_SECONDS = {"y": 31_556_952.0, "M": 2_630_016.0, "d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0}


def evaluate(tree: Tree, answers: Mapping[str, object]) -> bool:
    """True when logic holds for answers {field: "code" | ["codes"] | "text" | {"skip": True}}."""
    return truth(value_of(tree, reader(answers)))


def calculate(tree: Tree, answers: Mapping[str, object]) -> str:
    """The result of a formula as text; blank when something it needs is missing."""
    return as_text(value_of(tree, reader(answers)))


def reader(answers: Mapping[str, object]) -> Lookup:
    """A lookup of single fields and boxes in answers."""

    def look(name: str, code: str | None) -> str:
        answer = answers.get(name)
        if code is not None:
            return "1" if isinstance(answer, (list, tuple)) and code in answer else "0"
        return answer if isinstance(answer, str) else ""

    return look


def value_of(tree: Tree, look: Lookup) -> Value:
    """The value of a tree from `instruments.branching.parse`."""
    name = tree[0]
    if name in ("num", "text"):
        return float(tree[1]) if name == "num" else str(tree[1])
    if name == "field":
        return look(tree[1], None)
    if name == "item":
        return look(tree[1], tree[2])
    if name == "and":
        return all(truth(value_of(part, look)) for part in tree[1:])
    if name == "or":
        return any(truth(value_of(part, look)) for part in tree[1:])
    if name == "not":
        return not truth(value_of(tree[1], look))
    if name == "call" and tree[1] == "if":
        return value_of(tree[3] if truth(value_of(tree[2], look)) else tree[4], look)
    if name == "call":
        return _call(tree[1], [value_of(part, look) for part in tree[2:]])
    parts = [value_of(part, look) for part in tree[1:]]
    if name == "neg":
        number = as_number(parts[0])
        return "" if number is None else 0.0 - number
    return _arithmetic(name, *parts) if name in "+-*/" else _compare(name, *parts)


def truth(value: Value) -> bool:
    """Blank, zero and "0" are false."""
    if isinstance(value, str):
        number = as_number(value)
        return value != "" if number is None else number != 0
    return bool(value)


def as_number(value: Value) -> float | None:
    """The number that a value is or reads as; None for text and blank."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            return None
        value = float(value.strip(" "))
    number = float(value)
    return number if math.isfinite(number) else None


def as_text(value: Value) -> str:
    """Text of a value: whole numbers bare, others with at most six decimals."""
    if isinstance(value, str):
        return value
    number = as_number(value)
    if number is None or abs(number) > LARGEST:
        return ""
    places = 0 if number.is_integer() or abs(number) >= 1e9 else 6
    scaled = math.floor(abs(number) * 10.0**places + (0.0 if number.is_integer() else 0.5))
    whole, rest = divmod(scaled, 10**places)
    decimals = str(rest).zfill(places).rstrip("0") if places else ""
    text = f"{whole}.{decimals}" if decimals else str(whole)
    return "-" + text if number < 0 and scaled else text


def _compare(sign: str, left: Value, right: Value) -> bool:
    a, b = as_number(left), as_number(right)
    if sign in ("=", "<>"):
        same = a == b if a is not None and b is not None else as_text(left) == as_text(right)
        return same == (sign == "=")
    if a is None or b is None:
        if not (isinstance(left, str) and isinstance(right, str) and _DATE.fullmatch(left) and _DATE.fullmatch(right)):
            return False
        order = (left > right) - (left < right)
    else:
        order = (a > b) - (a < b)
    return {"<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[sign]


def _arithmetic(sign: str, left: Value, right: Value) -> Value:
    a, b = as_number(left), as_number(right)
    if a is None or b is None or (sign == "/" and b == 0):
        return ""
    if sign == "/":
        return _finite(a / b)
    return _finite(a + b if sign == "+" else a - b if sign == "-" else a * b)


def _finite(number: float) -> Value:
    return number if math.isfinite(number) else ""


def _call(name: str, values: list[Value]) -> Value:
    if name == "datediff":
        return _datediff(*values)
    if name == "isblankormissingcode":
        return as_text(values[0]) == ""
    numbers = [number for number in map(as_number, values) if number is not None]
    if not numbers or (name.startswith("round") and as_number(values[0]) is None):
        return ""
    if name == "abs":
        return abs(numbers[0])
    if name == "sqrt":
        return math.sqrt(numbers[0]) if numbers[0] >= 0 else ""
    if name == "median":
        ordered, middle = sorted(numbers), len(numbers) // 2
        return ordered[middle] if len(ordered) % 2 else _finite((ordered[middle - 1] + ordered[middle]) / 2)
    if name.startswith("round"):
        return _round(name, numbers[0], int(numbers[1]) if len(numbers) > 1 else 0)
    if name in ("min", "max"):
        return min(numbers) if name == "min" else max(numbers)
    total = 0.0
    for number in numbers:  # not sum(): Python 3.12 adds more exactly than JavaScript does
        total += number
    return _finite(total if name == "sum" else total / len(numbers))


def _round(name: str, number: float, places: int) -> Value:
    scale = float(f"1e{places}")
    size = abs(number) * scale
    if not math.isfinite(size) or size > _HALVES_END:  # it has no halves left to round
        return number
    steps = {"round": math.floor(size + 0.5), "roundup": math.ceil(size), "rounddown": math.floor(size)}[name]
    return math.copysign(steps / scale, number)


def _datediff(start: Value, end: Value, unit: Value, signed: Value = "") -> Value:
    first, last = _moment(start), _moment(end)
    if first is None or last is None:
        return ""
    seconds = (last - first).total_seconds()
    return (seconds if truth(signed) else abs(seconds)) / _SECONDS[str(unit)]


def _moment(value: Value) -> datetime | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
