"""Events come into the tree once, all of them, whoever dies and however many try at once."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.audit import head, sequencer
from app.audit import service as audit
from app.audit.models import Log
from app.db import make_engine, make_sessions
from crypto.checkpoint import read_checkpoint
from tests.support.databases import Database
from tests.support.organisation import Person, Site
from tests.support.server import Server
from tests.support.tree import (
    check_tree,
    open_checkpoint,
    rows,
    take_in,
    wait_until_all_are_in,
    waiting,
    write_events,
)

FOUNDING = 3  # events that a new site begins with


def test_before_the_site_is_founded_there_is_no_log(site: Site) -> None:
    assert take_in(site) == 0
    assert rows_of(site, "logs") == 0


def kept() -> head.Head:
    """What log.head holds."""
    found = head.kept()
    assert found is not None
    return found


def rows_of(site: Site, table: str) -> int:
    with site.store() as db:
        return int(db.execute(sa.text(f"select count(*) from {table}")).scalar_one())


def test_what_waited_is_in_the_tree_and_what_came_later_follows(site: Site, carl: Person, database: Database) -> None:
    assert take_in(site) == FOUNDING == check_tree(database)
    before = rows(database, "select leaf, position from events order by position")
    for many in (1, 250, 2, 3, 600):
        write_events(site.store(), carl.site, many)
        assert take_in(site) == many
        check_tree(database)
    assert check_tree(database) == FOUNDING + 856
    assert rows(database, "select leaf, position from events order by position")[:FOUNDING] == before


def test_nothing_new_changes_nothing(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    before = rows(database, "select * from logs")
    assert take_in(site) == 0
    assert rows(database, "select * from logs") == before


def test_more_than_fits_is_taken_in_turns(site: Site, carl: Person, database: Database) -> None:
    write_events(site.store(), carl.site, 25)
    with site.store() as db:
        assert sequencer.take_in(db, most=10) == 10
    assert check_tree(database) == 10
    assert take_in(site) == FOUNDING + 15
    assert check_tree(database) == FOUNDING + 25


def test_the_order_in_the_tree_is_not_the_order_of_coming(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    for _ in range(20):
        write_events(site.store(), carl.site, 1)
    take_in(site)
    placed = [bytes(row.leaf) for row in rows(database, "select leaf from events order by position")][FOUNDING:]
    assert placed == sorted(placed)


def test_an_event_whose_transaction_is_undone_never_comes_into_the_tree(
    site: Site, carl: Person, database: Database
) -> None:
    with site.store() as db:
        audit.append(db, "rows", site=carl.site)
        db.flush()
        db.rollback()
    assert take_in(site) == FOUNDING == check_tree(database)


def test_a_log_key_that_the_root_does_not_name_signs_no_tree(
    site: Site, carl: Person, database: Database, tmp_path: Path
) -> None:
    take_in(site)
    write_events(site.store(), carl.site, 1)
    sequencer.signer.load(tmp_path / "another-instance")
    with pytest.raises(sequencer.OtherLogKey):
        take_in(site)
    sequencer.signer.load(site.config.instance)
    assert check_tree(database) == FOUNDING
    assert take_in(site) == 1


def test_a_new_log_is_the_one_that_grows_and_the_old_one_stays(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    with site.store() as db:  # what a declared restore does (SPEC 9)
        note = sequencer.signer.sign_checkpoint(carl.site, 2, 0, sequencer.H(b""))
        new = {
            "number": 2,
            "size": 0,
            "root": sequencer.H(b""),
            "checkpoint": note,
            "cosigned": None,
            "cosigned_s": None,
        }
        db.put(Log, new)
        db.commit()
    write_events(site.store(), carl.site, 5)
    assert take_in(site) == 5
    assert check_tree(database, 1) == FOUNDING
    (head,) = rows(database, "select * from logs where number = 2")
    assert read_checkpoint(open_checkpoint(database, head.checkpoint, 2))["size"] == head.size == 5
    assert [row[0] for row in rows(database, "select position from events where log = 2 order by position")] == list(
        range(5)
    )


def test_somebody_who_holds_the_head_is_not_waited_for(site: Site, carl: Person, database: Database) -> None:
    """SQLite has one writer anyway; on PostgreSQL the second sequencer goes on at once."""
    take_in(site)
    write_events(site.store(), carl.site, 1)
    if database.kind == "sqlite":
        assert take_in(site) == 1
        return
    with database.engine.begin() as other:
        other.execute(sa.text("select number from logs for update"))
        assert take_in(site) == 0
    assert take_in(site) == 1


def test_an_event_that_is_being_erased_is_left_for_the_next_time(site: Site, carl: Person, database: Database) -> None:
    if database.kind == "sqlite":  # there the erasure holds the one write lock
        return
    with database.engine.begin() as other:
        other.execute(sa.text("update events set salt = null, payload = null where type = 'notebook'"))
        assert take_in(site) == FOUNDING - 1
    assert take_in(site) == 1
    assert check_tree(database) == FOUNDING


@pytest.mark.slow
def test_it_goes_on_after_a_database_that_was_away(site: Site, carl: Person, database: Database) -> None:
    engine, stop, broken = make_engine(database.url), threading.Event(), [True]

    @sa.event.listens_for(engine, "before_cursor_execute")
    def away(*_: object) -> None:
        if broken[0]:
            raise sa.exc.OperationalError("select", {}, OSError("gone"))

    thread = threading.Thread(target=sequencer.run, args=(engine, stop))
    thread.start()
    try:
        time.sleep(0.5)
        assert thread.is_alive() and waiting(database) == FOUNDING
        broken[0] = False
        wait_until_all_are_in(database)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    assert check_tree(database) == FOUNDING


@pytest.mark.slow
def test_a_running_server_puts_what_is_done_into_the_tree_within_half_a_second(server: Server) -> None:
    from demo.wire import Over
    from tests.support.people import Cast

    cast = Cast(server.database, Over(server.url), server.clock)
    wait_until_all_are_in(server.database)
    took = []
    for _ in range(5):
        cast.sent()
        begun = time.monotonic()
        wait_until_all_are_in(server.database)
        took.append(time.monotonic() - begun)
    assert min(took) < 0.5  # on a busy machine another turn may take longer
    for pid in server.worker_pids():  # whichever was at it
        os.kill(pid, signal.SIGKILL)
    server.expect_faults()
    end = time.monotonic() + 30
    while time.monotonic() < end and len(server.worker_pids()) < server.workers:
        time.sleep(0.05)
    cast.sent()
    wait_until_all_are_in(server.database)
    assert check_tree(server.database) == len(cast.rows("events"))


def test_an_idle_site_takes_no_write_lock(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    engine = make_engine(database.url)
    begun: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *a: begun.append(a[2]))
    with make_sessions(engine)() as db:
        assert sequencer.take_in(db) == 0
    engine.dispose()
    assert [one for one in begun if "IMMEDIATE" in one or "UPDATE" in one] == []
    assert len(begun) <= 2
