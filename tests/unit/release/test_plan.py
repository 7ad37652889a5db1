"""A plan that asks for what no release may carry is refused, with the reason."""

import pytest

from instruments.dictionary import read_dictionary
from instruments.editions import CONSENTS, hierarchies, load
from instruments.editions import FOLDER as DEFINITIONS
from release.design import design
from release.errors import PlanError
from release.plan import FOLDER, find_plan, read_plan
from tests.support.study import PLAN, laid, plan

REFUSED = [
    (plan(k="kk = 5"), "we don't know “kk”"),
    (plan(k="k = 0"), "k is at least 1"),
    (plan(share="share = 1.5"), "share is a share between 0 and 1"),
    (plan(share="loss = 0.9"), "at most 0.6"),
    (plan(name="nome = 'x'"), "we don't know “nome”"),
    (PLAN.replace('name = "small"\n', ""), "“name” is missing"),
    (plan(version='version = "1"'), "“version” should be int"),
    (PLAN + '[[quasi]]\nfield = "gender"\n', "“gender” stands twice"),
    (PLAN + '[[quasi]]\nfield = "state"\nweight = 0\n', "weight is a number above 0"),
    (PLAN + '[[sensitive]]\nfield = "x"\n' * 9, "up to 10"),
    ("name = ", "not TOML"),
]
NOT_OF_THIS_DICTIONARY = [
    ("quasi", "narrative", "a notes field never enters one"),
    ("quasi", "email_safe", "it identifies a person"),
    ("sensitive", "legal", "does not let it into a research row"),
    ("sensitive", "trans", "does not let it into a research row"),
    ("quasi", "pgy", "a board must allow it by name"),
    ("sensitive", "state", "is a quasi-identifier"),
    ("quasi", "nonwhite", "no question with choices"),
    ("quasi", "degree_other", "a board must allow it"),
    ("quasi", "shoe_size", "there is no field"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_a_plan_that_can_not_be_read_is_refused(text: str, why: str) -> None:
    with pytest.raises(PlanError, match=why):
        read_plan(text)


@pytest.mark.parametrize(
    ("kind", "field", "why"), NOT_OF_THIS_DICTIONARY, ids=[f for _, f, _ in NOT_OF_THIS_DICTIONARY]
)
def test_a_plan_can_not_let_a_field_out(kind: str, field: str, why: str) -> None:
    with pytest.raises(PlanError, match=why):
        laid(f'{PLAN}[[{kind}]]\nfield = "{field}"\n')


def test_what_a_board_allowed_by_name_may_be_in() -> None:
    allowed = laid('restricted = ["pgy"]\n' + PLAN + '[[quasi]]\nfield = "pgy"\n')
    assert allowed.known[-1].field.name == "pgy"


def test_a_plan_for_another_edition_is_refused() -> None:
    with pytest.raises(PlanError, match="this dictionary is intake"):
        laid(plan(instrument='instrument = "intake.v2"'))


def test_a_question_with_boxes_needs_a_word_for_two_or_more() -> None:
    with pytest.raises(PlanError, match="more than one answer"):
        laid(PLAN.replace('several = ["Two or more", "not White alone", "any", "any"]\n', ""))


def test_merging_into_a_box_that_is_not_there_is_refused() -> None:
    with pytest.raises(PlanError, match="not one of its boxes"):
        laid(plan(merge='merge = "nowhere"'))


def test_choices_without_a_level_are_refused() -> None:
    lines = [line for line in hierarchies() if (line.field, line.code) != ("gender", "nb")]
    with pytest.raises(PlanError, match="no line for each of its choices"):
        design(read_plan(PLAN), load("intake"), lines)


def test_every_plan_that_ships_fits_its_dictionary() -> None:
    shipped = sorted(FOLDER.glob("*.toml"))
    assert shipped
    for path in shipped:
        one = find_plan(path.stem)
        assert one.id == path.stem
        later = load(one.later.split(".")[0]) if one.later else None
        assert design(one, load(one.instrument.split(".")[0]), hierarchies(), later).columns


def test_a_plan_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(PlanError, match=r"table-one\.v1"):
        find_plan("tabel-one.v1")


def test_a_field_that_its_dictionary_keeps_is_not_let_out() -> None:
    text = (DEFINITIONS / "intake.v1.csv").read_text(encoding="utf-8")
    text = text.replace("class=quasi; export=yes; gen=degree>any", "class=quasi; export=never")
    closed = read_dictionary(text, name="intake", also_known=CONSENTS)
    with pytest.raises(PlanError, match="does not let it into a research row"):
        design(read_plan(PLAN + '[[quasi]]\nfield = "degree"\n'), closed, hierarchies())


@pytest.mark.parametrize("told", ['"2026-10-01"', "2026-10-01"])
def test_the_days_of_an_approval_are_told_as_days(told: str) -> None:
    one = read_plan(
        PLAN.replace('protocol = "IRB 7"', f'protocol = "IRB 7"\napproved = {told}\napproved_until = "2027-09-30"')
    )
    assert (one.approved, one.approved_until) == ("2026-10-01", "2027-09-30")
    with pytest.raises(PlanError, match="is a day, such as"):
        read_plan(PLAN.replace('protocol = "IRB 7"', 'approved = "October"'))
