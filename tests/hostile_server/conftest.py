"""`stage` is a site with people in it, on one server for many lies; each lie is told about people of its own."""

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

LIES = 20  # a ground: every person who is listed makes the chain of lists longer that each page reads


class Grounds:
    """One server after the other. What a lie changes in the database is about its own people."""

    def __init__(self, databases: Databases, folder: Callable[[str], Path]) -> None:
        self._databases, self._folder = databases, folder
        self._told = 0
        self._now: Stage | None = None

    def next(self) -> Stage:
        """The one for the next lie."""
        if self._now is None or self._told == LIES:
            self.close()
            home = self._folder("hostile")
            server = Server(self._databases.fresh("sqlite", home / "database"), home, workers=1)
            server.start()
            self._told, self._now = 0, Stage(server)
        self._told += 1
        return self._now

    def close(self) -> None:
        if self._now:
            self._now.server.discard()


@pytest.fixture(scope="session")
def grounds(built: None, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grounds]:
    grounds = Grounds(databases, tmp_path_factory.mktemp)
    yield grounds
    grounds.close()


@pytest.fixture
def ground(grounds: Grounds) -> Stage:
    return grounds.next()


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
