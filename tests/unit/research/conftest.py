"""`stand` is a site with Stan the steward; rows may be taken when three wait, withdrawals are logged in twos."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.research.waiting import waiting
from demo import rows
from demo.people import Peer, Staff
from tests.support.databases import Database
from tests.support.people import CastInside

ANSWERS = {"gender": "woman", "wi_type___disc": "1", "age_band": ""}


class Study(CastInside):
    """The cast, with Stan; people who said yes come one after the other."""

    def __init__(self, database: Database, home: Path, *, batch: int = 3, withdrawals: int = 2) -> None:
        super().__init__(database, home)
        settings = self.app.config["ALONGSIDE"]
        self.app.config["ALONGSIDE"] = replace(settings, rows_batch=batch, withdrawals_batch=withdrawals)
        self._names = itertools.count(1)
        self.stan = self.stages.reach("Stan is a steward", lambda: self.steward("Stan Steward"))

    def steward(self, name: str) -> Staff:
        """Another steward, listed by the root key."""
        person = Staff(self.wire.another(), name, now_s=self.clock.now_s)
        person.roles = "steward"
        person.use_passkey()
        person.join(self.carl.invite_staff("steward"))
        self.carl.certify(person)
        return person

    def somebody(self) -> Peer:
        """Somebody with a page open; that she has an account is nobody's matter here."""
        return Peer(self.wire.another(), f"Sara {next(self._names)}", now_s=self.clock.now_s)

    def batches_of(self, count: int) -> None:
        """From now on so many rows wait for each other."""
        self.app.config["ALONGSIDE"] = replace(self.app.config["ALONGSIDE"], rows_batch=count)

    def kept(self) -> tuple[int, int]:
        """How many rows wait, and how many may be taken."""
        with self.app.extensions["alongside_sessions"]() as db:
            return len(waiting(db)), self.count("sealed_rows")

    def send(self, peer: Peer | None = None, instrument: str = "intake.v1", wave: str = "intake") -> bytes:
        """One row more; its frame."""
        return rows.send_row(peer or self.somebody(), instrument, wave, ANSWERS)


@pytest.fixture
def study(database: Database, tmp_path: Path) -> Iterator[Study]:
    study = Study(database, tmp_path / "site")
    yield study
    study.close()
