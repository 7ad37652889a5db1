"""Events come into the tree once, whoever dies while they are taken in, and however many try at once."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support.databases import Database
from tests.support.forked import Spoken, spoken
from tests.support.organisation import Person, Site
from tests.support.tree import (
    check_tree,
    rows,
    take_in,
    wait_until_all_are_in,
    waiting,
    write_events,
)
from tests.unit.audit.test_sequencer import FOUNDING, kept

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
