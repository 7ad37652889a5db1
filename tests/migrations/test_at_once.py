"""Several machines that are upgraded at once, and one that stops half-way."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support.databases import Database, migrate
from tests.support.forked import command


def test_machines_that_start_at_once_migrate_one_after_the_other(empty_database: Database, tmp_path: Path) -> None:
    environment = {
        **os.environ, "ALONGSIDE_DATABASE_URL": empty_database.url, "ALONGSIDE_INSTANCE": str(tmp_path / "instance"),
    }  # fmt: skip
    with ThreadPoolExecutor(3) as machines:
        done = list(machines.map(lambda _: command("app.cli", "migrate", env=environment), range(3)))
    assert [(one.stderr[-300:], one.returncode) for one in done] == [("", 0)] * 3
    assert "events" in empty_database.tables()


def test_a_machine_that_stops_half_way_has_changed_nothing(empty_database: Database, tmp_path: Path) -> None:
    """Who reads how far the database is while another works on it finds it where it was."""
    with empty_database.engine.begin() as db:
        db.execute(sa.text("create table letters (in_the_way integer)"))
    with pytest.raises(sa.exc.DBAPIError, match="letters"):
        migrate(empty_database.url, tmp_path)
    assert empty_database.tables() == ["letters"]
