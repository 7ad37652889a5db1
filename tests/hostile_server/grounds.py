"""Sites with people in them that were made ready once. Each lie gets a copy of one for itself, on which no other lie was told.

A copy has the database and the instance folder as they stood when everything was in the log and the first server had gone,
the people with all that they knew then, and the time of now. What is made ready is made anew before sessions grow old.
"""

from __future__ import annotations

import copy
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser as Chromium

from demo.client import Person
from demo.people import Peer, Supporter
from demo.wire import Over
from tests.hostile_server.doors import Doors
from tests.support.browser import DESKTOP, Visit
from tests.support.databases import Databases
from tests.support.server import Server
from tests.support.stage import Stage, jar_of
from tests.support.tree import wait_until_all_are_in

OLD_S = 500  # a session ends after ten idle minutes
SEEN = "I am here."
People = tuple[Person, ...]


class Ground:
    """One site, made ready. `copy` gives what stood there as a site of its own."""

    def __init__(self, databases: Databases, home: Path, prepare: Callable[[Stage], People]) -> None:
        self.made, self.databases = time.monotonic(), databases
        database = databases.fresh("sqlite", home / "database")
        self.server = Server(database, home, workers=1)
        self.server.start()
        try:
            self.stage = Stage(self.server)
            self.people = prepare(self.stage)
            wait_until_all_are_in(database)
        finally:
            self.server.discard()
            database.close()

    @property
    def old(self) -> bool:
        return time.monotonic() - self.made > OLD_S

    def copy(self, home: Path, doors: Doors | None = None) -> tuple[Server, Any, People]:
        """(a server with the same behind it, Carl, people), everybody as they were. Args: doors: by which one comes to it, too."""
        database = self.databases.copy(self.server.database, home / "database")
        shutil.copytree(self.server.instance, home / "instance")
        own: dict[str, Any] = {"config": doors.config(home), "also": [one.socket for one in doors.all]} if doors else {}
        server = Server(database, home, workers=1, **own)
        server.start()
        here: dict[int, Any] = {id(self.server.clock): server.clock}
        for person in (self.stage.carl, *self.people):
            here[id(person.wire)] = _moved(person.wire, server.url)
        carl, people = copy.deepcopy((self.stage.carl, self.people), here)
        return server, carl, people


def _moved(wire: Any, url: str) -> Over:
    """The same browser at another address of the site, with its cookie."""
    there = Over(url)
    for cookie in jar_of(wire):
        jar_of(there).set_cookie(copy.copy(cookie))
    return there


class Grounds:
    """Those of one process, each made when it is first stood on."""

    def __init__(self, home: Path, databases: Databases, chromium: Chromium) -> None:
        self.home, self.databases, self.chromium = home, databases, chromium
        self._made: dict[str, Ground] = {}
        self._count = 0

    def __getitem__(self, name: str) -> Ground:
        if name not in self._made or self._made[name].old:
            self._count += 1
            home = self.home / f"{name}-{self._count}"
            self._made[name] = Ground(self.databases, home, getattr(self, f"_{name}"))
        return self._made[name]

    @staticmethod
    def _founded(_stage: Stage) -> People:
        return ()

    @staticmethod
    def _sent(stage: Stage) -> People:
        return (stage.sara(),)

    @staticmethod
    def _introduced(stage: Stage) -> People:
        sara, nora = stage.sara(), stage.supporter("Nora Lind")
        stage.introduce(sara, nora)
        return sara, nora

    @staticmethod
    def _together(stage: Stage) -> People:
        return stage.together()

    @staticmethod
    def _four(stage: Stage) -> People:
        sara = stage.sara()
        nora, tomas, uma = (stage.supporter(name) for name in ("Nora Lind", "Tomas Vega", "Uma Reed"))
        stage.introduce(sara, nora, tomas, uma)
        case = sara.open(sara.case)
        case.add(*({"identity": one.identity.frame, "lead": one is nora} for one in (nora, tomas, uma)))
        return sara, nora, tomas, uma

    def _seen(self, stage: Stage) -> People:
        sara, nora = stage.together()
        nora.say(sara.case, {"kind": "message", "text": SEEN})
        stage.carl.list_people(revoke=(stage.supporter("Vera Vance").fp,))
        visit = Visit(self.chromium, stage.server.url, DESKTOP)
        stage.sit_down(visit, sara)
        visit.until("document.body.dataset.log === 'proven'", timeout_s=20)
        visit.close()
        return sara, nora


class Ready(Stage):
    """A stage on a ground of those. Which one, the first thing shows that somebody wants there; then it is as any other."""

    def __init__(self, grounds: Grounds, home: Path, doors: Doors | None = None) -> None:
        self._grounds, self._home, self._begun = grounds, home, False
        self._doors = doors

    def __getattr__(self, name: str) -> Any:
        """Whoever wants something else first finds Carl alone."""
        if name not in ("server", "database", "wire", "clock", "carl"):
            raise AttributeError(name)
        self._begin("founded")
        return getattr(self, name)

    def _begin(self, name: str) -> Any:
        assert not self._begun, "this was made ready for somebody else"
        self.server, self.carl, people = self._grounds[name].copy(self._home, self._doors)
        self._begun = True
        self.database, self.clock, self.wire = self.server.database, self.server.clock, Over(self.server.url)
        return people

    def sara(self, account: dict[str, Any] | None = None, *, words: bool = False) -> Peer:
        if self._begun or account or words:
            return super().sara(account, words=words)
        sara: Peer
        (sara,) = self._begin("sent")
        return sara

    def introduced(self) -> tuple[Peer, Supporter]:
        """Sara, to whom Carl has offered Nora by name."""
        sara, nora = self._begin("introduced")
        return sara, nora

    def together(self, *, tomas: bool = False) -> tuple[Peer, Supporter]:
        if self._begun or tomas:
            return super().together(tomas=tomas)
        sara, nora = self._begin("together")
        return sara, nora

    def seen(self) -> tuple[Peer, Supporter]:
        """Both together. Nora wrote `SEEN`, and Carl suspended Vera. All this Sara's browser has seen and noted."""
        sara, nora = self._begin("seen")
        return sara, nora

    def four(self) -> tuple[Peer, Supporter, Supporter, Supporter]:
        """Sara with Nora, who may leave people out, with Tomas, and with Uma."""
        sara, nora, tomas, uma = self._begin("four")
        return sara, nora, tomas, uma

    def end(self) -> None:
        if self._begun:
            self.server.discard()
            self.database.close()
