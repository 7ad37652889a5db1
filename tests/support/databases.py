"""A fresh database for a test, on SQLite and on PostgreSQL, already at the newest migration."""

import json
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from app import cli
from app.config import Config
from tests.support.canary import Place, folder
from tests.support.compiled import shared
from tests.support.postgres import Postgres, pages_since

ROOT = Path(__file__).resolve().parents[2]
ALONE = "alone"
SEGMENT = re.compile("[0-9A-F]{24}")  # a piece of PostgreSQL's write-ahead log
# For what a page does, whatever the server keeps it in: rooms are tested on both databases, and so is the whole path.
one_database = pytest.mark.parametrize("database_kind", [ALONE], indirect=True)


def migrate(url: str, instance: Path) -> None:
    """Bring the database at `url` to the newest migration, by the operator's command."""
    assert cli.migrate(Config(instance=instance, database_url=url)) == 0


@dataclass
class Database:
    """One database of a test. `kind` is sqlite or postgres; `url` is what ALONGSIDE_DATABASE_URL takes."""

    kind: str
    url: str
    folder: Path
    postgres: Postgres | None = None
    name: str = ""
    _engine: sa.Engine | None = field(default=None, repr=False)
    written: int = 0  # how far PostgreSQL's write-ahead log went before there was anything in it
    _log_from: int = 0

    def __post_init__(self) -> None:
        if self.postgres and self.postgres.log:
            self._log_from = self.postgres.log.stat().st_size
            self.written = self.written or self.postgres.began.get(self.name, 0)

    @property
    def engine(self) -> sa.Engine:
        """A way in beside the server's, for looking (and, in tests of a hostile server, for lying)."""
        if self._engine is None:
            self._engine = shared(sa.create_engine(self.url))
        return self._engine

    def tables(self) -> list[str]:
        return sorted(sa.inspect(self.engine).get_table_names())

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Each table and everything in it, unpacked: PostgreSQL compresses long values in its files."""
        with self.engine.connect() as db:
            for table in self.tables():
                yield (
                    table,
                    b"\n".join(_plain(v) for row in db.execute(sa.text(f'select * from "{table}"')) for v in row),
                )

    def places(self) -> list[Place]:
        """Where a canary is searched for: rows, files with their write-ahead logs, PostgreSQL's own log."""
        names = "\n".join(self.tables()).encode()
        places = [Place(f"{self.kind} rows", b"alembic_version", {"names of tables": names, **dict(self.rows())})]
        if not self.postgres:
            return [*places, folder("sqlite files", self.folder, b"SQLite format 3")]
        if self.postgres.data and self.postgres.log:
            marker = secrets.token_hex(16)
            # After the checkpoint, which may let the piece that holds it go; several times, for one may lie across two pages.
            emit = "select pg_logical_emit_message(true, 'looked here', :marker) from generate_series(1, 3)"
            self.postgres.checkpoint()
            with self.engine.begin() as db:
                db.execute(sa.text(emit), {"marker": marker})
                number = db.execute(
                    sa.text("select oid from pg_database where datname = current_database()")
                ).scalar_one()
            data, log = self.postgres.data, self.postgres.log.read_bytes()[self._log_from :]
            ahead = folder("postgres write-ahead log", data / "pg_wal", marker.encode())
            pieces = {
                name: pages_since(piece, self.written) if SEGMENT.fullmatch(name) else piece
                for name, piece in ahead.pieces.items()
            }  # what was written for earlier tests can hold nothing of this one, and is a hundred megabytes
            places += [
                folder("postgres files", data / "base" / str(number), b"alembic_version"),
                replace(ahead, pieces=pieces),
                Place("postgres log", marker.encode(), {"log": log}),
            ]
        return places

    def close(self) -> None:
        if self._engine:
            self._engine.dispose()
        if self.postgres:
            self.postgres.drop(self.name)


def _plain(value: object) -> bytes:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value)
    return (value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)).encode()


class Databases:
    """Makes databases for tests. Migrations run once a kind; every further database is a copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._postgres: Postgres | None = None
        self._migrated: dict[str, Database] = {}

    def empty(self, kind: str, folder: Path) -> Database:
        """A database without a table, for tests of the migrations themselves."""
        return self._make(kind, folder, None)

    def fresh(self, kind: str, folder: Path) -> Database:
        """A database at the newest migration, with nothing in it."""
        if kind not in self._migrated:
            first = self._make(kind, self._folder / kind, None)
            migrate(first.url, self._folder / f"{kind}-instance")
            self._migrated[kind] = first
        return self._make(kind, folder, self._migrated[kind])

    def copy(self, of: Database, folder: Path) -> Database:
        """One like it. Nobody may be connected to it meanwhile."""
        if of.kind == "sqlite":  # who ended without closing it has left the newest in its log
            with closing(sqlite3.connect(of.folder / "alongside.sqlite")) as here:
                here.execute("pragma wal_checkpoint(truncate)")
        return self._make(of.kind, folder, of, of.written)

    def _make(self, kind: str, folder: Path, like: Database | None, written: int = 0) -> Database:
        folder.mkdir(parents=True, exist_ok=True)
        if kind == "sqlite":
            file = folder / "alongside.sqlite"
            if like:
                shutil.copyfile(like.folder / "alongside.sqlite", file)
            return Database("sqlite", f"sqlite:///{file}", folder)
        if self._postgres is None:
            self._postgres = Postgres()
            self._postgres.start()
        name = self._postgres.create(like.name if like else None)
        return Database("postgres", self._postgres.url(name), folder, self._postgres, name, written=written)

    def close(self) -> None:
        for database in self._migrated.values():
            database.close()
        if self._postgres:
            self._postgres.stop()
