"""The dictionaries that ship: every field has a policy, and the known faults stay mended."""

import pytest

from instruments.answers import asked
from instruments.dictionary import write_dictionary
from instruments.editions import FOLDER, editions, hierarchies, load
from instruments.evaluate import calculate
from instruments.field import switch_on
from instruments.questions import questionnaire
from instruments.row import answers_for_card, columns, research_row

NAMES = ("intake", "outtake", "followup")
YES = {"consent_research": "yes"}


@pytest.mark.parametrize("name", NAMES)
def test_each_dictionary_is_written_back_to_its_bytes_and_states_a_policy_for_every_field(name: str) -> None:
    instrument = load(name)
    assert write_dictionary(instrument).encode() == (FOLDER / f"{instrument.id}.csv").read_bytes()
    assert [one.name for one in instrument.fields if not (one.policy.stated and one.label)] == []
    assert {one.form for one in instrument.fields} == {name}


def test_there_is_an_edition_of_each_and_no_other() -> None:
    assert editions() == dict.fromkeys(NAMES, 1)
    for name, edition in (("intake", 2), ("nothing", 1), ("../intake", 1)):
        with pytest.raises(LookupError):
            load(name, edition)


def test_sara_is_asked_for_an_address_only_for_the_way_she_chose_and_it_goes_on_her_card() -> None:
    intake = load("intake")
    addresses = {"email_safe", "phone_safe"}
    for ways, expected in ((["email"], {"email_safe"}), (["text"], {"phone_safe"}), (["call"], {"phone_safe"}),
                           (["inapp"], set()), (["inapp", "email"], set()), ([], set())):  # fmt: skip
        assert set(asked(intake, {"contact_ok": ways})) & addresses == expected
    order = [one.name for one in intake.fields]
    assert order.index("contact_ok") < order.index("email_safe") < order.index("phone_safe")
    answers = {"contact_ok": ["text"], "phone_safe": "212 555 0147", "email_safe": "left@example.org"}
    card = {line.name: line.value for line in answers_for_card(intake, answers)}
    assert card == {"contact_ok": "Text message.", "phone_safe": "212 555 0147"}


def test_the_date_of_a_deadline_is_asked_only_when_one_is_near() -> None:
    assert "deadline_date" not in asked(load("intake"), {})
    assert "deadline_date" not in asked(load("intake"), {"urgent_deadline": ["none"]})
    assert "deadline_date" in asked(load("intake"), {"urgent_deadline": ["hearing"]})


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [([], ""), (["pnts"], ""), (["nurse"], "0"), (["nurse", "dean"], "1"), (["mec"], "1"), (["inst"], "0")],
)
def test_who_is_responsible_is_missing_when_nobody_was_named(ticked: list[str], expected: str) -> None:
    tree = load("intake")["perp_lead"].formula
    assert tree is not None and calculate(tree, {"perp_role": ticked}) == expected


@pytest.mark.parametrize(("ticked", "expected"), [([], ""), (["pnts"], ""), (["disc"], "0"), (["sexhar", "disc"], "1")])
def test_the_pilots_harassment_is_bullying_or_sexual_harassment(ticked: list[str], expected: str) -> None:
    assert research_row(load("intake"), {"wi_type": ticked} if ticked else {}, YES)["har_any"] == expected


def test_leadership_and_other_roles_together_are_all_roles() -> None:
    tree = load("intake")["perp_lead"].formula
    for choice in load("intake")["perp_role"].choices:
        assert tree is not None and calculate(tree, {"perp_role": [choice.code]}) in (
            {""} if choice.code == "pnts" else {"0", "1"}
        )


def test_identity_and_licensed_questions_are_off_until_a_deployment_switches_them_on() -> None:
    intake = load("intake")
    off = {"trans", "sexor", "mbi_ee1", "mbi_dp1"}
    assert {one.name for one in intake.fields if not one.policy.default_on} == off
    assert not off & (set(asked(intake, {})) | set(columns(intake)) | set(questionnaire(intake).order))
    on = switch_on(intake, ["trans", "mbi_ee1"])
    assert off & set(asked(on, {})) == {"trans", "mbi_ee1"}
    assert (on["trans"].row_policy, on["mbi_ee1"].row_policy, on["sexor"].row_policy) == ("restricted", "yes", "no")
    with pytest.raises(ValueError, match="gender"):
        switch_on(intake, ["gender"])


def test_what_only_changes_the_page_is_never_stored() -> None:
    assert {one.name for one in load("intake").fields if not one.policy.stored} == {"device_check", "urgent_harm"}


def test_no_column_of_a_row_is_an_identifier_words_or_a_day() -> None:
    for name in NAMES:
        instrument = load(name)
        for one in instrument.fields:
            if one.row_policy != "no":
                assert one.type in ("radio", "dropdown", "checkbox", "calc") or one.validation_name == "integer"
                assert not one.identifier
    never = {
        "record_id",
        "npi",
        "email_safe",
        "exclude_people",
        "narrative",
        "submitted",
        "consent_ts",
        "legal",
        "litig",
    }
    assert not never & set(columns(load("intake")))


def test_the_card_carries_no_health_identity_or_account() -> None:
    card = {one.name for one in load("intake").fields if one.policy.triage}
    assert {"name_use", "email_safe", "phone_safe", "wi_type", "goals", "employer_org", "exclude_people"} <= card
    assert not card & {"narrative", "gender", "race_eth", "disability", "miniz_burnout", "visa", "legal", "attach"}


def test_the_days_waited_are_counted_in_the_outtake_alone() -> None:
    answers = {"o_submitted": "2026-11-02", "o_date": "2026-11-20"}
    assert research_row(load("outtake"), answers, YES)["o_wait"] == "18"


def test_coded_themes_need_the_second_consent() -> None:
    answers = {"o_theme": ["emot"]}
    assert research_row(load("outtake"), answers, YES)["o_theme___emot"] == ""
    assert research_row(load("outtake"), answers, {**YES, "consent_quotes": "yes"})["o_theme___emot"] == "1"


def test_the_short_path_takes_two_minutes_and_reaches_what_the_desk_needs() -> None:
    sheet = questionnaire(load("intake"))
    short = [one for part in sheet.parts for one in part.questions if one.short]
    assert sheet.short_minutes <= 2 < sheet.minutes
    assert {"consent_service", "name_use", "contact_ok", "wi_type", "goals"} <= {one.id for one in short}
    assert len(asked(load("intake"), {"contact_ok": ["inapp"]})) > 4 * len(short)
    assert all(one.card or one.consent for one in short)


def test_every_code_of_a_field_with_levels_has_its_line_and_coarser_never_splits() -> None:
    intake = load("intake")
    for name in sorted({level.field for level in hierarchies()}):
        rows = [level for level in hierarchies() if level.field == name]
        assert sorted(row.code for row in rows) == sorted(choice.code for choice in intake[name].choices)
        for finer in range(3):
            above: dict[str, set[str]] = {}
            for row in rows:
                above.setdefault(row.levels[finer], set()).add(row.levels[finer + 1])
            assert all(len(coarse) == 1 for coarse in above.values()), name
