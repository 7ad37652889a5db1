"""The bare programs that the product is measured against, each for gunicorn: `bench.plain:hello` and so on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.db import make_engine

ROWS = "BENCH_ROWS"  # a file with the rows that one submission writes (bench/intake.py)
ANSWER = "BENCH_ANSWER"  # bytes of an answer
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Rows:
    """The rows of one first submission, again and again under new keys: each has the same bytes, and none collides."""

    def __init__(self, engine: sa.Engine, rows: dict[str, list[dict[str, Any]]]) -> None:
        metadata = sa.MetaData()
        metadata.reflect(engine, only=list(rows))
        plain = [(table, [_bytes(row) for row in rows[table.name]]) for table in metadata.sorted_tables]
        keys = {value for _, given in plain for row in given for value in row.values() if _is_key(value)}
        self._places = {key: place for place, key in enumerate(sorted(keys))}
        self._inserts = [(table.insert(), given) for table, given in plain]

    def write(self, db: sa.Connection) -> None:
        fresh = os.urandom(32 * len(self._places))
        new = {key: fresh[32 * n : 32 * n + len(key)] for key, n in self._places.items()}
        for insert, rows in self._inserts:
            given = [{name: new.get(value, value) for name, value in row.items()} for row in rows]
            db.execute(insert, given)


def _is_key(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) in (16, 32) and any(value)


def _bytes(row: dict[str, Any]) -> dict[str, Any]:
    """JSON has no bytes: they travel as ["hex", text]."""
    return {name: bytes.fromhex(value[1]) if isinstance(value, list) else value for name, value in row.items()}


def intake() -> Wsgi:
    """Takes any body, writes the rows of a submission by SQLAlchemy Core in one commit, and answers as much."""
    engine = make_engine(os.environ["ALONGSIDE_DATABASE_URL"])
    rows = Rows(engine, json.loads(Path(os.environ[ROWS]).read_text()))
    engine.dispose()  # each worker begins after this, and two can't speak by one connection
    answer = bytes(int(os.environ[ANSWER]))

    def answers(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            with engine.begin() as db:
                rows.write(db)
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]

    return answers


def hello() -> Flask:
    """One route that says hello."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def flask_and_database() -> Flask:
    """Flask with SQLAlchemy: one route that asks the database."""
    app, engine = Flask("bare"), make_engine(os.environ["ALONGSIDE_DATABASE_URL"])

    def ask() -> str:
        with engine.begin() as db:
            return str(db.execute(sa.text("select 1")).scalar_one())

    app.add_url_rule("/", "ask", ask, methods=["GET", "POST"])
    return app
