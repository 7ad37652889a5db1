"""What many tests begin with, made once in a process: the rows, the site's files, and the people with their keys.

Each test takes a copy, whoever made it: its database, its folder and its people are its own.
"""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, request_started

from app import site as ground
from app.audit import signer
from app.db import Base
from app.people import service as people
from tests.support.clock import Clock

Made = TypeVar("Made")


class _Place:
    """Stands in what is kept where a site has its application or its clock."""


APP, CLOCK = _Place(), _Place()


@dataclass(frozen=True)
class Kept:
    """One site at one moment: with the people so far, and with what was made last."""

    rows: Any
    files: dict[str, tuple[int, bytes]]  # mode and content by name
    cast: list[Any]
    made: Any
    known: dict[bytes, people.Known]  # what a process has worked out by then that did all this


_kept: dict[tuple[str, ...], Kept] = {}


class Stages:
    """How far a site has come, from nothing, in steps that other tests go, too."""

    def __init__(self, kind: str, app: Flask, clock: Clock) -> None:
        """Args: kind: whose site it is and on which database, since steps of one name may differ."""
        self._app, self._clock = app, clock
        self._at: tuple[str, ...] = (kind,)
        self._cast: list[Any] = []
        self._asked = 0
        request_started.connect(self._note, app)
        people._known.clear()  # else one test could find what another has worked out, from rows that it changes

    def _note(self, _app: Flask, **_: Any) -> None:
        self._asked += 1

    def reach(self, step: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, once all it does has been done to the site. Nothing but steps may have been done before.

        People whom an earlier step gave are as this one leaves them.
        """
        assert not self._asked, "this would undo what was asked since the last step"
        self._at = (*self._at, step)
        if self._at not in _kept:
            _kept[self._at] = self._keep(make())
        made: Made = self._take(_kept[self._at])
        self._asked = 0
        return made

    def _keep(self, made: Any) -> Kept:
        cast, made = copy.deepcopy((self._cast, made), {id(self._app): APP, id(self._clock): CLOCK})
        files = {file.name: (file.stat().st_mode, file.read_bytes()) for file in self._home.iterdir() if file.is_file()}
        with self._app.extensions["alongside_sessions"]() as db:
            newest = people.known(db)
        known = {digest: known for digest, known in people._known.items() if known is newest}
        return Kept(_read(self._engine), files, cast, made, known)

    def _take(self, kept: Kept) -> Any:
        _write(self._engine, kept.rows)
        for name, (mode, content) in kept.files.items():
            (self._home / name).write_bytes(content)
            (self._home / name).chmod(mode)
        signer.load(self._home)
        people._known.update(kept.known)
        with self._app.extensions["alongside_sessions"]() as db:
            ground.founded(db)
        memo: dict[int, Any] = {id(APP): self._app, id(CLOCK): self._clock}
        memo |= {id(one): mine for one, mine in zip(kept.cast, self._cast, strict=True)}
        for one, mine in zip(kept.cast, self._cast, strict=True):
            vars(mine).update(copy.deepcopy(vars(one), memo))
        made = copy.deepcopy(kept.made, memo)
        self._cast += [one for one in (made if isinstance(made, tuple) else (made,)) if hasattr(one, "__dict__")]
        return made

    @property
    def _engine(self) -> sa.Engine:
        engine: sa.Engine = self._app.extensions["alongside_engine"]
        return engine

    @property
    def _home(self) -> Path:
        home: Path = self._app.config["ALONGSIDE"].instance
        return home


EMPTY = 21  # bytes of a binary copy without a row: its head, and its end


def _tables() -> list[str]:
    """Each after those that it points to. Known in whole once an application was made: rooms bring their own."""
    return [table.name for table in Base.metadata.sorted_tables]


def _read(engine: sa.Engine) -> Any:
    """All rows, as the database itself copies them."""
    with closing(engine.raw_connection()) as connection:
        database: Any = connection.driver_connection
        if engine.dialect.name == "sqlite":
            memory = sqlite3.connect(":memory:")
            database.backup(memory)
            return memory
        with database.cursor() as db:
            return {table: _copied(db, table) for table in _tables()}


def _copied(db: Any, table: str) -> bytes:
    with db.copy(f"copy {table} to stdout (format binary)") as rows:
        return b"".join(bytes(some) for some in rows)


def _write(engine: sa.Engine, rows: Any) -> None:
    """Put these rows in the place of all that are there."""
    with closing(engine.raw_connection()) as connection:
        database: Any = connection.driver_connection
        if engine.dialect.name == "sqlite":
            rows.backup(database)
            return
        with database.cursor() as db:
            db.execute(";".join(f"delete from {table}" for table in reversed(list(rows))))
            for table, data in rows.items():
                if len(data) > EMPTY:
                    with db.copy(f"copy {table} from stdin (format binary)") as into:
                        into.write(data)
        connection.commit()
