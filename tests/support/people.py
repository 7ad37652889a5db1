"""The cast: a founded site in this process, and people who use it as their browsers would (demo/people.py)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa

from app import config
from app.db import make_engine, make_sessions
from app.people import founding
from demo.people import Coordinator, Peer, Staff, Supporter
from demo.wire import Inside, Refused, Wire
from tests.support import applications
from tests.support.clock import Clock
from tests.support.databases import Database
from tests.support.kept import Stages

Kind = TypeVar("Kind", bound=Staff)


def founding_token(database: Database) -> bytes:
    """What the link that `make run` prints carries after its `#`."""
    engine = make_engine(database.url)
    with make_sessions(engine)() as db:
        token = founding.new_link(db)
        db.commit()
    engine.dispose()
    assert token is not None
    return token


class Cast:
    """Carl has founded the site; others come as a test needs them. `clock` stands still until it is moved."""

    def __init__(self, database: Database, wire: Wire, clock: Clock, *, coordinators: int = 1) -> None:
        self.database, self.wire, self.clock = database, wire, clock
        self.carl = self._found(coordinators)

    def _found(self, coordinators: int) -> Coordinator:
        carl = Coordinator(self.wire.another(), "Carl Coordinator", now_s=self.clock.now_s)
        carl.found(founding_token(self.database), coordinators=coordinators)
        return carl

    def supporter(self, name: str = "Nora Navigator") -> Supporter:
        """A supporter whom Carl has listed."""
        person = Supporter(self.wire.another(), name, now_s=self.clock.now_s)
        person.join(self.carl.invite_staff("supporter"))
        self.carl.certify(person)
        return person

    def coordinator(self, name: str) -> Coordinator:
        """Another coordinator, listed by the root key."""
        person = Coordinator(self.wire.another(), name, now_s=self.clock.now_s)
        person.join(self.carl.invite_staff("coordinator"))
        self.carl.certify(person)
        return person

    def staff(self, kind: type[Kind], name: str, *, email: str = "") -> Kind:
        """Somebody of this kind whom Carl has listed. Args: email: given, they sign in with words."""
        person = kind(self.wire.another(), name, now_s=self.clock.now_s)
        if email:
            person.use_words(email=email)
        person.join(self.carl.invite_staff(kind.roles))
        self.carl.certify(person)
        return person

    def peer(self, name: str = "Sara", *, enrolled: bool = True) -> Peer:
        """A peer who has chosen her words and sent nothing yet."""
        person = Peer(self.wire.another(), name, now_s=self.clock.now_s)
        if enrolled:
            person.enrol()
        return person

    def sent(self, name: str = "Sara") -> Peer:
        """A peer who has sent her account."""
        person = self.peer(name)
        person.submit({"text": "what happened"})
        return person

    def team(self, peer: Peer, *supporters: Supporter) -> None:
        """The whole way from a card to an approved team."""
        self.introduce(peer, *supporters)
        peer.approve(*(supporter.fp for supporter in supporters))

    def introduce(self, peer: Peer, *supporters: Supporter) -> None:
        """As far as the offer: the peer can approve these supporters now."""
        self.carl.invite(peer.case, *(supporter.fp for supporter in supporters), summary="a colleague")
        for supporter in supporters:
            (invitation,) = [letter for letter in supporter.invitations() if letter.about == peer.case]
            supporter.answer(peer.case)
            supporter.statement(invitation, "I was there once.")
        self.carl.offer(peer.case, *(supporter.fp for supporter in supporters))

    def rows(self, table: str) -> list[Any]:
        """What is in a table, for looking."""
        with self.database.engine.connect() as db:
            return list(db.execute(sa.text(f"select * from {table}")))

    def count(self, table: str) -> int:
        return len(self.rows(table))


class Queries(list[str]):
    """The statements that an engine was asked for, transactions aside."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__()
        self._engine = engine

    def __enter__(self) -> Queries:
        sa.event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            self.append(statement)


def refusal(status: int, code: str | None = None) -> Any:
    """`with refusal(409, "stale") as said:` the server declines with this status and code."""
    return _Refusal(status, code)


class _Refusal:
    def __init__(self, status: int, code: str | None) -> None:
        self.status, self.code = status, code
        self.error: Refused | None = None

    def __enter__(self) -> _Refusal:
        return self

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> bool:
        assert isinstance(error, Refused), f"it was not refused: {error!r}"
        assert (error.status, self.code or error.code) == (self.status, error.code), str(error)
        assert error.words, "a refusal says what to do"
        self.error = error
        return True


class CastInside(Cast):
    """The same with the application in this process, so that what it asks of the database can be counted."""

    def __init__(self, database: Database, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        clock = Clock(home / "now")
        environment = {
            "ALONGSIDE_INSTANCE": str(home),
            "ALONGSIDE_DATABASE_URL": database.url,
            "ALONGSIDE_TESTING": "1",
            "ALONGSIDE_NOW": str(clock.file),
        }
        self.app = applications.take(config.from_environment(environment))
        self.stages = Stages(f"cast on {database.kind}", self.app, clock)
        super().__init__(database, Inside(self.app), clock)

    def _found(self, coordinators: int) -> Coordinator:
        return self.stages.reach(f"founded, {coordinators}", lambda: super(CastInside, self)._found(coordinators))

    # Steps that many tests begin with (kept.py).

    def with_sara(self) -> Peer:
        """Sara, who has sent her account."""
        return self.stages.reach("Sara has sent", self.sent)

    def with_nora(self) -> Supporter:
        """Nora, whom Carl has listed."""
        return self.stages.reach("Nora is listed", self.supporter)

    def with_team(self, sara: Peer) -> Supporter:
        """Nora, listed and approved by Sara."""

        def approved() -> Supporter:
            nora = self.supporter()
            self.team(sara, nora)
            return nora

        return self.stages.reach("Sara has approved Nora", approved)

    def queries(self) -> Queries:
        """`with cast.queries() as made:` counts what is asked of the database."""
        return Queries(self.app.extensions["alongside_engine"])

    def close(self) -> None:
        applications.give_back(self.app)


@pytest.fixture
def cast(database: Database, tmp_path: Path) -> Iterator[CastInside]:
    """A founded site on each database in turn, with Carl."""
    cast = CastInside(database, tmp_path / "site")
    yield cast
    cast.close()
