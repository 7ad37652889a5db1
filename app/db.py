"""The database: one engine, one transaction a request, and no commit without an event.

SQLite runs in WAL with synchronous=FULL, and takes its write lock at BEGIN: a transaction that
reads first and locks later fails under load instead of waiting.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Delete, Dialect, Engine, LargeBinary, MetaData, Table, Update, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, sessionmaker

WAL_TIMEOUT_S = 30
# Tables that change without an event, each with its reason (decisions 14).
WITHOUT_EVENT = {
    "sessions": "come and go with a person's tab",
    "nonces": "live two minutes",
    "drafts": "unsent words; a log of them would time the writing",
    "limits": "count tries",
    "bindings": "count only once a logged directory lists them",
    "proposals": "half-signed lists of people; count only once published",
    "staff_invitations": "count only once used",
    "claims": "who looks after a card is the desk's own matter",
    "case_states": "coarse workflow, set by the desk",
    "founding": "the one-time link of the first coordinator",
    "instruments": "asked only once pages with it are served, and the signed list of pages is logged",
    "submissions": "the answer to a repeated first submission",
    "identities": "public keys, bound by their hash wherever they are used",
    "grants": "fixed by the roster that is logged",
    "stanzas": "delivery of a letter that is logged",
    "release_pieces": "parts of files; count only once a logged release names them",
    "download_tokens": "let a script fetch what its holder may fetch; each fetch is logged",
    "tree_tiles": "the log itself: hashes of leaves that are there already",
    "waiting_rows": "a line for each would say when it came",
    "sealed_rows": "logged in batches, and so are withdrawals",
    "withdrawn_rows": "logged in batches",
    "logs": "the log itself: its size and root, signed",
}


class EventMissing(RuntimeError):
    """A change would be committed that the log does not know of."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {bytes: LargeBinary}


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL, set up as the tests and the server both need it."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _make_file(path)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours: see _begin
        _use_wal(connection)
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "busy_timeout=30000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _make_file(path: Path) -> None:
    """A new database is its owner's alone; its log beside it takes the same mode.

    One that is there is not opened. To close any descriptor of it takes away the locks of all connections that this
    process has (POSIX), and another process that ends would then delete the log under them.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _use_wal(connection: Any) -> None:
    """Change a new database's journal once: whoever else changes it at that moment makes this fail, without a wait."""
    end = time.monotonic() + WAL_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def empty_wal(engine: Engine) -> None:
    """Take what was erased out of SQLite's write-ahead log too, where `secure_delete` does not reach.

    While somebody reads it gives up after a second; the next sweep comes in a minute. PostgreSQL: nothing.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=1000")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA busy_timeout=30000")
    finally:
        connection.close()


class Store(Session):
    """A session that remembers which tables it changed."""

    def put(self, model: type[Base], *rows: Mapping[str, Any]) -> None:
        """Insert plain rows, by column name, without the unit of work: a first submission is many small rows."""
        if rows:
            self._insert(model, rows, new=False)
            self._touch(model)

    def put_new(self, model: type[Base], row: Mapping[str, Any]) -> bool:
        """Insert one row unless its key is taken; whether it was inserted. Waits for a writer of the same key."""
        if self._insert(model, [row], new=True) != 1:
            return False
        self._touch(model)
        return True

    def _insert(self, model: type[Base], rows: Sequence[Mapping[str, Any]], *, new: bool) -> int:
        connection = self.connection()
        sql, places = _insert_sql(connection.dialect, _table(model), tuple(rows[0]), new=new)
        values = [tuple(row[name] for name in places) if places else dict(row) for row in rows]
        given: Any = values[0] if len(values) == 1 else values
        # Without being asked, SQLAlchemy forgets an INSERT's count on PostgreSQL.
        options = {"preserve_rowcount": True} if new else None
        return connection.exec_driver_sql(sql, given, execution_options=options).rowcount

    def change(self, statement: Update | Delete) -> int:
        """Run one update or delete by query; how many rows it met. One that met none has changed nothing."""
        self.flush()
        done = self.connection().execute(statement)
        if done.rowcount:
            self.info.setdefault("touched", set()).add(getattr(statement.table, "name", "?"))
        return done.rowcount

    def _touch(self, model: type[Base]) -> None:
        self.info.setdefault("touched", set()).add(_table(model).name)


def _table(model: type[Base]) -> Table:
    return model.__table__  # type: ignore[return-value]


_inserts: dict[tuple[str, str, tuple[str, ...], bool], tuple[str, list[str] | None]] = {}


def _insert_sql(dialect: Dialect, table: Table, names: tuple[str, ...], *, new: bool) -> tuple[str, list[str] | None]:
    """An INSERT in the driver's own SQL, and the columns in the order of its places if those have no names.

    Kept, because SQLAlchemy compiles ON CONFLICT anew each time, and a submission is a dozen inserts.
    """
    key = (dialect.name, table.name, names, new)
    if key not in _inserts:
        maker = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
        made = maker(table).on_conflict_do_nothing() if new else maker(table)
        compiled = made.compile(dialect=dialect, column_keys=list(names))
        if set(compiled.bind_names.values()) != set(names):
            raise ValueError(f"a row of {table.name} names every column that has a default")
        places = compiled.positiontup
        _inserts[key] = (str(compiled), list(places) if places is not None else None)
    return _inserts[key]


def make_sessions(engine: Engine) -> sessionmaker[Store]:
    return sessionmaker(engine, class_=Store, expire_on_commit=False, autoflush=True)


@event.listens_for(Store, "before_flush")
def _note_objects(session: Store, _context: Any, _instances: Any) -> None:
    touched = session.info.setdefault("touched", set())
    for thing in (*session.new, *session.dirty, *session.deleted):
        if thing in session.dirty and not session.is_modified(thing):
            continue
        touched.add(thing.__table__.name)


@event.listens_for(Store, "do_orm_execute")
def _note_statements(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        table = getattr(state.statement, "table", None)
        state.session.info.setdefault("touched", set()).add(getattr(table, "name", "?"))


@event.listens_for(Store, "before_commit")
def _demand_event(session: Store) -> None:
    session.flush()
    touched = session.info.get("touched", set())
    if touched - WITHOUT_EVENT.keys() and "events" not in touched:
        raise EventMissing(", ".join(sorted(touched - WITHOUT_EVENT.keys())))


@event.listens_for(Store, "after_commit")
@event.listens_for(Store, "after_rollback")
def _forget(session: Store) -> None:
    session.info.pop("touched", None)
