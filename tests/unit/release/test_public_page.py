"""The public page: each yearly cohort is sampled once, with noise, and never costs more than its lifetime."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from release import public_page
from release.__main__ import main
from release.attacks.suite import attack
from release.build import draft
from release.errors import Declined, FolderError
from release.ledger import read_ledger, spend
from release.noise import noisy
from release.public_page import bins
from release.published import digest, read_folder
from tests.support import cohort, study

pytestmark = pytest.mark.slow

PLAN = study.PLAN.replace("[targets]", '[public]\nfields = ["gender", "career_stage"]\nepsilon = 0.8\n\n[targets]')


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """300 people who came in 2025 and 100 who came in 2026."""
    months = ["2025-03"] * 300 + ["2026-01"] * 100
    frame = cohort.cohort(400)
    frame.with_columns(month=np.array(months)).write_csv(tmp_path / "rows.csv")
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def sample(home: Path, *words: str, out: str = "public", year: int = 2025) -> int:
    given = ["--rows", str(home / "rows.csv"), "--dictionary", "intake.v1.csv", "--plan", str(home / "plan.toml")]
    given += ["--year", str(year), "--ledger", str(home / "ledger"), "--out", str(home / out), "--month", "2027-02"]
    return main(["public", *given, *words])


def told(home: Path, out: str = "public") -> dict:
    return json.loads((home / out / "public.json").read_text(encoding="utf-8"))


def test_every_bin_of_the_dictionary_is_told_with_noise(home: Path) -> None:
    assert sample(home) == 0
    shown = told(home)
    assert [one["field"] for one in shown["histograms"]] == ["gender", "career_stage"]
    for one in shown["histograms"]:
        assert [bin_["code"] for bin_ in one["bins"]] == list(bins(cohort.INTAKE[one["field"]]))
        assert 200 < sum(bin_["n"] for bin_ in one["bins"]) < 400
    (spent,) = read_ledger((home / "ledger").read_bytes())
    assert (spent.year, spent.epsilon) == (2025, 0.8) and shown["epsilon"] == 0.8


def test_a_cohort_is_sampled_once(home: Path, capsys: pytest.CaptureFixture) -> None:
    assert sample(home) == 0
    before = (home / "ledger").read_bytes()
    assert sample(home, out="again") == 3 and "was sampled before" in capsys.readouterr().err
    assert (home / "ledger").read_bytes() == before and not (home / "again/public.json").exists()


def test_a_crash_while_sampling_has_spent(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(public_page, "noisy", dies)
        sample(home)
    assert sample(home, out="again") == 3


def test_a_year_that_is_not_over_and_one_with_few_people_are_not_sampled(home: Path, capsys) -> None:
    assert sample(home, year=2027) == 3 and "is not over" in capsys.readouterr().err
    assert sample(home, year=2026) == 3 and "100 rows of 2026" in capsys.readouterr().err
    assert not (home / "ledger").exists()


def test_rows_without_months_have_no_cohort(home: Path, capsys: pytest.CaptureFixture) -> None:
    cohort.write(home / "rows.csv", 300)
    assert sample(home) == 1 and "“month” is missing" in capsys.readouterr().err


def test_a_question_with_boxes_is_not_on_the_page(home: Path, capsys: pytest.CaptureFixture) -> None:
    (home / "plan.toml").write_text(PLAN.replace('"career_stage"]', '"wi_type"]'), encoding="utf-8")
    assert sample(home) == 1 and "counts each person once" in " ".join(capsys.readouterr().err.split())


def test_nobody_is_ever_counted_for_more_than_one(tmp_path: Path) -> None:
    spend(tmp_path / "ledger", 2025, ["gender"], 0.7)
    spend(tmp_path / "ledger", 2026, ["gender"], 0.7)
    with pytest.raises(Declined, match="too much"):
        spend(tmp_path / "ledger", 2025, ["degree"], 0.7)
    spend(tmp_path / "ledger", 2025, ["degree"], 0.3)
    assert len(read_ledger((tmp_path / "ledger").read_bytes())) == 3


@pytest.mark.parametrize("line", [0, 1])
def test_a_ledger_that_was_changed_allows_nothing(tmp_path: Path, line: int) -> None:
    for year in (2024, 2025, 2026):
        spend(tmp_path / "ledger", year, ["gender"], 0.5)
    lines = (tmp_path / "ledger").read_bytes().splitlines(keepends=True)
    for changed in (
        [*lines[:line], *lines[line + 1 :]],
        [*lines[:line], lines[line].replace(b"0.5", b"0.1"), *lines[line + 1 :]],
    ):
        (tmp_path / "ledger").write_bytes(b"".join(changed))
        with pytest.raises(FolderError, match="was changed"):
            spend(tmp_path / "ledger", 2027, ["gender"], 0.1)


def test_the_noise_is_as_large_as_its_epsilon_asks() -> None:
    for epsilon in (0.1, 0.5):
        off = np.array(noisy([10_000] * 4_000, epsilon)) - 10_000
        assert np.abs(off).mean() == pytest.approx(1 / epsilon, rel=0.15) and abs(off.mean()) < 0.15 / epsilon
    assert min(noisy([0] * 100, 0.1)) >= 0


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public page of 300 people, its ledger beside it."""
    home = tmp_path_factory.mktemp("sampled")
    cohort.cohort(300).with_columns(month=np.array(["2025-03"] * 300)).write_csv(home / "rows.csv")
    (home / "plan.toml").write_text(PLAN, encoding="utf-8")
    assert sample(home) == 0
    return home


def test_a_public_page_is_verified_from_its_files_and_the_ledger(sampled: Path, capsys) -> None:
    words = ["verify", str(sampled / "public"), "--ledger", str(sampled / "ledger")]
    assert main(words) == 0 and "right about her in at most 69%" in " ".join(capsys.readouterr().out.split())
    report = json.loads((sampled / "public/attack-report.json").read_text(encoding="utf-8"))
    (member,) = (one for one in report["attacks"] if one["kind"] == "membership")
    assert report["holds"] and member["success"] == pytest.approx(0.69, abs=0.001) and member["guess"] == 0.5
    alone = attack(read_folder(sampled / "public"), [])["membership"]
    assert alone.holds and "ledger was not at hand" in alone.words


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda page, manifest: page.update(epsilon=0.4), "schema"),
        (lambda page, manifest: page.update(exact=[17]), "schema"),
        (lambda page, manifest: page["histograms"][0]["bins"][0].update(n=-3), "schema"),
        (lambda page, manifest: page["histograms"][0]["bins"][0].update(n=3.5), "schema"),
        (lambda page, manifest: page["histograms"][0]["bins"].append(page["histograms"][0]["bins"][0]), "schema"),
        (lambda page, manifest: (page.update(epsilon=3), manifest.update(epsilon=3)), "membership"),
        (lambda page, manifest: page.update(noise="integer Laplace, scale 0.1"), "membership"),
        (lambda page, manifest: (page.update(ledger="ab"), manifest.update(ledger="ab")), "membership"),
        (lambda page, manifest: (page.update(year=2024), manifest.update(year=2024)), "membership"),
    ],
    ids=range(9),
)
def test_a_public_page_that_was_changed_is_caught(sampled: Path, tmp_path: Path, change, kind: str) -> None:
    copy = Path(shutil.copytree(sampled / "public", tmp_path / "copy"))
    page, manifest = (
        json.loads((copy / name).read_text(encoding="utf-8")) for name in ("public.json", "manifest.json")
    )
    change(page, manifest)
    (copy / "public.json").write_text(json.dumps(page), encoding="utf-8")
    manifest["files"]["public.json"] = digest(copy / "public.json")
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    release = replace(read_folder(copy), ledger=(sampled / "ledger").read_bytes())
    assert [name for name, one in attack(release, []).items() if not one.holds] == [kind]


def test_a_number_on_the_page_that_was_not_sampled_is_caught(sampled: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(sampled / "public", tmp_path / "copy"))
    page = (copy / "public.html").read_text(encoding="utf-8")
    changed = page.replace('<td class="number">', '<td class="number">1', 1)
    (copy / "public.html").write_text(changed, encoding="utf-8")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["public.html"] = digest(copy / "public.html")
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    release = replace(read_folder(copy), ledger=(sampled / "ledger").read_bytes())
    assert [name for name, one in attack(release, []).items() if not one.holds] == ["schema"]


def test_a_ledger_that_was_changed_is_caught_by_who_verifies(sampled: Path, tmp_path: Path) -> None:
    spend(tmp_path / "ledger", 2024, ["gender"], 0.5)
    head = (tmp_path / "ledger").read_bytes()
    for ledger in (head + (sampled / "ledger").read_bytes(), head):
        release = replace(read_folder(sampled / "public"), ledger=ledger)
        assert not attack(release, [])["membership"].holds


def test_a_public_page_is_no_release_before_rows(sampled: Path) -> None:
    with pytest.raises(Declined, match="another series"):
        draft(study.laid(), study.people(sampled, 300), [read_folder(sampled / "public")], "2027-02")


def test_the_public_page_is_read_as_a_page(sampled: Path) -> None:
    shown = (sampled / "public/public.html").read_text(encoding="utf-8")
    numbers = [one["n"] for h in told(sampled)["histograms"] for one in h["bins"]]
    assert [int(n) for n in re.findall(r'<td class="number">(\d+)</td>', shown)] == numbers
    assert "changed at random" in shown and "at most 8 away" in shown
    assert "<script" not in shown and "http" not in shown and shown.count("<caption>") == shown.count("<table>") == 2
