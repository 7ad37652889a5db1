"""Alembic's door: the same engine and models as the server, whatever the database."""

import importlib

from alembic import context
from sqlalchemy import event

from app.config import from_environment
from app.db import Base, make_engine

MODELS = ("audit", "accounts", "people", "letters", "cases", "intake", "desk", "research")

for room in MODELS:
    importlib.import_module(f"app.{room}.models")

url = context.config.attributes.get("url") or from_environment().database_url
engine = make_engine(url)
if engine.dialect.name == "sqlite":  # whoever comes second waits for a whole migration, not for one request
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=300000"))
# In one transaction, whatever the steps do by themselves: machines that start at once migrate one after the other, and
# one that stops half-way has changed nothing. It is begun before it is asked how far the database is.
try:
    with engine.begin() as connection:  # with the write lock, on SQLite
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(76657083)")
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        context.run_migrations()
finally:
    engine.dispose()
