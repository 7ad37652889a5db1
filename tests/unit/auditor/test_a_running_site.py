"""Olga audits the real server over HTTP, while it runs, witnessed; then whoever holds its database tampers with it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from crypto import checkpoint
from tests.support.databases import Database
from tests.support.organisation import Person, Site
from tests.support.server import Server
from tests.support.tree import take_in, wait_until_all_are_in, write_events
from tests.support.witness import Running, Start, starting
from tests.unit.auditor.conftest import verdict, wrong

pytestmark = pytest.mark.slow  # servers and witnesses of their own

MAY_TAKE_S = 20


class Audited:
    """A server, and Wanda's witness that its roots name and that it asks by itself."""

    def __init__(self, site: Site, carl: Person, server: Server, wanda: Running) -> None:
        self.site, self.carl, self.server, self.wanda = site, carl, server, wanda

    def grow(self, many: int) -> None:
        write_events(self.site.store(), self.carl.site, many)
        wait_until_all_are_in(self.server.database)

    def sql(self, statement: str, **given: object) -> None:
        with self.server.database.engine.begin() as db:
            db.execute(sa.text(statement), given)

    def one(self, query: str) -> object:
        with self.server.database.engine.connect() as db:
            return db.execute(sa.text(query)).scalar_one()

    def wait_until_cosigned(self) -> int:
        """Until the newest checkpoint is cosigned; its size."""
        end = time.monotonic() + MAY_TAKE_S
        while time.monotonic() < end:
            note, size = self.one("select cosigned from logs"), self.one("select size from logs")
            if note and checkpoint.read_checkpoint(str(note))["size"] == size:
                assert checkpoint.cosignatures(str(note), self.wanda.keys)
                return int(str(size))
            time.sleep(0.1)
        raise AssertionError("the server has not got its checkpoint cosigned")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    with starting(tmp_path / "wanda") as start:
        yield start


@pytest.fixture
def running(
    site: Site, database: Database, make_server: Callable[..., Server], start: Start, tmp_path: Path
) -> Audited:
    first = start("--name", "wanda.example")
    first.stop()
    carl = site.found(witnesses=first.vkey, quorum=1)
    wanda = start("--origin", checkpoint.origin(carl.site, 1), "--log-vkey", site.facts()["log_vkey"])
    instance = tmp_path / "server-0" / "instance"
    instance.mkdir(parents=True)
    shutil.copyfile(site.config.instance / "log.key", instance / "log.key")
    server = make_server(settings={"ALONGSIDE_WITNESSES": f"{wanda.vkey} {wanda.url}"})
    wait_until_all_are_in(database)
    return Audited(site, carl, server, wanda)


def test_a_site_at_work_is_found_well_again_and_again(running: Audited, tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "olga.json"))
    for many in (1, 300, 2):
        running.grow(many)
        size = running.wait_until_cosigned()
        status, words = verdict(running.server.url, *state, "--site", running.carl.site.hex())
        assert status == 0, words
        assert f"Log 1: {size} leaves, every one checked." in words and "Witness wanda.example" in words
    running.site.staff(running.carl, "Nora", "supporter")
    running.site.staff(running.carl, "Stan", "steward")
    status, words = verdict(running.server.url, *state)  # at once: what waits is waited for
    assert status == 0, words
    assert "Lists of people: 3, each allowed. Bindings shown: 2." in words


def test_what_is_done_to_the_database_is_named(running: Audited, tmp_path: Path) -> None:
    url, state = running.server.url, ("--state", str(tmp_path / "olga.json"))
    running.site.staff(running.carl, "Nora", "supporter")
    running.grow(300)
    running.wait_until_cosigned()
    assert verdict(url, *state)[0] == 0

    def changed(level: int, n: int, at: int) -> bytes:
        """This tile with one byte changed; what it was is put back by the caller."""
        whole = bytes(running.one(f"select data from tree_tiles where level = {level} and n = {n}"))  # type: ignore[arg-type]
        other = bytearray(whole)
        other[at] ^= 1
        running.sql("update tree_tiles set data = :d where level = :l and n = :n", d=bytes(other), l=level, n=n)
        return whole

    for level, at, said in (
        (-1, 40 * 83 + 30, "Leaf 40 of log 1 was changed"),
        (0, 40 * 32, "The stored hash of leaf 40 of log 1"),
        (1, 3, "The stored hashes of log 1 in tile/1/000.p/1"),
    ):
        whole = changed(level, 0, at)
        assert wrong(url, *state).startswith(said)
        running.sql("update tree_tiles set data = :d where level = :l and n = 0", d=whole, l=level)
    assert verdict(url, *state)[0] == 0

    last = running.one("select max(version) from directories")
    running.sql("delete from events where lane = 'directory' and n = :n", n=last)
    running.sql("delete from directories where version = :n", n=last)
    assert "holds number 2 of the list of people" in wrong(url, *state)


def test_a_log_begun_anew_is_noticed_by_who_was_there_before(running: Audited, tmp_path: Path) -> None:
    running.grow(30)
    running.wait_until_cosigned()
    state = ("--state", str(tmp_path / "olga.json"))
    assert verdict(running.server.url, *state)[0] == 0
    running.server.stop()
    for statement in ("delete from tree_tiles", "delete from logs", "update events set log = null, position = null"):
        running.sql(statement)
    take_in(running.site)  # all in one batch, so in another order than before
    running.server.expect_faults()
    running.server.start()
    assert "Log 1 was rewritten" in wrong(running.server.url, *state)
    assert "witnesses must stand behind the log; 0 of them" in wrong(running.server.url)


def test_another_address_than_a_sites_is_no_proof_of_anything(running: Audited) -> None:
    status, words = verdict(f"{running.server.url}/elsewhere")
    assert status == 1 and words.startswith("Not checked: The site answers")
