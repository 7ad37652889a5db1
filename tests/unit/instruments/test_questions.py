"""Parts and questions as a page asks them."""

import json

from instruments.editions import load
from instruments.questions import as_json, questionnaire


def test_what_the_system_fills_in_is_in_no_part_and_an_empty_part_is_left_out() -> None:
    sheet = questionnaire(load("outtake"))
    asked = {one.id for part in sheet.parts for one in part.questions}
    assert not asked & {"o_record", "o_date", "o_wait", "o_theme", "o_sentiment"}
    assert [part.title for part in sheet.parts] == ["Your meeting", "What helped", "Next steps", "In your own words"]
    assert {"o_wait", "o_theme"} <= {one.id for one in sheet.others}


def test_every_question_has_words_and_the_parts_have_names_of_their_own() -> None:
    for name in ("intake", "outtake", "followup"):
        sheet = questionnaire(load(name))
        assert len({part.id for part in sheet.parts}) == len(sheet.parts)
        for part in sheet.parts:
            assert part.title and part.minutes >= 1
            assert all(one.label and (one.choices or one.type in ("text", "notes", "file")) for one in part.questions)


def test_a_choice_is_split_for_a_large_and_a_small_line() -> None:
    kinds = next(one for part in questionnaire(load("intake")).parts for one in part.questions if one.id == "wi_type")
    assert (kinds.choices[0].lead, kinds.choices[0].hint) == ("Discrimination", "Treated worse because of who I am")
    assert kinds.choices[0].label == "Discrimination (treated worse because of who I am)"
    assert (kinds.card, kinds.short, kinds.row, kinds.search) == (True, True, "yes", True)


def test_flags_say_what_is_a_consent_and_what_is_never_stored() -> None:
    questions = [one for part in questionnaire(load("intake")).parts for one in part.questions]
    assert [one.id for one in questions if one.consent] == [
        "consent_service", "consent_research", "consent_quotes", "consent_followup",
    ]  # fmt: skip
    assert [one.id for one in questions if not one.kept] == ["device_check", "urgent_harm"]
    assert [one.id for one in questions if one.required] == ["consent_service"]


def test_the_json_for_the_browser_is_plain_and_says_the_same_each_time() -> None:
    sheet = as_json(load("intake"))
    assert json.loads(json.dumps(sheet, allow_nan=False)) == sheet == as_json(load("intake"))
    assert sheet["id"] == "intake.v1" and sheet["order"][0] == "record_id"


def test_answers_that_tell_of_danger_bring_the_support_lines_again() -> None:
    support = {
        one.id: one.support
        for name in ("intake", "outtake", "followup")
        for part in questionnaire(load(name)).parts
        for one in part.questions
        if one.support
    }
    assert support == {
        "urgent_harm": ("thoughts", "now"),
        "miniz_burnout": ("5",),
        "o_strain": ("worse", "mixed"),
        "f_miniz": ("5",),
    }
