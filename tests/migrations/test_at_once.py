"""Several machines that are upgraded at once."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.databases import ROOT, Database


def test_machines_that_start_at_once_migrate_one_after_the_other(empty_database: Database, tmp_path: Path) -> None:
    environment = {
        **os.environ, "ALONGSIDE_DATABASE_URL": empty_database.url, "ALONGSIDE_INSTANCE": str(tmp_path / "instance"),
    }  # fmt: skip
    command = [sys.executable, "-m", "app.cli", "migrate"]
    begun = [subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(one.communicate(timeout=60)[1][-300:], one.returncode) for one in begun] == [(b"", 0)] * 3
    assert "events" in empty_database.tables()
