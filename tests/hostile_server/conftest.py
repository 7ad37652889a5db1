"""`stage` is a site with people in it, for one lie: what a lie leaves in the log or the database meets no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium

from tests.hostile_server.devices import Device, Devices
from tests.hostile_server.doors import Doors
from tests.hostile_server.grounds import Grounds, Ready
from tests.hostile_server.liar import Liar
from tests.support.databases import Databases


@pytest.fixture(scope="session")
def grounds(built: None, databases: Databases, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Grounds:
    return Grounds(tmp_path_factory.mktemp("grounds"), databases, chromium)


@pytest.fixture(scope="session")
def doors() -> Iterator[Doors]:
    doors = Doors()
    yield doors
    doors.close()


@pytest.fixture(scope="session")
def devices(chromium: Chromium, doors: Doors) -> Devices:
    return Devices(chromium, doors)


@pytest.fixture
def stage(grounds: Grounds, doors: Doors, tmp_path: Path) -> Iterator[Ready]:
    stage = Ready(grounds, tmp_path, doors)
    yield stage
    stage.end()


@pytest.fixture
def begin(devices: Devices, stage: Ready) -> Iterator[Callable[..., Device]]:
    """A device at this site. Args of it: watched: whether somebody asks what it sent."""
    visits: list[Device] = []

    def one(*, watched: bool = False) -> Device:
        assert stage.server, "there is a site"
        visits.append(devices.begin(len(visits), watched=watched))
        return visits[-1]

    yield one
    for visit in visits:
        visit.close()


@pytest.fixture
def liar(stage: Ready, begin: Callable[..., Device], doors: Doors) -> Iterator[Liar]:
    yield Liar(stage, begin)
    doors.check()
