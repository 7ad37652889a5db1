"""A table written anew in order of its key, so that what lies on the disk does not tell who came after whom.

SQLite puts a new row on the next free page, PostgreSQL behind the last one, under the number of its transaction: beside
the case that was opened a minute before. Written anew, all rows came in one go, sorted by a random id.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import Column, MetaData, Table, delete, insert, select, text

from app.db import Base, Store


def hold(db: Store, *models: type[Base]) -> None:
    """Nobody else reads or writes these tables until this transaction ends. SQLite: nobody writes as it is."""
    if _is_postgres(db):
        names = ", ".join(_table(model).name for model in models)
        db.connection().execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))


def write_anew(db: Store, model: type[Base]) -> None:
    """Write each row of a held table once more, in order of its key."""
    table, connection = _table(model), db.connection()
    aside = _aside(table)
    aside.create(connection, checkfirst=False)
    connection.execute(insert(aside).from_select(list(aside.c.keys()), select(*table.c)))
    empty(db, model)
    key = next(iter(aside.primary_key))
    connection.execute(insert(table).from_select(list(table.c.keys()), select(*aside.c).order_by(key)))
    aside.drop(connection, checkfirst=False)


def let_go(db: Store, model: type[Base]) -> None:
    """Nothing stays of rows that were deleted from a held table.

    SQLite has overwritten them where they lay, and the others lie as they did: else anybody could have the whole table
    written anew, while nobody else writes, with each row that they hand in and take back.
    """
    if _is_postgres(db):
        write_anew(db, model)


def empty(db: Store, model: type[Base]) -> None:
    """Nothing stays of what a held table had: PostgreSQL begins a new file, SQLite overwrites (secure_delete)."""
    table = _table(model)
    db.connection().execute(text(f"TRUNCATE TABLE {table.name}") if _is_postgres(db) else delete(table))


def _aside(table: Table) -> Table:
    """A table of this connection alone, in memory or gone with it."""
    columns = [Column(one.name, one.type, primary_key=one.primary_key) for one in table.c]
    return Table(f"{table.name}_aside", MetaData(), *columns, prefixes=["TEMPORARY"])


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def _is_postgres(db: Store) -> bool:
    return db.get_bind().dialect.name == "postgresql"
