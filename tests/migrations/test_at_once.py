"""Several machines that are upgraded at once."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.databases import Database
from tests.support.forked import command


def test_machines_that_start_at_once_migrate_one_after_the_other(empty_database: Database, tmp_path: Path) -> None:
    environment = {
        **os.environ, "ALONGSIDE_DATABASE_URL": empty_database.url, "ALONGSIDE_INSTANCE": str(tmp_path / "instance"),
    }  # fmt: skip
    with ThreadPoolExecutor(3) as machines:
        done = list(machines.map(lambda _: command("app.cli", "migrate", env=environment), range(3)))
    assert [(one.stderr[-300:], one.returncode) for one in done] == [("", 0)] * 3
    assert "events" in empty_database.tables()
