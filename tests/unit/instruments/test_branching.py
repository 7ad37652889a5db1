"""Branching logic and formulas: read alike, walked alike, refused in words."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from instruments.branching import BranchingError, depth, parse, references
from instruments.evaluate import calculate, evaluate

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests/vectors/instruments"
VECTORS = json.loads((FOLDER / "branching.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", VECTORS["holds"], ids=lambda case: case["name"])
def test_logic_is_read_and_holds_as_the_vectors_say(case: dict[str, Any]) -> None:
    assert parse(case["logic"]) == case["tree"]
    assert evaluate(case["tree"], case["answers"]) is case["expect"]


@pytest.mark.parametrize("case", VECTORS["results"], ids=lambda case: case["name"])
def test_a_formula_is_read_and_computed_as_the_vectors_say(case: dict[str, Any]) -> None:
    assert parse(case["logic"]) == case["tree"]
    assert calculate(case["tree"], case["answers"]) == case["expect"]


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["logic"][:20])
def test_what_is_not_logic_is_refused_with_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(BranchingError) as refused:
        parse(case["logic"])
    assert refused.value.position == case["position"]
    assert refused.value.words


def test_the_words_of_a_refusal_say_what_to_try() -> None:
    words = {
        "[event_1][a]='1'": "smart variables",
        "[a]=“1”": "straight quotation",
        "foo(1)": "we know if, sum",
        "[a]=": "ends too early",
        "[a]^2": "powers",
        "datediff([a],'today','y')": "another day each time",
        "datediff([a],[b],'d','fourth')": "true or false",
        "[a]='1": "never closed",
        "if(1,2)": "takes 3 values, here are 2",
    }
    for logic, hint in words.items():
        with pytest.raises(BranchingError, match=hint):
            parse(logic)


def test_logic_that_would_exhaust_the_reader_is_refused_and_a_long_list_is_not() -> None:
    for bomb in ("(" * 5000 + "1" + ")" * 5000, "1" + "+1" * 9000, "not " * 4000 + "1", "1" * 30_000):
        with pytest.raises(BranchingError):
            parse(bomb)
    long_list = " or ".join(f"[a(c{number})]='1'" for number in range(500))
    assert depth(parse(long_list)) == 3


def test_references_name_every_field_and_box_once_each() -> None:
    tree = parse("[a]='1' and (if([b(x)]='1',[c],0)>datediff([d],[e],'d'))")
    assert list(references(tree)) == [("a", None), ("b", "x"), ("c", None), ("d", None), ("e", None)]


@pytest.mark.parametrize("name", ["branching", "answers"])
def test_the_browsers_twin_passes_the_same_vectors(name: str) -> None:
    node = shutil.which("node")
    assert node, "run `make test`, which brings Node"
    run = subprocess.run(
        [node, "--test", "--test-reporter=tap", f"{FOLDER}/{name}.test.mjs"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:]
    passed = int(run.stdout.split("# pass ")[1].split()[0])
    assert passed > len(VECTORS["holds"])
