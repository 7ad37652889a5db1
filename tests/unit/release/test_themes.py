"""Comments that two coders sorted into themes: counted where both agree, and no word of a comment leaves."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from instruments.editions import load
from release.__main__ import main
from release.attacks.reconstruction import derivable
from release.errors import RowsError
from release.kappa import kappa, pooled
from release.themes import counted, read_codes

pytestmark = pytest.mark.slow

FIELD = load("outtake")["o_theme"]
CODES = [choice.code for choice in FIELD.choices]


def coded(seed: int = 1, size: int = 80) -> list[tuple[str, str, str]]:
    """A comment, and what each of two coders gave it; they see it alike in nine of ten cases."""
    random, made = np.random.default_rng(seed), []
    for number in range(size):
        ticks = random.random(len(CODES)) < [0.5, 0.4, 0.3, 0.2, 0.3, 0.02, 0.0, 0.0]
        both = [ticks, ticks ^ (random.random(len(CODES)) < [0.1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.0, 0.0])]
        first, second = (" ".join(c for c, is_ in zip(CODES, one, strict=True) if is_) or "none" for one in both)
        made.append((f"It helped me, {number} of Springfield General", first, second))
    return made


def sheet(path: Path, lines: list[tuple], heading: tuple = ("comment", "text", "coder_1", "coder_2")) -> Path:
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([heading, *((number, *line) for number, line in enumerate(lines))])
    return path


def test_a_sheet_holds_the_comments_in_another_order_for_two_coders(tmp_path: Path) -> None:
    texts = ["zebra, they said", "=cmd()", "another\nline", "  "]
    with (tmp_path / "comments.csv").open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([("wave", "month", "text"), *(("outtake", "2026-03", text) for text in texts)])
    words = ["themes", "--comments", str(tmp_path / "comments.csv"), "--sheet", str(tmp_path / "sheet.csv")]
    assert main(words) == 0
    with (tmp_path / "sheet.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    assert rows[0] == ["comment", "text", "coder_1", "coder_2"]
    assert rows[1:] == [["1", "'=cmd()", "", ""], ["2", "another\nline", "", ""], ["3", "zebra, they said", "", ""]]
    assert (tmp_path / "sheet.csv").stat().st_mode & 0o077 == 0
    assert main(words) == 1


def test_themes_are_counted_where_both_agree_and_no_text_leaves(tmp_path: Path) -> None:
    lines = coded()
    path = sheet(tmp_path / "coded.csv", lines)
    board = ["--protocol", "IRB 7", "--approved", "2026-10-01", "--approved-until", "2027-09-30"]
    assert main(["themes", "--coded", str(path), "--out", str(tmp_path / "out"), "--month", "2026-11", *board]) == 0
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    assert [manifest[key] for key in ("protocol", "approved", "approved_until")] == board[1::2]
    (table,) = json.loads((tmp_path / "out/tables.json").read_text(encoding="utf-8"))["tables"]
    for line in table["lines"]:
        (code,) = line["codes"]
        exact = sum(code in first.split() and code in second.split() for _, first, second in lines)
        assert line["n"] is None or (abs(line["n"] - exact) <= 2 and exact >= 11)
        assert (line["kappa"] is None) == (line["n"] is None)
    assert sum(line["n"] is not None for line in table["lines"]) >= 3 and table["of"] == 80
    text = "".join(one.read_text(encoding="utf-8") for one in (tmp_path / "out").iterdir())
    assert "Springfield" not in text and "It helped" not in text and "kappa of all themes" in text
    assert main(["verify", str(tmp_path / "out")]) == 0


def test_each_coder_may_hand_in_a_sheet_of_their_own(tmp_path: Path) -> None:
    lines = coded()
    whole = sheet(tmp_path / "whole.csv", lines)
    first = sheet(tmp_path / "first.csv", [(text, one) for text, one, _ in lines], ("comment", "text", "coder_1"))
    second = sheet(tmp_path / "second.csv", [(text, two) for text, _, two in lines], ("comment", "text", "coder_2"))
    for one, other in zip(read_codes([whole], FIELD), read_codes([first, second], FIELD), strict=True):
        assert np.array_equal(one, other) and one.shape == (80, len(CODES)) and one.any()
    with pytest.raises(RowsError, match="not about the same comments"):
        read_codes([whole, sheet(tmp_path / "fewer.csv", lines[1:])], FIELD)


@pytest.mark.parametrize(
    ("change", "number", "why"),
    [
        (lambda lines: [(*lines[0][:2], ""), *lines[1:]], 1, "line 2, column “coder_2”: write one or more of strat"),
        (lambda lines: [*lines[:3], (lines[3][0], "strt", "emot")], 1, "line 5, column “coder_1”"),
        (lambda lines: [("", "none emot", "emot")], 1, "none stands alone"),
        (lambda lines: lines[:19], 3, "fewer than 20"),
        (lambda lines: [("", "none", "none")] * 30, 3, "no theme was given"),
    ],
)
def test_what_can_not_be_counted_is_said_in_words(tmp_path: Path, change, number: int, why: str, capsys) -> None:
    path = sheet(tmp_path / "coded.csv", change(coded()))
    assert main(["themes", "--coded", str(path), "--out", str(tmp_path / "out")]) == number
    words = " ".join(capsys.readouterr().err.split())
    assert why in words and "Springfield" not in words and "strt" not in words and not (tmp_path / "out").exists()


def test_no_small_count_of_comments_follows() -> None:
    for seed in range(4):
        first, second = (np.array([[c in one[at].split() for c in CODES] for one in coded(seed, 45)]) for at in (1, 2))
        assert derivable(counted(FIELD, first, second).as_json()) == {}


def test_kappa_is_what_the_textbook_counts() -> None:
    # Cohen's kappa of a table with 20 yes-yes, 5 yes-no, 10 no-yes and 15 no-no is 0.4.
    first, second = np.array([1] * 25 + [0] * 25, bool), np.array([1] * 20 + [0] * 5 + [1] * 10 + [0] * 15, bool)
    assert kappa(first, second) == pytest.approx(0.4)
    assert kappa(first, first) == 1 and kappa(first, ~first) < 0 and kappa(np.zeros(9, bool), np.zeros(9, bool)) == 1
    assert pooled(first[:, None], second[:, None]) == pytest.approx(0.4)
    two = pooled(np.column_stack([first, first]), np.column_stack([second, first]))
    assert 0.4 < two < 1


@pytest.mark.parametrize(
    "words", [[], ["--coded", "a.csv"], ["--comments", "a.csv"], ["--coded", "a.csv", "--field", "o_value2"]]
)
def test_half_a_command_is_refused(words: list[str]) -> None:
    assert main(["themes", *words]) == 1
