"""What runs out is erased: sessions with their shares, nonces, accounts that never sent anything."""

import os
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
import sqlalchemy as sa

from app import cli
from app.accounts.models import Enrolment, Nonce
from app.audit.models import Event
from app.db import EventMissing
from crypto import keys
from tests.support.organisation import Person, Site


def test_the_sweep_erases_the_share_of_an_idle_session(site: Site, carl: Person) -> None:
    sara = site.enrol()
    assert sara.share in _column(site, "sessions", "share")
    site.clock.move(minutes=10)
    sara.device.nonce()
    cli.sweep(site.config)
    assert _column(site, "sessions", "share") == []


def test_the_share_of_a_locked_tab_is_nowhere_in_the_database_s_files_after_a_sweep(site: Site, carl: Person) -> None:
    sara = site.enrol()
    sara.device.post("/sign-in/lock")
    cli.sweep(site.config)
    if site.config.database_url.startswith("sqlite"):
        database = Path(site.config.database_url.removeprefix("sqlite:///"))
        files = {file.name: file.read_bytes() for file in database.parent.glob(f"{database.name}*")}
        assert files and [name for name, data in files.items() if sara.share in data] == []
    assert _column(site, "sessions", "share") == [carl.share]


def test_the_sweep_leaves_what_is_in_use(site: Site, carl: Person) -> None:
    sara = site.enrol()
    header = sara.authorization(bytes(32))
    cli.sweep(site.config)
    assert sara.device.post("/sign-in/share").status_code == 200
    assert sara.device.post("/sign-in", Authorization=header).status_code == 200


def test_old_nonces_go_when_a_new_one_is_asked_for(site: Site, carl: Person) -> None:
    for _ in range(3):
        site.device().nonce()
    site.clock.move(minutes=2)
    site.device().nonce()
    with site.store() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Nonce)) == 1


def test_an_account_that_sent_nothing_is_erased_after_thirty_days_and_the_log_says_so(site: Site, carl: Person) -> None:
    sara = site.enrol()
    site.clock.move(days=30)
    cli.sweep(site.config)
    assert sara.sign_in(site.device())["submitted"] is False
    site.clock.move(days=1)
    cli.sweep(site.config)
    assert site.device().post("/sign-in", Authorization=sara.authorization(bytes(32))).status_code == 401
    with site.store() as db:
        types = [(e.type, e.payload is None) for e in db.scalars(sa.select(Event).where(Event.type != "directory"))]
    assert ("erased", False) in types
    assert types.count(("notebook", True)) == 1, "her leaf stays, what it said is gone; Carl's is untouched"
    assert types.count(("notebook", False)) == 1


def test_an_account_with_a_newer_draft_stays(site: Site, carl: Person) -> None:
    sara, draft = site.enrol(), os.urandom(16)
    site.clock.move(days=20)
    sara.sign_in()
    sara.device.ask("/intake/draft", draft + keys.seal_draft(sara.account_key, site.site, sara.fp, draft, {}))
    site.clock.move(days=15)
    cli.sweep(site.config)
    assert sara.sign_in()["fp"]


def test_staff_are_never_swept(site: Site, carl: Person) -> None:
    site.clock.move(days=400)
    cli.sweep(site.config)
    assert carl.sign_in()["role"] == "staff"


def test_a_change_that_the_log_does_not_know_of_is_not_committed(site: Site, carl: Person) -> None:
    sara = site.enrol()
    with site.store() as db:
        db.change(sa.update(Enrolment).where(Enrolment.fp == sara.fp).values(submitted=True))
        with pytest.raises(EventMissing):
            db.commit()


def _column(site: Site, table: str, column: str) -> list[bytes]:
    with site.app.extensions["alongside_engine"].connect() as db:
        return [bytes(one) for one in db.scalars(sa.select(sa.column(column)).select_from(sa.table(table)))]


def test_the_sweep_waits_for_whoever_sends_her_account_at_that_moment(site: Site, carl: Person) -> None:
    sara = site.enrol()
    site.clock.move(days=31)
    with site.store() as db, ThreadPoolExecutor() as threads:
        db.connection().execute(sa.update(Enrolment).where(Enrolment.fp == sara.fp).values(submitted=True))
        sweeping = threads.submit(cli.sweep, site.config)
        assert wait([sweeping], timeout=1).not_done
        db.connection().commit()
        sweeping.result(60)
    assert sara.sign_in(site.device())["submitted"] is True


def test_what_is_kept_of_a_leaf_s_promise_tells_the_day_and_not_the_hour(site: Site, carl: Person) -> None:
    site.enrol()
    with site.store() as db:
        times = {int(promise.split("\n")[2]) for promise in db.scalars(sa.select(Event.promise))}
    assert times == {site.clock.now_s() // 86_400 * 86_400}
