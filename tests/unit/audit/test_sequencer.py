"""Events come into the tree once, all of them, whoever dies and however many try at once."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.audit import head, sequencer
from app.audit import service as audit
from app.audit.models import Log
from app.db import make_engine, make_sessions
from crypto.checkpoint import read_checkpoint
from tests.support.databases import Database
from tests.support.forked import Spoken, spoken
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


# A process that is killed: for each number it reads, it begins a child that dies at that step of taking in.
# Before there is a child, it takes in none: what that makes ready, none of them makes anew.
DIES = """
import gc, os, signal, sys
from pathlib import Path
import sqlalchemy as sa
from app.audit import sequencer, signer
from app.db import make_engine, make_sessions
signer.load(Path(sys.argv[2]))
engine = make_engine(sys.argv[1])
with make_sessions(engine)() as db:
    assert sequencer.take_in(db, most=0) == 0
engine.dispose()
gc.collect()
gc.freeze()
print('ready', flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        steps = 0
        def step(*_):
            global steps
            steps += 1
            if steps == int(line):
                os.kill(os.getpid(), signal.SIGKILL)
        if engine.dialect.name == 'postgresql':
            with engine.begin() as db:  # it may not have noticed yet that the last one died, and keep the row for it
                db.execute(sa.text('select number from logs for update'))
        for name in ("begin", "before_cursor_execute", "after_cursor_execute", "commit"):
            sa.event.listen(engine, name, step)
        with make_sessions(engine)() as db:
            sequencer.take_in(db)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture
def dying(site: Site, database: Database) -> Iterator[Spoken]:
    with spoken(DIES, database.url, site.config.instance) as process:
        assert process.stdout.readline() == "ready\n"
        yield process


def signed(database: Database) -> int:
    return int(rows(database, "select size from logs")[0][0])


def killed_at(dying: Spoken, step: int) -> bool:
    """Whether a child that takes in came as far as this step, where it dies."""
    dying.stdin.write(f"{step}\n")
    status = int(dying.stdout.readline())
    assert status in (0, -signal.SIGKILL)
    return status != 0


@pytest.mark.slow
def test_killed_at_any_step_it_has_changed_nothing_or_left_whole_leaves_to_be_signed(
    site: Site, carl: Person, database: Database, dying: Spoken
) -> None:
    write_events(site.store(), carl.site, 200 - FOUNDING)
    take_in(site)
    write_events(site.store(), carl.site, 100)
    placing = 1
    while killed_at(dying, placing) and check_tree(database, unsigned=True) == 200:
        assert waiting(database) == 100 and signed(database) == 200 == kept().size
        placing += 1
    assert placing > 20, "there was hardly a step to be killed at"
    assert (check_tree(database, unsigned=True), signed(database)) == (300, 200)
    signing, known = 1, {kept().size}
    while killed_at(dying, signing):
        assert check_tree(database, unsigned=True) == 300
        known.add(kept().size)
        if signed(database) == 300:
            break
        signing += 1
    assert signing > 10, "there was hardly a step to be killed at"
    assert known == {200, 300}, "the file was never ahead of the signature"
    assert check_tree(database) == 300 == kept().size
    write_events(site.store(), carl.site, 1)
    assert take_in(site) == 1
    assert check_tree(database) == 301 == kept().size


# A sequencer of another machine, until its input ends. It says how many events it took in, whenever it is asked.
ANOTHER = """
import sys, threading
from pathlib import Path
from app.audit import sequencer, signer
from app.db import make_engine
signer.load(Path(sys.argv[2]))
sequencer.EVERY_S = 0.001
stop, took, real = threading.Event(), 0, sequencer.take_in
def counted(db, most=sequencer.MOST):
    global took
    some = real(db, most)
    took += some
    return some
sequencer.take_in = counted
thread = threading.Thread(target=sequencer.run, args=(make_engine(sys.argv[1]), stop))
thread.start()
print('ready', flush=True)
for _ in sys.stdin:
    print(took, flush=True)
stop.set()
thread.join()
print(took)
"""


def took_so_far(other: Spoken) -> int:
    other.stdin.write("?\n")
    return int(other.stdout.readline())


@pytest.mark.slow
def test_several_sequencers_at_once_put_each_event_into_one_tree_once(
    site: Site, carl: Person, database: Database
) -> None:
    with ExitStack() as begun:
        others = [begun.enter_context(spoken(ANOTHER, database.url, site.config.instance)) for _ in range(3)]
        for other in others:
            assert other.stdout.readline() == "ready\n"
        many, end = 0, time.monotonic() + 30
        while many < 59 or (time.monotonic() < end and sum(took_so_far(other) > 0 for other in others) < 2):
            many += 1
            write_events(site.store(), carl.site, many % 13 + 1)
        wait_until_all_are_in(database)
        took = [int(other.rest()) for other in others]
    assert sum(took) == check_tree(database) == FOUNDING + sum(one % 13 + 1 for one in range(1, many + 1))
    assert sum(some > 0 for some in took) > 1, "one alone did everything: nothing was proven"


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
