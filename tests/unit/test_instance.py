"""What the instance folder holds is its owner's alone, and several workers that start at once agree on it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.audit import signer
from app.db import make_engine
from tests.support.databases import ROOT

START = "import sys; from pathlib import Path; from app.audit import signer; signer.load(Path(sys.argv[1]))"

COME_AND_GO = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('select * from one'); db.close()"


def test_nobody_else_on_the_machine_reads_the_database_or_the_log_key(tmp_path: Path) -> None:
    instance = tmp_path / "new" / "instance"
    signer.load(instance)
    engine = make_engine(f"sqlite:///{instance / 'alongside.sqlite'}")
    with engine.begin() as db:
        db.exec_driver_sql("create table one (n)")
        modes = {file.name: file.stat().st_mode & 0o777 for file in (instance, *instance.iterdir())}
    engine.dispose()
    assert {"log.key", "alongside.sqlite", "alongside.sqlite-wal"} <= modes.keys()
    assert [name for name, mode in modes.items() if mode & 0o077] == []


def test_an_engine_made_beside_another_takes_no_lock_from_it(tmp_path: Path) -> None:
    """Else another process that ends believes that it is the last, and deletes the database's log under the first."""
    path = tmp_path / "alongside.sqlite"
    first = make_engine(f"sqlite:///{path}")
    with first.begin() as db:
        db.exec_driver_sql("create table one (n)")
    with first.connect() as db:
        make_engine(f"sqlite:///{path}").dispose()
        subprocess.run([sys.executable, "-c", COME_AND_GO, str(path)], check=True)
        assert path.with_name("alongside.sqlite-wal").exists()
        assert db.exec_driver_sql("select count(*) from one").scalar() == 0
    first.dispose()


@pytest.mark.slow
def test_workers_that_start_at_once_for_the_first_time_use_one_key(tmp_path: Path) -> None:
    begun = [subprocess.Popen([sys.executable, "-c", START, str(tmp_path)], cwd=ROOT) for _ in range(4)]
    assert [one.wait(60) for one in begun] == [0, 0, 0, 0]
    assert [file.name for file in tmp_path.iterdir()] == ["log.key"]
    assert len((tmp_path / "log.key").read_bytes()) == 32


def test_a_worker_never_finds_the_log_key_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda _handle: made.append((tmp_path / "log.key").exists()))
    signer.load(tmp_path)
    assert made == [False]
