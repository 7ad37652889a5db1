"""Answers are kept, put on the card and coded as the shared vectors say."""

import json
from pathlib import Path
from typing import Any

import pytest

from instruments.answers import asked, check_answer, cleaned
from instruments.dictionary import read_dictionary
from instruments.editions import load
from instruments.errors import AnswerError, NoConsentError
from instruments.questions import as_json
from instruments.row import answers_for_card, columns, research_row

FOLDER = Path(__file__).parents[3] / "tests/vectors/instruments"
VECTORS = json.loads((FOLDER / "answers.json").read_text(encoding="utf-8"))
CLINIC = read_dictionary((FOLDER / "clinic.csv").read_text("utf-8"), name="clinic", also_known=["agree_quotes"])
YES = {"consent_research": "yes"}


def test_the_sheet_that_the_browser_gets_is_the_one_in_the_vectors() -> None:
    assert as_json(CLINIC) == VECTORS["sheet"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_answers_are_read_as_the_vectors_say(case: dict[str, Any]) -> None:
    answers = case["answers"]
    assert list(asked(CLINIC, answers)) == case["asked"]
    assert cleaned(CLINIC, answers) == case["cleaned"]
    assert [line._asdict() for line in answers_for_card(CLINIC, answers)] == case["card"]
    row = research_row(CLINIC, answers, case["consents"])
    assert list(row.items()) == list(case["row"].items())
    assert tuple(row) == columns(CLINIC)
    assert cleaned(CLINIC, cleaned(CLINIC, answers)) == cleaned(CLINIC, answers)


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["name"])
def test_an_answer_of_a_wrong_shape_is_refused_by_field_and_never_repeated(case: dict[str, Any]) -> None:
    with pytest.raises(AnswerError) as refused:
        cleaned(CLINIC, case["answers"])
    assert refused.value.field in case["answers"]
    assert "maybe" not in str(refused.value) and "zzz" not in str(refused.value)


@pytest.mark.parametrize("case", VECTORS["checks"], ids=lambda case: f"{case['field']} {case['answer']}")
def test_the_words_about_an_answer_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    assert check_answer(CLINIC[case["field"]], case["answer"], today=case["today"]) == case["words"]


@pytest.mark.parametrize("consent", ["no", "later", "", {"skip": True}, None])
def test_without_a_yes_to_research_there_is_no_row(consent: object) -> None:
    with pytest.raises(NoConsentError):
        research_row(CLINIC, {"told": "1"}, {"consent_research": consent})


@pytest.mark.parametrize("choice", ["stop", "withdraw"])
def test_a_follow_up_that_takes_research_back_makes_no_row(choice: str) -> None:
    with pytest.raises(NoConsentError):
        research_row(load("followup"), {"f_consent": choice}, YES)
    assert research_row(load("followup"), {"f_consent": "keep", "f_wave": "m6"}, YES)["f_wave"] == "m6"


def test_a_row_without_the_restricted_fields_has_none_of_their_columns() -> None:
    assert "pay" not in research_row(CLINIC, {"pay": "5"}, YES, restricted=False)


def test_a_number_that_no_release_could_read_is_refused_in_a_row() -> None:
    with pytest.raises(AnswerError, match="bases_n"):
        research_row(CLINIC, {"kinds": ["disc"], "basis": "age", "bases_n": "often"}, YES)
