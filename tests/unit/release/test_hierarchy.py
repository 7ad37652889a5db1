"""Levels of a column, and what each costs."""

import pytest

from release.hierarchy import hierarchy, slug


def test_each_level_costs_by_how_many_codes_a_cell_may_stand_for() -> None:
    made = hierarchy("age", [("a", ("a", "young")), ("b", ("b", "young")), ("c", ("c", "old"))])
    exact, half, blank = made.levels
    assert exact.cost.tolist() == [0, 0, 0]
    assert dict(zip(half.labels, half.cost.tolist(), strict=True)) == {"young": 0.5, "old": 0}
    assert blank.labels == ("any",) and blank.cost.tolist() == [1]


def test_a_level_that_changes_nothing_is_left_out() -> None:
    made = hierarchy("gender", [("w", ("Woman", "woman", "any", "any")), ("m", ("Man", "man", "any", "any"))])
    assert [level.codes for level in made.levels] == [("w", "m"), ("any",)]


def test_a_level_that_tears_apart_what_was_one_is_refused() -> None:
    with pytest.raises(ValueError, match="tears apart"):
        hierarchy("x", [("a", ("a", "one", "left")), ("b", ("b", "one", "right")), ("c", ("c", "two", "left"))])


def test_a_code_without_its_line_or_with_two_is_refused() -> None:
    for lines in ([], [("a", ("a",)), ("a", ("b",))], [("a", ("a", "x")), ("b", ("b",))]):
        with pytest.raises(ValueError, match="one line for each code"):
            hierarchy("x", lines)


@pytest.mark.parametrize(
    ("label", "code"),
    [("New England", "new_england"), ("<45", "under_45"), ("45+", "45_plus"), ("not US", "not_us"), ("–", "blank")],
)
def test_a_label_becomes_a_code_that_redcap_takes(label: str, code: str) -> None:
    assert slug(label) == code
