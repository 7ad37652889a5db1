"""The database: one engine, one transaction a request, and no commit without an event.

SQLite runs in WAL with synchronous=FULL, and takes its write lock at BEGIN: a transaction that
reads first and locks later fails under load instead of waiting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, LargeBinary, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, sessionmaker

# Tables that change without an event, each with its reason (decisions 14).
WITHOUT_EVENT = {
    "sessions": "come and go with a person's tab",
    "nonces": "live two minutes",
    "drafts": "unsent words; a log of them would time the writing",
    "limits": "count tries",
    "bindings": "count only once a logged directory lists them",
    "staff_invitations": "count only once used",
    "claims": "who looks after a card is the desk's own matter",
    "case_states": "coarse workflow, set by the desk",
    "founding": "the one-time link of the first coordinator",
    "submissions": "the answer to a repeated first submission",
    "identities": "public keys, bound by their hash wherever they are used",
    "grants": "fixed by the roster that is logged",
    "stanzas": "delivery of a letter that is logged",
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
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours: see _begin
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON",
                       "busy_timeout=30000", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


class Store(Session):
    """A session that remembers which tables it changed."""


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
