"""What a next edition changes, and where each answer goes."""

from dataclasses import replace
from typing import Any

from instruments.dictionary import read_dictionary
from instruments.differences import Differences, differences
from instruments.editions import CONSENTS, hierarchies, load
from instruments.needed import missing
from instruments.places import places
from tests.support.editions import Line, edited, line_of

CHOICES = "Choices, Calculations, OR Slider Labels"
POLICY = "Field Annotation"


def found(change: Any) -> Differences:
    after = read_dictionary(edited(change), name="intake", edition=2, also_known=CONSENTS)
    return differences(load("intake"), after)


def changes(found_: Differences, name: str) -> list[tuple[str, str, str]]:
    (one,) = [one for one in found_.changed if one.name == name]
    return [(change.what, change.before, change.after) for change in one.changes]


def test_the_same_dictionary_changes_nothing() -> None:
    assert found(lambda lines: None).nothing


def test_choices_are_compared_by_their_codes() -> None:
    def change(lines: list[Line]) -> None:
        line_of(lines, "consent_followup")[CHOICES] = "no, No | yes, Yes, please | later, Ask me later"
        line_of(lines, "career_stage")[CHOICES] += " | new, Something new"

    seen = found(change)
    assert changes(seen, "consent_followup") == [
        ("choice", "yes, Yes", "yes, Yes, please"),
        ("order of choices", "yes, no, later", "no, yes, later"),
    ]
    assert changes(seen, "career_stage") == [("choice", "", "new, Something new")]


def test_what_goes_further_than_before_is_named() -> None:
    def change(lines: list[Line]) -> None:
        line_of(lines, "team_pref")[POLICY] = "class=sensitive; export=restricted"
        line_of(lines, "urgent_harm")[POLICY] = "class=sensitive; export=never"
        line_of(lines, "gender")[POLICY] = "class=quasi; export=yes; triage=yes"
        line = line_of(lines, "npi")
        line["Identifier?"], line[POLICY] = "", "class=plain; export=never"

    further = {one.name: one.further for one in found(change).changed}
    assert further["team_pref"] == ("row",) and further["urgent_harm"] == ("kept",)
    assert "card" in further["gender"] and further["npi"] == ("class",)


def test_a_field_that_was_lifted_to_another_place_is_the_only_one_that_moved() -> None:
    def change(lines: list[Line]) -> None:
        lines.insert(3, lines.pop(30))

    moved = found(change).moved
    assert moved == (load("intake").fields[30].name,)


def test_branching_and_formulas_are_shown_as_they_stand() -> None:
    def change(lines: list[Line]) -> None:
        line_of(lines, "consent_quotes")["Branching Logic (Show field only if...)"] = ""

    assert changes(found(change), "consent_quotes") == [("branching", "[consent_research]='yes'", "")]


def test_each_field_has_one_place_and_no_identifier_goes_into_a_row() -> None:
    for name in ("intake", "outtake", "followup"):
        every = places(load(name), hierarchies())
        assert [one.name for one in every] == [one.name for one in load(name).fields]
        assert not [one.name for one in every if one.cls == "identifier" and one.row != "no"]
        assert not [one.name for one in every if one.who != "person" and one.card]
    by_name = {one.name: one for one in places(load("intake"), hierarchies())}
    assert (by_name["device_check"].kept, by_name["device_check"].who) == (False, "person")
    assert by_name["record_id"].who == "system" and by_name["name_use"].card


def test_a_choice_without_levels_is_told_before_a_release_stops_at_it() -> None:
    intake = load("intake")
    stage = intake["career_stage"]
    levels = [level for level in hierarchies() if (level.field, level.code) != (stage.name, stage.choices[0].code)]
    told = {one.name: one.coarser for one in places(intake, levels)}
    assert told["career_stage"] == "no" and "no" not in {one.coarser for one in places(intake, hierarchies())}


def test_what_the_pages_ask_is_in_every_edition_that_ships() -> None:
    for name in ("intake", "outtake", "followup"):
        assert list(missing(load(name))) == []
    intake = load("intake")
    gone = replace(intake, fields=tuple(one for one in intake.fields if one.name != "consent_research"))
    assert ["consent_research" in one.words for one in missing(gone)] == [True]
