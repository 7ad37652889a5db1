"""`stage` is a site with people in it, for one lie: what a lie leaves in the log or the database meets no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium

from tests.hostile_server.grounds import Grounds, Ready
from tests.hostile_server.liar import Liar
from tests.support.browser import DESKTOP, Visit
from tests.support.databases import Databases


@pytest.fixture(scope="session")
def grounds(built: None, databases: Databases, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Grounds:
    return Grounds(tmp_path_factory.mktemp("grounds"), databases, chromium)


@pytest.fixture
def stage(grounds: Grounds, tmp_path: Path) -> Iterator[Ready]:
    stage = Ready(grounds, tmp_path)
    yield stage
    stage.end()


@pytest.fixture
def begin(chromium: Chromium, stage: Ready) -> Iterator[Callable[..., Visit]]:
    """A device at this site. What the browser says of refused requests is no failure here: the server misbehaves.

    Args of it: watched: whether somebody asks which requests left it."""
    visits: list[Visit] = []

    def one(*, watched: bool = False) -> Visit:
        visit = Visit(chromium, stage.server.url, DESKTOP, watched=watched)
        visit.expect("")
        visits.append(visit)
        return visit

    yield one
    for visit in visits:
        visit.close()


@pytest.fixture
def liar(stage: Ready, begin: Callable[..., Visit]) -> Liar:
    return Liar(stage, begin)
