"""Counts what ran: tests a database, vectors a runner. Under `--gate` a run that checked less than it says fails.

A test that touches a database is counted through the `database` fixture. A test that runs vectors calls
`count_vectors(runner, n)`; the runners are pytest, node and chromium, and each must have run the same number.
A skip fails the gate, save those of `beside`, which are named at the end of every run.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.support import beside

DATABASES = ("sqlite", "postgres")
RUNNERS = ("pytest", "node", "chromium")


class Counts:
    def __init__(self, *, vectors_expected: bool, may_skip: frozenset[str] = frozenset()) -> None:
        self.databases: Counter[str] = Counter()
        self.vectors: Counter[str] = Counter()
        self.skipped: list[str] = []
        self.vectors_expected = vectors_expected
        self.may_skip = may_skip

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self.skipped.append(report.nodeid)
        if report.when != "call" or not report.passed:
            return
        for name, value in report.user_properties:
            if name == "database":
                self.databases[str(value)] += 1
            elif name.startswith("vectors:"):
                self.vectors[name.removeprefix("vectors:")] += int(str(value))
            elif name == "skipped":  # by a runner inside the test
                self.skipped.append(str(value))

    def faults(self) -> list[str]:
        """Why the run proves less than it seems to, in words; empty when it doesn't."""
        faults = []
        for what, names, count in (("databases", DATABASES, self.databases), ("vectors", RUNNERS, self.vectors)):
            if what == "vectors" and not self.vectors_expected:
                continue
            numbers = [count[name] for name in names]
            if not all(numbers) or len(set(numbers)) != 1:
                faults.append(f"The {what} were not checked alike: {line(names, count)}.")
        wrongly = [name for name in self.skipped if name not in self.may_skip]
        if wrongly:
            faults.append(f"{len(wrongly)} skipped, and a skipped test proves nothing: {', '.join(wrongly[:5])}")
        return faults

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.write_line(line(DATABASES, self.databases, " passed"))
        terminalreporter.write_line("vectors: " + line(RUNNERS, self.vectors))
        for name in sorted(self.may_skip.intersection(self.skipped)):
            terminalreporter.write_line(f"skipped, for want of ../shared/vectors: {name}", yellow=True)
        if terminalreporter.config.getoption("--gate"):
            for fault in self.faults():
                terminalreporter.write_line(fault, red=True)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        gate = session.config.getoption("--gate")
        if gate and session.exitstatus == pytest.ExitCode.OK and self.faults():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def line(names: tuple[str, ...], count: Counter[str], after: str = "") -> str:
    return ", ".join(f"{name}: {count[name]}{after}" for name in names)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--gate", action="store_true", help="fail unless both databases and all vector runners did the same"
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # under xdist only the controller sees every report
        counts = Counts(
            vectors_expected=(config.rootpath / "tests/vectors").is_dir(),
            may_skip=beside.may_skip(),
        )
        config.pluginmanager.register(counts, "counts")


@pytest.fixture
def count_vectors(record_property: Callable[[str, object], None]) -> Callable[[str, int], None]:
    """`count_vectors("node", 51)`: this test ran that many vectors, if it passes."""

    def count(runner: str, number: int) -> None:
        assert runner in RUNNERS, f"no runner is called {runner}"
        record_property(f"vectors:{runner}", number)

    return count
