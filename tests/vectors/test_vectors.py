"""Every vector of either side, run by Python. node and Chromium run the same files, and the counts must be equal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crypto.errors import UnknownWords
from tests.vectors import run

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_vector_gives_what_it_says(path: Path, count_vectors: Callable[[str, int], None]) -> None:
    file = json.loads(path.read_text("utf-8"))
    wrong = [v["name"] for v in file["vectors"] if not _holds(file["module"], v)]
    assert not wrong
    count_vectors("pytest", len(file["vectors"]))


def test_both_sides_made_vectors_of_every_function() -> None:
    by: dict[tuple[str, str], set[str]] = {}
    for path in FILES:
        file = json.loads(path.read_text("utf-8"))
        for v in file["vectors"]:
            by.setdefault((file["module"], v["fn"]), set()).add(v["by"])
    assert by
    assert {kind: sides for kind, sides in by.items() if sides != {"python", "javascript"}} == {}


def test_a_vector_with_another_result_would_be_seen() -> None:
    (path,) = (p for p in FILES if p.stem == "frame")
    file = json.loads(path.read_text("utf-8"))
    good = next(v for v in file["vectors"] if "out" in v)
    bad = next(v for v in file["vectors"] if "expect" in v)
    assert not _holds("frame", {**good, "out": "something else"})
    assert not _holds("frame", {**good, "expect": "Malformed"})
    assert not _holds("frame", {**bad, "expect": "CannotOpen"})


def _holds(module: str, vector: dict[str, Any]) -> bool:
    if "expect" not in vector:
        return bool(run.call(module, vector["fn"], vector["in"]) == vector["out"])
    try:
        run.call(module, vector["fn"], vector["in"])
    except Exception as refused:
        positions = vector.get("positions")
        same = type(refused) is run.error_class(vector["expect"]) or (
            vector["expect"] == "ValueError" and isinstance(refused, ValueError)
        )
        return same and (positions is None or (isinstance(refused, UnknownWords) and refused.positions == positions))
    return False
