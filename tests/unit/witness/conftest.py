"""Wanda runs a witness on her own machine; the organisation's log asks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.witness import Log, Running, Start, starting


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a witness on a folder, its own one unless another is named; each is ended after the test."""
    with starting(tmp_path / "state") as start:
        yield start


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def wanda(start: Start, log: Log) -> Running:
    """A witness in its first hour: it follows the log, and has seen nothing of it."""
    return start("--name", "wanda.example", "--origin", log.origin, "--log-vkey", log.vkey)
