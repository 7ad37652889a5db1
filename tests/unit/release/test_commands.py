"""A steward at the terminal: what is written, what is refused, and with which number the command ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from release.__main__ import main
from tests.support import study
from tests.support.databases import ROOT
from tests.unit.release.mutants import MUTANTS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of 700 and of 250 people, the small plan, and a release made of the 700."""
    home = tmp_path_factory.mktemp("steward")
    (home / "small.toml").write_text(study.PLAN, encoding="utf-8")
    study.rows(home, 700), study.rows(home, 250)
    done = study.run(*build(home, 700), "--out", home / "one", "--month", "2026-05")
    assert done.returncode == 0, done.stderr
    return home


def build(home: Path, size: int) -> list[object]:
    return [
        "build",
        "--rows",
        home / f"rows-{size}-1.csv",
        "--dictionary",
        "intake.v1.csv",
        "--plan",
        home / "small.toml",
    ]


def test_a_release_that_withstands_is_written_with_its_report(home: Path) -> None:
    names = {path.name for path in (home / "one").iterdir()}
    assert {"data.csv", "codebook.csv", "classes.csv", "manifest.json", "attack-report.json"} <= names
    told = json.loads((home / "one/attack-report.json").read_text(encoding="utf-8"))
    assert told["holds"] and len(told["attacks"]) >= 15
    assert json.loads((home / "one/manifest.json").read_text(encoding="utf-8"))["protocol"] == "IRB 7"


def test_a_written_release_verifies_from_its_files_alone(home: Path) -> None:
    done = study.run("verify", home / "one")
    assert done.returncode == 0 and "withstands all" in done.stderr


def test_a_preview_shows_and_writes_nothing(home: Path, capsys) -> None:
    assert main([*map(str, build(home, 700)), "--out", str(home / "preview"), "--preview"]) == 0
    assert "loss of detail" in capsys.readouterr().out
    assert not (home / "preview").exists()


@pytest.mark.parametrize(
    ("change", "number", "words"),
    [
        (["--plan", "tabel-one.v1"], 1, "there is no plan"),
        (["--dictionary", "intake.v9.csv"], 1, "there is no dictionary"),
        (["--dictionary", "outtake.v1.csv"], 1, "this dictionary is outtake.v1"),
        (["--rows", "nowhere.csv"], 1, "can't be read"),
        (["--month", "May"], 1, "a month is written like 2026-11"),
        (["--plan", "table-one.v1"], 3, "Nothing may be published (loss): rows would lose"),
    ],
    ids=lambda one: str(one),
)
def test_what_can_not_be_built_is_said_in_words(
    home: Path, change: list[str], number: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*map(str, build(home, 250)), "--out", str(home / "none"), *change]) == number
    assert words in " ".join(capsys.readouterr().err.split())
    assert not (home / "none").exists()


def test_a_folder_that_is_not_empty_is_left_alone(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in (home / "one").iterdir()}
    assert main([*map(str, build(home, 700)), "--out", str(home / "one")]) == 1
    assert {path.name: path.read_bytes() for path in (home / "one").iterdir()} == before


@pytest.mark.parametrize(
    "mutant", [one for one in MUTANTS if one.kind in ("schema", "metadata")], ids=lambda one: one.kind
)
def test_a_release_that_an_attack_opens_is_not_there_afterwards(home: Path, mutant, monkeypatch) -> None:
    mutant.break_(monkeypatch)
    words = [*map(str, build(home, 700)), "--out", str(home / "leaky")]
    assert main(words) == 4
    assert not (home / "leaky").exists() and not list(home.glob(".release-*"))


def test_a_file_changed_afterwards_is_caught(home: Path, tmp_path: Path, capsys) -> None:
    for path in (home / "one").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "codebook.csv").read_text(encoding="utf-8")
    (tmp_path / "codebook.csv").write_text(text.replace("Random", "Drawn"), encoding="utf-8")
    assert main(["verify", str(tmp_path)]) == 4
    assert "codebook.csv has changed" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", ["data.csv", "classes.csv", "data.sav", "data.dta", "data.parquet"])
def test_whatever_is_changed_verify_ends_in_words(home: Path, tmp_path: Path, name: str) -> None:
    for path in (home / "one").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    told = (tmp_path / name).read_bytes().replace(b"woman", b"wxman").replace(b",1,", b",x,")
    (tmp_path / name).write_bytes(told[:-400] + bytes(400) if name[5:] in ("sav", "dta", "parquet") else told)
    assert main(["verify", str(tmp_path)]) in (1, 4)


def test_a_folder_that_is_no_release_is_said_to_be_none(home: Path, capsys) -> None:
    assert main(["verify", str(home)]) == 1 and "is no release" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["scheme", "targets", "files", "product", "left_out_at_most"])
def test_a_manifest_that_says_too_little_is_refused(home: Path, tmp_path: Path, key: str) -> None:
    for path in (home / "one").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    del told[key]
    (tmp_path / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    assert main(["verify", str(tmp_path)]) == 1


@pytest.mark.parametrize("out", [1, "none", None, -0.1])
def test_a_manifest_by_which_everybody_was_left_out_is_refused(home: Path, tmp_path: Path, out: object) -> None:
    """How many may have been left out is what later tables are held against."""
    for path in (home / "one").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")) | {"left_out_at_most": out}
    (tmp_path / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    assert main(["verify", str(tmp_path)]) == 1


def test_who_verifies_has_loaded_nothing_of_the_search() -> None:
    code = "import sys, release.verify; print(*sorted(n for n in sys.modules if n.startswith('release')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if not name.startswith("release.attacks")}
    assert loaded == {"release", "release.errors", "release.page", "release.published", "release.verify"}
