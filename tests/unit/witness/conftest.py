"""Wanda runs a witness on her own machine; the organisation's log asks it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.witness import Log, Running

Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a witness on a folder, its own one unless another is named; each is ended after the test."""
    running: list[Running] = []

    def begin(*arguments: str, state: Path | None = None, code: str = "") -> Running:
        running.append(Running(state or tmp_path / "state", *arguments, code=code))
        return running[-1]

    yield begin
    for one in running:
        one.stop()
        for stream in (one.process.stdout, one.process.stderr):
            if stream:
                stream.close()


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def wanda(start: Start, log: Log) -> Running:
    """A witness in its first hour: it follows the log, and has seen nothing of it."""
    return start("--name", "wanda.example", "--origin", log.origin, "--log-vkey", log.vkey)
