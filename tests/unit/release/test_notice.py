"""Withdrawals are told to those who hold a release eleven at a time, and never whose they were."""

import json
from pathlib import Path

import polars as pl
import pytest

from release.__main__ import main
from release.published import MANIFEST, Published, digest
from tests.support import cohort


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of 60 people in three waves as they stood, and as they stand after so many have withdrawn their intakes."""
    home = tmp_path_factory.mktemp("withdrawn")
    first, _ = cohort.followed(60)
    first = pl.concat([first, first.head(20).with_columns(wave=pl.lit("intake-2"))])
    first.write_csv(home / "then.csv")
    for gone in (0, 10, 11, 25):
        left = first.filter(
            ~pl.col("thread").is_in(first["thread"].head(gone).implode()) | (pl.col("wave") != "intake")
        )
        left.write_csv(home / f"now-{gone}.csv")
    return home


def notice(home: Path, small: Published, gone: int, out: Path, *previous: Path) -> int:
    rows = ["--before", str(home / "then.csv"), "--rows", str(home / f"now-{gone}.csv"), "--wave", "intake"]
    words = ["--release", str(small.folder), "--out", str(out), "--month", "2026-11", "--previous", *map(str, previous)]
    return main(["notice", *rows, *words])


@pytest.mark.parametrize("gone", [0, 10])
def test_fewer_than_eleven_wait(home: Path, small: Published, tmp_path: Path, gone: int, capsys) -> None:
    assert notice(home, small, gone, tmp_path / "out") == 3
    assert f"{gone} rows were withdrawn since the release" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out").exists()


def test_eleven_are_told_as_eleven_and_twenty_five_as_twenty_two(home: Path, small: Published, tmp_path: Path) -> None:
    threads = pl.read_csv(home / "then.csv")["thread"].to_list()
    for gone, told in ((11, 11), (25, 22)):
        assert notice(home, small, gone, tmp_path / str(gone)) == 0
        made = json.loads((tmp_path / str(gone) / "notice.json").read_text(encoding="utf-8"))
        assert made["withdrawn_at_least"] == told and made["release"] == digest(small.folder / MANIFEST)
        page = (tmp_path / str(gone) / "notice.html").read_text(encoding="utf-8")
        assert f"{told} people or more" in page and "<script" not in page
        assert not any(thread in page + json.dumps(made) for thread in threads)


def test_a_second_notice_waits_for_eleven_more(home: Path, small: Published, tmp_path: Path, capsys) -> None:
    assert notice(home, small, 11, tmp_path / "one") == 0
    assert notice(home, small, 11, tmp_path / "none", tmp_path / "one") == 3
    assert "0 rows were withdrawn since the last notice" in " ".join(capsys.readouterr().err.split())
    assert notice(home, small, 25, tmp_path / "two", tmp_path / "one") == 0


def test_a_notice_of_another_release_is_refused(home: Path, small: Published, tmp_path: Path, capsys) -> None:
    assert notice(home, small, 11, tmp_path / "one") == 0
    told = json.loads((tmp_path / "one/notice.json").read_text(encoding="utf-8"))
    (tmp_path / "one/notice.json").write_text(json.dumps(told | {"release": "ab"}), encoding="utf-8")
    assert notice(home, small, 25, tmp_path / "two", tmp_path / "one") == 1
    assert notice(home, small, 25, tmp_path / "two", home) == 1 and "is no notice" in capsys.readouterr().err
