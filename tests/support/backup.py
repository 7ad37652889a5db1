"""A database as it was at one moment, put back later over whatever came since: what an operator's backup does."""

from __future__ import annotations

import importlib
from typing import Any

import sqlalchemy as sa
from psycopg.types.json import Jsonb

from app.db import Base
from app.factory import ROOMS
from tests.support.databases import Database

Backup = dict[str, list[dict[str, Any]]]


def back_up(database: Database) -> Backup:
    """Every row of every table, of one moment."""
    tables = _tables()
    with database.engine.connect() as db:
        if database.kind == "postgres":
            db = db.execution_options(isolation_level="REPEATABLE READ")
        return {table.name: [dict(row) for row in db.execute(table.select()).mappings()] for table in tables}


def put_back(database: Database, backup: Backup) -> None:
    """What came after the backup is gone. Nobody else may be at the database meanwhile."""
    tables = _tables()
    with database.engine.begin() as db:
        for table in reversed(tables):
            db.execute(table.delete())
        for table in tables:
            if backup[table.name]:
                _write(db, table, backup[table.name])


def _write(db: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if db.dialect.name == "sqlite":
        db.execute(table.insert(), rows)
        return
    as_json = {column.name for column in table.columns if isinstance(column.type, sa.JSON)}
    names = ", ".join(f'"{name}"' for name in rows[0])
    cursor: Any = db.connection.cursor()
    with cursor.copy(f'copy "{table.name}" ({names}) from stdin') as into:  # a tenth of the time of inserts
        for row in rows:
            into.write_row([Jsonb(value) if name in as_json else value for name, value in row.items()])


def _tables() -> list[sa.Table]:
    """Of the newest migration, each after those that it points to."""
    for room in ROOMS:
        importlib.import_module(f"app.{room}.models")
    return Base.metadata.sorted_tables
