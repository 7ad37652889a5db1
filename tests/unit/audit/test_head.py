"""What was signed here is never signed otherwise: not by a database that was put back, and not by another machine's."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli, restoring, rooting
from app.audit import head, sequencer, signer
from app.db import make_engine
from crypto.frame import H
from tests.support.backup import back_up, put_back
from tests.support.databases import Database
from tests.support.organisation import Person, Site
from tests.support.tree import check_tree, rows, take_in, waiting, write_events

FOUNDING = 3


@pytest.fixture
def other_machine(site: Site, tmp_path: Path) -> Iterator[Path]:
    """An instance folder of another machine, with the same log key and no head yet."""
    folder = tmp_path / "other-machine"
    folder.mkdir()
    (folder / "log.key").write_bytes((site.config.instance / "log.key").read_bytes())
    yield folder
    signer.load(site.config.instance)


def kept() -> head.Head:
    found = head.kept()
    assert found is not None
    return found


def follow(site: Site) -> None:
    with site.store() as db:
        sequencer.follow(db)


def test_what_was_signed_is_in_the_file_and_nobody_else_can_read_it(
    site: Site, carl: Person, database: Database
) -> None:
    assert head.kept() is None
    take_in(site)
    (log,) = rows(database, "select size, root from logs")
    assert kept() == (1, FOUNDING, bytes(log.root))
    assert (site.config.instance / "log.head").stat().st_mode & 0o777 == 0o600


def test_a_database_put_back_grows_no_second_tree(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    backup = back_up(database)
    write_events(site.store(), carl.site, 5)
    take_in(site)
    before = kept()
    put_back(database, backup)
    write_events(site.store(), carl.site, 5)  # requests go on, and are promised
    for _ in range(2):
        with pytest.raises(head.Behind):
            take_in(site)
    with pytest.raises(head.Behind):
        follow(site)
    assert (waiting(database), check_tree(database), kept()) == (5, FOUNDING, before)


def test_another_tree_of_the_same_size_or_larger_is_none_of_ours(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    backup = back_up(database)
    write_events(site.store(), carl.site, 5)
    take_in(site)
    put_back(database, backup)
    file = site.config.instance / "log.head"
    was = file.read_text()
    file.unlink()
    write_events(site.store(), carl.site, 9)
    take_in(site)  # nothing knew better
    file.write_text(was)
    write_events(site.store(), carl.site, 1)
    with pytest.raises(head.Behind):
        take_in(site)


def test_without_the_file_it_is_made_from_the_database(site: Site, carl: Person) -> None:
    take_in(site)
    was = kept()
    (site.config.instance / "log.head").unlink()
    follow(site)
    assert kept() == was


def test_a_machine_that_never_signs_follows_those_that_do(
    site: Site, carl: Person, database: Database, other_machine: Path
) -> None:
    take_in(site)
    backup = back_up(database)
    write_events(site.store(), carl.site, 5)
    take_in(site)
    signer.load(other_machine)
    follow(site)
    put_back(database, backup)
    write_events(site.store(), carl.site, 5)
    with pytest.raises(head.Behind):
        take_in(site)


def test_a_machine_that_was_off_goes_on_where_the_others_are(
    site: Site, carl: Person, database: Database, other_machine: Path
) -> None:
    signer.load(other_machine)
    take_in(site)
    signer.load(site.config.instance)
    for _ in range(3):
        write_events(site.store(), carl.site, 300)
        take_in(site)
    signer.load(other_machine)
    assert kept().size == FOUNDING
    write_events(site.store(), carl.site, 1)
    assert take_in(site) == 1
    assert check_tree(database) == FOUNDING + 901 == kept().size


def test_the_file_only_rises(site: Site) -> None:
    for to in (head.Head(1, 5, H(b"5")), head.Head(1, 3, H(b"3")), head.Head(1, 5, H(b"other"))):
        head.rise(to)
        assert kept() == (1, 5, H(b"5"))
    head.rise(head.Head(2, 0, H(b"")))
    head.rise(head.Head(1, 9, H(b"9")))
    assert kept() == (2, 0, H(b""))


def test_a_damaged_file_is_no_missing_one(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    for damage in ("", "{}", '{"log": 1', '{"log": 1, "size": 1, "root": 5}'):
        (site.config.instance / "log.head").write_text(damage)
        write_events(site.store(), carl.site, 1)
        with pytest.raises(head.Damaged, match=r"docs/restore\.md"):
            take_in(site)
    assert check_tree(database) == FOUNDING


def test_a_damaged_file_is_told_in_words_wherever_the_operator_looks(
    site: Site, carl: Person, database: Database, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    take_in(site)
    file = site.config.instance / "log.head"
    file.write_text('{"log": 1')
    assert cli.ready(site.config) == 0, "the server goes on: people read and write"
    assert head.DAMAGED in capsys.readouterr().out
    for command in (
        restoring.make_restore,
        lambda at: restoring.declare_restore(at, file),
        lambda at: rooting.take_root(at, file),
    ):
        assert command(site.config) == 1
        assert capsys.readouterr().err == f"{head.DAMAGED}\n"
    stop = threading.Event()
    with caplog.at_level(logging.ERROR, "alongside"):
        thread = threading.Thread(target=sequencer.run, args=(make_engine(database.url), stop))
        thread.start()
        end = time.monotonic() + 10
        while not caplog.messages and time.monotonic() < end:
            time.sleep(0.05)
        stop.set()
        thread.join()
    assert caplog.messages == [head.DAMAGED]
    assert file.read_text() == '{"log": 1', "nothing made it anew"


@pytest.mark.slow
def test_the_operator_is_told_once_what_to_do(
    site: Site, carl: Person, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    take_in(site)
    backup = back_up(database)
    write_events(site.store(), carl.site, 1)
    take_in(site)
    put_back(database, backup)
    stop = threading.Event()
    with caplog.at_level(logging.ERROR, "alongside"):
        thread = threading.Thread(target=sequencer.run, args=(make_engine(database.url), stop))
        thread.start()
        end = time.monotonic() + 10
        while not caplog.records and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(1)
        stop.set()
        thread.join(10)
    assert [record.getMessage() for record in caplog.records] == [head.BEHIND]
