"""A new database, met by all the workers of a server in the same moment."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.db import make_engine

ROUNDS = 40
WORKERS = 8


@pytest.mark.slow
def test_workers_that_meet_a_new_database_at_once_all_get_in(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def come_in(engine: Engine, gate: threading.Barrier) -> None:
        gate.wait(timeout=30)
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS rooms (name TEXT)")
        except Exception as fault:
            faults.append(fault)

    for n in range(ROUNDS):
        engines = [make_engine(f"sqlite:///{tmp_path}/{n}.sqlite") for _ in range(WORKERS)]
        gate = threading.Barrier(WORKERS)
        threads = [threading.Thread(target=come_in, args=(engine, gate)) for engine in engines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        with engines[0].connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        for engine in engines:
            engine.dispose()
    assert not faults
