"""A backup was put back. The holders of root sheets say so, and the log goes on under the next number."""

from __future__ import annotations

import os
import subprocess
from typing import Any

import pytest
import sqlalchemy as sa

from app import restoring
from app.audit import head, restores
from app.errors import Refusal
from app.http import unb64
from crypto import keys
from crypto.auditor.audit import audit as audit_log
from crypto.auditor.memory import Remembered
from crypto.errors import Malformed
from crypto.frame import frame, unframe
from tests.support import forked
from tests.support.backup import back_up, put_back
from tests.support.databases import Database
from tests.support.organisation import Person, Site
from tests.support.tree import check_tree, rows, take_in, waiting, write_events

FOUNDING = 3


def lose(site: Site, carl: Person, database: Database, before: int = 20, gone: int = 7) -> None:
    """A backup of `before` events more than the founding, from before `gone` others that were signed."""
    write_events(site.store(), carl.site, before)
    take_in(site)
    backup = back_up(database)
    write_events(site.store(), carl.site, gone)
    take_in(site)
    put_back(database, backup)


def signed(at: Site, **changes: object) -> bytes:
    with at.store() as db:
        thing = restores.make(db)
    return at.by_roots(frame("restore", {**unframe("restore", thing), **changes}))


def declare(site: Site, file: bytes) -> int:
    with site.store() as db:
        number = restores.declare(db, file).n
        db.commit()
    head.rise(head.Head(number, 0, restores.EMPTY))
    return number


def refused(site: Site, file: bytes, code: str) -> None:
    with site.store() as db, pytest.raises(Refusal) as no:
        restores.declare(db, file)
    assert no.value.code == code and len(no.value.words) > 20


def test_what_waits_goes_into_the_next_log_and_the_old_one_stays(site: Site, carl: Person, database: Database) -> None:
    lose(site, carl, database)
    write_events(site.store(), carl.site, 2)
    assert declare(site, signed(site)) == 2
    assert take_in(site) == 3
    assert (check_tree(database, 1), check_tree(database, 2)) == (FOUNDING + 20, 3)
    found = head.kept()
    assert found and found[:2] == (2, 3)


def test_the_same_file_again_says_the_same(site: Site, carl: Person, database: Database) -> None:
    lose(site, carl, database)
    file = signed(site)
    assert declare(site, file) == 2
    take_in(site)
    assert declare(site, file) == 2
    assert len(rows(database, "select log from restores")) == 1


def test_too_few_roots_begin_no_log(site: Site, carl: Person, database: Database) -> None:
    lose(site, carl, database)
    with site.store() as db:
        thing = restores.make(db)
    seed = keys.root_seed(os.urandom(20), 0)
    refused(site, keys.sign_thing(thing, [(keys.ed_public(seed), seed)]), "too-few-signed")


def test_another_size_root_number_or_site_begins_no_log(site: Site, carl: Person, database: Database) -> None:
    lose(site, carl, database)
    for changes in ({"size": 22}, {"size": 24}, {"root": bytes(32)}, {"log": 3}, {"log": 1}, {"site": bytes(32)}):
        refused(site, signed(site, **changes), "other-log")
    with site.store() as db, pytest.raises(Malformed):
        restores.declare(db, site.by_roots(frame("event", EVENT)))
    assert len(rows(database, "select number from logs")) == 1


EVENT = {"type": "restore", "day": 1, "subject": bytes(16), "actor": bytes(32), "object": bytes(32)}


def test_leaves_that_no_signature_covers_wait_again(site: Site, carl: Person, database: Database) -> None:
    """The backup fell between the two steps of the sequencer."""
    take_in(site)
    (log,) = rows(database, "select size, root, checkpoint from logs")
    lose(site, carl, database)
    with database.engine.begin() as db:
        signed_before = {"size": log.size, "root": bytes(log.root), "note": log.checkpoint}
        db.execute(sa.text("update logs set size = :size, root = :root, checkpoint = :note"), signed_before)
    declare(site, signed(site))
    assert waiting(database) == 21
    assert take_in(site) == 21 == check_tree(database, 2)


def test_a_second_restore_from_before_the_first_takes_two_steps(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    oldest = back_up(database)
    lose(site, carl, database)
    declare(site, signed(site))
    take_in(site)
    put_back(database, oldest)
    assert declare(site, signed(site)) == 2
    with pytest.raises(head.Behind):
        take_in(site)
    assert declare(site, signed(site)) == 3
    assert take_in(site) == 2
    assert check_tree(database, 3) == 2


class Inside:
    """The site as an auditor reads it, without a server."""

    live = False

    def __init__(self, site: Site) -> None:
        self.nobody = site.device()

    def read(self, path: str) -> bytes:
        answer = self.nobody.client.get(f"/{path}")
        assert answer.status_code == 200, path
        return answer.data

    def public(self) -> dict[str, Any]:
        return self.nobody.ask("/log/public")

    def close(self) -> None:
        """Nothing is held open."""


def test_an_auditor_finds_both_logs_well(site: Site, carl: Person, database: Database) -> None:
    write_events(site.store(), carl.site, 20)
    take_in(site)
    backup = back_up(database)
    write_events(site.store(), carl.site, 7)
    take_in(site)
    known = audit_log(Inside(site), Remembered(), carl.site, quiet).remembered
    put_back(database, backup)
    declare(site, signed(site))
    write_events(site.store(), carl.site, 300)
    take_in(site)
    report = audit_log(Inside(site), known, carl.site, quiet)
    assert [(one.number, one.size, one.counts) for one in report.heads] == [(1, 23, 23), (2, 301, 301)]
    assert any("7 leaves of log 1 no longer count" in notice for notice in report.notices)


def quiet(_number: int, _done: int, _size: int) -> None:
    pass


def test_everybody_can_read_both_logs_and_who_signed_the_restore(site: Site, carl: Person, database: Database) -> None:
    lose(site, carl, database)
    file = signed(site)
    declare(site, file)
    take_in(site)
    nobody = site.device()
    told = nobody.ask("/log/public")
    (shown,) = told["lanes"]["restore"]
    assert (shown["n"], unb64(shown["signed"]), len(told["logs"])) == (2, file, 2)
    old, new = nobody.ask("/log/since", {"log": 1, "size": 0}), nobody.ask("/log/since", {"size": 0})
    assert (old["log"], old["newest"], new["log"]) == (1, 2, 2)
    (leaf,) = rows(database, "select leaf from events where log = 1 and position = 5")
    (proof,) = nobody.ask("/log/proofs", {"leaves": [bytes(leaf.leaf)]})["proofs"]
    assert (proof["log"], proof["index"]) == (1, 5)


def run(site: Site, database: Database, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """`python -m ...` as an operator types it, with this site's settings."""
    settings = {"ALONGSIDE_INSTANCE": str(site.config.instance), "ALONGSIDE_DATABASE_URL": database.url}
    return forked.command(*arguments, env={"PATH": os.environ["PATH"], **settings}, typed=typed)


@pytest.mark.slow
def test_the_commands_lead_from_a_lost_machine_to_the_next_log(site: Site, carl: Person, database: Database) -> None:
    lose(site, carl, database)
    assert restoring.why_behind(site.config) == head.BEHIND
    made = run(site, database, "app.cli", "restore")
    assert made.returncode == 0 and "23 lines of log 1. The next log will be number 2." in made.stdout, made.stderr
    file = site.config.instance / "restore.alongside"
    other = run(site, database, "app.cli", "restored", str(file))
    assert other.returncode == 1 and other.stderr.startswith("This is no signed file of a restore: "), other.stderr
    file.with_suffix(".signed").write_bytes(site.by_roots(file.read_bytes()))
    done = run(site, database, "app.cli", "restored", str(file.with_suffix(".signed")))
    assert done.returncode == 0 and "Log 2 has begun." in done.stdout, done.stderr
    assert not restoring.why_behind(site.config)
    assert take_in(site) == 1


@pytest.mark.slow
def test_on_a_machine_that_knows_nothing_it_is_asked_whether_it_is_meant(
    site: Site, carl: Person, database: Database
) -> None:
    lose(site, carl, database)
    (site.config.instance / "log.head").unlink()
    no = run(site, database, "app.cli", "restore", typed="no\n")
    assert (no.returncode, no.stderr) == (1, "Nothing was changed.\n")
    write_events(site.store(), carl.site, 1)
    assert take_in(site) == 1
    yes = run(site, database, "app.cli", "restore", typed="yes\n")
    assert yes.returncode == 0, yes.stderr
    write_events(site.store(), carl.site, 1)
    with pytest.raises(head.Behind):
        take_in(site)


@pytest.mark.slow
def test_before_the_site_is_founded_there_is_nothing_to_declare(site: Site, database: Database) -> None:
    done = run(site, database, "app.cli", "restore")
    assert done.returncode == 1 and "There is no such log here" in done.stderr


def test_the_day_is_that_of_the_last_line_in_the_backup(site: Site, carl: Person, database: Database) -> None:
    take_in(site)
    before = site.clock.now_s()
    site.clock.move(days=9)
    with site.store() as db:
        told = unframe("restore", restores.make(db))
    assert told["time"] == before // 86400 * 86400
