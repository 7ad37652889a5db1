"""A run that checked less than it says it did fails: the gate of `make test`, with deliberate gaps."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import beside
from tests.support.counts import DATABASES, Counts

ROOT = Path(__file__).resolve().parents[2]
BOTH = """
import pytest
@pytest.mark.parametrize("kind", {kinds})
def test_one(kind, record_property):
    record_property("database", kind)
"""
VECTORS = """
def test_runners(count_vectors):
    for runner, number in {counts}.items():
        count_vectors(runner, number)
"""
GOOD_VECTORS = VECTORS.format(counts={"pytest": 3, "node": 3, "chromium": 3})
BOTH_KINDS = BOTH.format(kinds=["sqlite", "postgres"])


GAPS = {
    "no postgres": BOTH.format(kinds=["sqlite"]) + GOOD_VECTORS,
    "no sqlite": BOTH.format(kinds=["postgres"]) + GOOD_VECTORS,
    "no database": "def test_nothing(): pass\n" + GOOD_VECTORS,
    "no vectors": BOTH_KINDS,
    "fewer in chromium": BOTH_KINDS + VECTORS.format(counts={"pytest": 3, "node": 3, "chromium": 2}),
    "none in chromium": BOTH_KINDS + VECTORS.format(counts={"pytest": 3, "node": 3}),
    "zero": BOTH_KINDS + VECTORS.format(counts={"pytest": 0, "node": 0, "chromium": 0}),
    "a skip": BOTH_KINDS + GOOD_VECTORS + "def test_skipped(): pytest.skip('not today')\n",
}


def run(folder: Path, *tests: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """A run of its own, with the counting plugin and nothing else of ours."""
    for n, text in enumerate(tests):
        (folder / f"test_{n}.py").write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p tests.support.counts\n", encoding="utf-8")
    (folder / "tests" / "vectors").mkdir(parents=True)
    alone = {"PYTEST_ADDOPTS": "", "PYTEST_XDIST_WORKER": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **alone}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "."]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("workers", ["0", pytest.param("2", marks=pytest.mark.slow)])
def test_equal_counts_pass_and_are_printed(tmp_path: Path, workers: str) -> None:
    done = run(tmp_path, BOTH_KINDS + GOOD_VECTORS, options=("--gate", "-p", "xdist", "-n", workers))
    assert done.returncode == 0, done.stdout
    assert "sqlite: 1 passed, postgres: 1 passed\n" in done.stdout
    assert "vectors: pytest: 3, node: 3, chromium: 3\n" in done.stdout
    assert "3 passed" in done.stdout.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_fails_the_gate(tmp_path: Path, gap: str) -> None:
    done = run(tmp_path, GAPS[gap], options=("--gate",))
    assert done.returncode == 1
    last = done.stdout.splitlines()[-1]
    assert "passed" in last and "failed" not in last and "error" not in last, "its tests are no reason"


@pytest.mark.slow
def test_gaps_fail_nothing_but_the_gate(tmp_path: Path) -> None:
    gaps = [text for name, text in GAPS.items() if name != "no sqlite"]  # which would make up for the other
    done = run(tmp_path, *gaps)
    assert done.returncode == 0, done.stdout
    assert "sqlite: 6 passed, postgres: 5 passed\n" in done.stdout
    assert "vectors: pytest: 15, node: 15, chromium: 11\n" in done.stdout and "1 skipped" in done.stdout


def report(nodeid: str, outcome: str, *properties: tuple[str, object]) -> pytest.TestReport:
    """As pytest tells of a test when it has run."""
    return pytest.TestReport(nodeid, ("", 0, ""), {}, outcome, None, "call", user_properties=properties)


@pytest.mark.parametrize("inside", [False, True], ids=["by pytest", "by a runner inside"])
def test_only_a_skip_that_is_named_passes_the_gate(inside: bool) -> None:
    def faults(name: str, *, named: frozenset[str]) -> list[str]:
        counts = Counts(vectors_expected=False, may_skip=named)
        for kind in DATABASES:
            counts.pytest_runtest_logreport(report("test_it.py::test_one", "passed", ("database", kind)))
        skip = report("test_it.py::node", "passed", ("skipped", name)) if inside else report(name, "skipped")
        counts.pytest_runtest_logreport(skip)
        return counts.faults()

    named = frozenset(beside.NEED_VECTORS)
    for name in named:
        assert faults(name, named=named) == []
        assert len(faults(name, named=frozenset())) == 1
    assert len(faults("tests/unit/test_other.py::test_other", named=named)) == 1


def test_nothing_may_be_skipped_under_ci_or_where_the_vectors_of_others_are(tmp_path: Path) -> None:
    absent = tmp_path / "nothing"
    assert beside.may_skip(absent, {}) == beside.NEED_VECTORS
    assert beside.may_skip(absent, {"CI": "true"}) == frozenset()
    assert beside.may_skip(tmp_path, {}) == frozenset()


def test_each_skip_that_is_named_is_a_test_that_there_is() -> None:
    for name in beside.NEED_VECTORS:
        file, _, test = name.replace("::", ": ").partition(": ")
        assert test.partition("[")[0] in (ROOT / file).read_text("utf-8"), name
