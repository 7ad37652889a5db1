"""A release that many tests only look at, made once in each process."""

import pytest

from release.published import Published
from tests.support import study


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The small plan's release of 700 people. Look at it; change a copy."""
    home = tmp_path_factory.mktemp("small")
    return study.publish(study.people(home, 700), home / "one")


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in which no word of a message is broken."""
    monkeypatch.setenv("COLUMNS", "160")
