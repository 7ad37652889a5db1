"""`stage` is a site with people in it, on one server for all lies; each lie is told about people of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium

from tests.hostile_server.liar import Liar
from tests.support.browser import DESKTOP, Visit
from tests.support.databases import Databases
from tests.support.server import Server
from tests.support.stage import Stage


@pytest.fixture(scope="session")
def ground(built: None, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server. What a lie changes in the database is about its own people."""
    home = tmp_path_factory.mktemp("hostile")
    server = Server(databases.fresh("sqlite", home / "database"), home, workers=1)
    server.start()
    yield Stage(server)
    server.stop()


@pytest.fixture
def stage(ground: Stage) -> Stage:
    return ground


@pytest.fixture
def begin(chromium: Chromium, ground: Stage) -> Iterator[Callable[..., Visit]]:
    """A device at this site. What the browser says of refused requests is no failure here: the server misbehaves."""
    visits: list[Visit] = []

    def one(**options: Any) -> Visit:
        visit = Visit(chromium, ground.server.url, DESKTOP, **options)
        visit.expect("")
        visits.append(visit)
        return visit

    yield one
    for visit in visits:
        visit.close()


@pytest.fixture
def liar(stage: Stage, begin: Callable[..., Visit]) -> Liar:
    return Liar(stage, begin)
