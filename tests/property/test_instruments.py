"""Instruments under answers and dictionaries that nobody thought of."""

import csv
import io
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.answers import asked, cleaned
from instruments.branching import BranchingError, parse
from instruments.cells import COLUMNS
from instruments.dictionary import read_dictionary, write_dictionary
from instruments.editions import load
from instruments.errors import DictionaryError
from instruments.evaluate import calculate, evaluate
from instruments.field import Field, Instrument
from instruments.questions import as_json
from instruments.row import answers_for_card, columns, research_row

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
YES = {"consent_research": "yes", "consent_quotes": "yes"}
CANARY = "Lakeside Medical, Dr. Canary, canary@example.org"
BARRED = {"identifier", "free text"}


def some_answer(one: Field, chance: random.Random) -> object:
    """An answer that a page could hold for a field, sensible or not."""
    if chance.random() < 0.15:
        return chance.choice([{"skip": True}, "", []])
    codes = [choice.code for choice in one.options]
    if one.type == "checkbox":
        return chance.sample(codes, chance.randint(1, min(4, len(codes))))
    if codes:
        return chance.choice(codes)
    if one.validation_name == "integer":
        return str(chance.randint(1, 8))
    if one.validation_name == "date_ymd":
        return f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return f" {CANARY} \n"


def some_answers(instrument: Instrument, chance: random.Random) -> dict[str, object]:
    share = chance.random()
    return {
        one.name: some_answer(one, chance)
        for one in instrument.fields
        if one.type not in ("calc", "descriptive", "sql") and chance.random() < share and one.name != "f_consent"
    }


def everything(instrument: Instrument, answers: dict[str, object]) -> dict[str, Any]:
    return {
        "asked": list(asked(instrument, answers)),
        "cleaned": cleaned(instrument, answers),
        "card": [line._asdict() for line in answers_for_card(instrument, answers)],
        "row": list(research_row(instrument, answers, YES).items()),
    }


@given(st.sampled_from(["intake", "outtake", "followup"]), st.randoms(use_true_random=False))
def test_no_words_and_no_identifier_of_saras_ever_reach_a_row(name: str, chance: random.Random) -> None:
    instrument = load(name)
    answers = some_answers(instrument, chance)
    row = research_row(instrument, answers, YES)
    assert tuple(row) == columns(instrument)
    assert "Canary" not in "".join(row.values())
    for column, value in row.items():
        field = instrument[column.split("___")[0]]
        assert field.policy.cls not in BARRED and not field.identifier
        boxes = {"", "skip", "0", "1"}
        known = boxes if field.type == "checkbox" else {"", "skip"} | {choice.code for choice in field.options}
        assert value in known or field.type == "calc" or value.isdigit()


@given(st.sampled_from(["intake", "outtake", "followup"]), st.randoms(use_true_random=False))
def test_what_is_kept_is_asked_stored_and_the_same_when_kept_again(name: str, chance: random.Random) -> None:
    instrument = load(name)
    answers = some_answers(instrument, chance)
    kept = cleaned(instrument, answers)
    shown = set(asked(instrument, answers))
    assert all(one in shown or instrument[one].hidden for one in kept)
    assert not {"device_check", "urgent_harm", "trans", "sexor"} & set(kept)
    assert cleaned(instrument, kept) == kept
    assert research_row(instrument, kept, YES) == research_row(instrument, answers, YES)


def test_python_and_the_page_read_two_hundred_random_sets_of_answers_alike() -> None:
    node = shutil.which("node")
    assert node, "run `make test`, which brings Node"
    chance = random.Random(2026)
    cases = []
    for number in range(200):
        instrument = load(("intake", "outtake", "followup")[number % 3])
        answers = some_answers(instrument, chance)
        cases.append({"name": instrument.name, "answers": answers, "expect": everything(instrument, answers)})
    sheets = {name: as_json(load(name)) for name in ("intake", "outtake", "followup")}
    script = """
        import assert from 'node:assert/strict';
        import { readFileSync } from 'node:fs';
        import { cardLines, cleaned, visible } from './static/js/parts/instrument.js';
        import { researchRow } from './static/js/parts/rows.js';
        const { sheets, cases, consents } = JSON.parse(readFileSync(0, 'utf8'));
        for (const { name, answers, expect } of cases) {
          const sheet = sheets[name];
          const asked = visible(sheet, answers).filter((one) => one.type !== 'descriptive').map((one) => one.id);
          const row = Object.entries(researchRow(sheet, answers, consents));
          const got = { asked, cleaned: cleaned(sheet, answers), card: cardLines(sheet, answers), row };
          assert.deepEqual(got, expect);
        }
        console.log(cases.length);
    """
    given_to_node = json.dumps({"sheets": sheets, "cases": cases, "consents": YES})
    command = [node, "--input-type=module", "-e", script]
    run = subprocess.run(command, input=given_to_node, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.stdout.strip() == "200", run.stderr[-2000:]


LOGIC = st.recursive(
    st.sampled_from(["[a]", "[b(x)]", "1", "2.5", "'red'", '""', "-[a]", "sum([a],3)"]),
    lambda inner: st.one_of(
        st.builds(
            "({} {} {})".format,
            inner,
            st.sampled_from(["=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "/", "and", "or"]),
            inner,
        ),
        st.builds("(not {})".format, inner),
        st.builds("if({},{},{})".format, inner, inner, inner),
        st.builds("round({},2)".format, inner),
    ),
    max_leaves=12,
)


@given(LOGIC, st.sampled_from(["", "1", "0", "-3.5", "red", "2026-01-01"]), st.lists(st.just("x"), max_size=1))
def test_whatever_is_logic_has_a_truth_and_a_text(logic: str, a: str, b: list[str]) -> None:
    tree = parse(logic)
    answers = {"a": a, "b": b}
    assert parse(logic) == tree == json.loads(json.dumps(tree))
    assert evaluate(["not", tree], answers) is not evaluate(tree, answers)
    assert isinstance(calculate(tree, answers), str)


@given(st.text(alphabet="[]()ab'\"=<>+-*/ ,.01andorti“\n\0", max_size=60))
def test_whatever_is_not_logic_is_refused_with_its_place(text: str) -> None:
    try:
        parse(text)
    except BranchingError as wrong:
        assert 1 <= wrong.position <= max(len(text), 1)
        assert wrong.words


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
LABELS = WORDS.map(lambda text: text.replace("|", "/").strip()).filter(bool)


@st.composite
def dictionaries(draw: st.DrawFn) -> str:
    """Dictionaries that are right: names differ, logic names what stands above."""
    lines: list[list[str]] = []
    boxes: list[str] = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["text", "notes", "radio", "checkbox", "yesno", "descriptive"]))
        line = dict.fromkeys(COLUMNS, "")
        line |= {"Variable / Field Name": f"f{number}", "Form Name": "form", "Field Type": kind}
        line |= {"Field Label": draw(WORDS), "Field Note": draw(WORDS), "Section Header": draw(WORDS)}
        if kind in ("radio", "checkbox"):
            labels = draw(st.lists(LABELS, min_size=1, max_size=4))
            line["Choices, Calculations, OR Slider Labels"] = " | ".join(
                f"c{i}, {label}" for i, label in enumerate(labels)
            )
        if boxes:
            line["Branching Logic (Show field only if...)"] = draw(st.sampled_from(["", f"[{boxes[-1]}(c0)]='1'"]))
        if kind == "checkbox":
            boxes.append(f"f{number}")
        line["Field Annotation"] = draw(st.sampled_from(["", "class=plain; export=never; triage=yes", "@TAG"]))
        lines.append(list(line.values()))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *lines])
    return out.getvalue()


@given(dictionaries())
def test_every_dictionary_comes_back_the_same(text: str) -> None:
    instrument = read_dictionary(text, name="form")
    assert write_dictionary(instrument) == text
    assert read_dictionary(write_dictionary(instrument), name="form") == instrument


@given(dictionaries(), st.data())
def test_a_spoiled_dictionary_is_read_or_refused_and_never_breaks_the_reader(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    spoil = data.draw(st.sampled_from(["", ",", '"', "\n", "|", "[", "\0", "é", "'", "y"]))
    spoiled = text[:place] + spoil + text[place + data.draw(st.integers(0, 3)) :]
    try:
        read_dictionary(spoiled, name="form")
    except DictionaryError as wrong:
        assert wrong.line >= 1 and wrong.column in COLUMNS and wrong.words
