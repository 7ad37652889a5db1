"""`stage` is a site with people in it, for one lie: what a lie leaves in the log or the database meets no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium

from tests.hostile_server.liar import Liar
from tests.support.browser import DESKTOP, Visit
from tests.support.databases import Databases
from tests.support.server import Server
from tests.support.stage import Stage


@pytest.fixture
def stage(built: None, databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    database = databases.fresh("sqlite", tmp_path / "database")
    server = Server(database, tmp_path, workers=1)
    server.start()
    yield Stage(server)
    server.discard()
    database.close()


@pytest.fixture
def begin(chromium: Chromium, stage: Stage) -> Iterator[Callable[..., Visit]]:
    """A device at this site. What the browser says of refused requests is no failure here: the server misbehaves."""
    visits: list[Visit] = []

    def one(**options: Any) -> Visit:
        visit = Visit(chromium, stage.server.url, DESKTOP, **options)
        visit.expect("")
        visits.append(visit)
        return visit

    yield one
    for visit in visits:
        visit.close()


@pytest.fixture
def liar(stage: Stage, begin: Callable[..., Visit]) -> Liar:
    return Liar(stage, begin)
