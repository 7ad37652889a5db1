"""A coded row that somebody else made is held against its dictionary."""

import pytest

from demo import stories
from instruments.coded import cells, is_row
from instruments.dictionary import read_dictionary
from instruments.editions import load
from instruments.row import columns, research_row
from instruments.validation import VALIDATIONS
from tests.support.cohort import cohort
from tests.unit.instruments.test_dictionary import YES as PLAIN
from tests.unit.instruments.test_dictionary import dictionary, line

INTAKE = load("intake")
YES = {"consent_research": "yes"}


def without_blanks(row: dict[str, str]) -> dict[str, str]:
    """As it is sealed."""
    return {column: code for column, code in row.items() if code}


@pytest.mark.parametrize("story", stories.STORIES, ids=lambda story: story.name)
def test_what_the_page_makes_is_a_row_with_or_without_its_blanks(story: stories.Story) -> None:
    row = research_row(INTAKE, stories.account(story, 20_000)["answers"], YES)
    assert is_row(INTAKE, row) and is_row(INTAKE, without_blanks(row))
    assert cells(INTAKE, without_blanks(row)) == list(row.values())


def test_people_of_a_whole_cohort_have_rows() -> None:
    made = cohort(60).rows(named=True)
    assert len(made) == 60 and all(is_row(INTAKE, without_blanks(row)) for row in made)


@pytest.mark.parametrize(
    "row",
    [
        {"gender": "nobody"},
        {"gender": " woman"},
        {"case": "7"},
        {"narrative": "what happened"},
        {"exclude_people": "Dr. Wilde"},
        {"wi_type___disc": "1"},  # and no word of the other boxes
        {"wi_type___disc": "2"},
    ],
    ids=lambda row: next(iter(row)),
)
def test_what_the_page_could_not_make_is_none(row: dict[str, str]) -> None:
    assert not is_row(INTAKE, row)


def test_boxes_of_one_question_say_the_same_about_whether_it_was_put() -> None:
    boxes = [column for column in columns(INTAKE) if column.startswith("wi_type___")]
    assert is_row(INTAKE, dict.fromkeys(boxes, "skip")) and is_row(INTAKE, {})
    assert not is_row(INTAKE, {**dict.fromkeys(boxes, "skip"), boxes[0]: "1"})
    assert not is_row(INTAKE, dict.fromkeys(boxes, "0")), "left is told as left"
    assert is_row(INTAKE, {**dict.fromkeys(boxes, "0"), boxes[0]: "1"})


def test_a_box_that_excludes_the_others_stands_alone() -> None:
    one = next(
        field for field in INTAKE.fields if field.type == "checkbox" and field.exclusive and field.row_policy != "no"
    )
    alone = one.columns[[choice.code for choice in one.choices].index(one.exclusive[0])]
    beside = next(column for column in one.columns if column != alone)
    zeros = dict.fromkeys(one.columns, "0")
    assert is_row(INTAKE, {**zeros, alone: "1"}) and is_row(INTAKE, {**zeros, beside: "1"})
    assert not is_row(INTAKE, {**zeros, alone: "1", beside: "1"})


def test_no_planted_code_stops_the_steward_at_any_kind_of_question() -> None:
    """One row of a stranger would keep everybody's rows shut."""
    kinds = [kind for kind, one in VALIDATIONS.items() if one.closed and one.compare != "date"]
    asked = [line(name=f"n{place}", kind=kind, policy=PLAIN) for place, kind in enumerate(kinds)]
    asked += [
        line(name="s", type="slider", policy=PLAIN),
        line(name="y", type="yesno", policy=PLAIN),
        line(name="k", type="calc", choices="[s]+1", policy=PLAIN),
    ]
    every = read_dictionary(dictionary(*asked), name="any")
    odd = [
        "--5",
        "-",
        "---",
        "5-",
        "1e9",
        "NaN",
        "inf",
        "99:99",
        ",",
        ".",
        "-" * 99 + "1",
        "9" * 100,
        "__proto__",
        "=1",
    ]
    assert not any(is_row(every, {column: code}) for column in columns(every) for code in odd)
    assert [is_row(every, {"s": code}) for code in ("0", "100", "101", "-1")] == [True, True, False, False]
