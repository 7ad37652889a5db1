"""Olga, the auditor, sees how many of each thing were done in a month that is over; nobody else but coordinators does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.audit import service as audit
from tests.support.organisation import Device, Person, Site
from tests.support.tree import take_in, write_events

OCTOBER, NOVEMBER, LATER = (
    int(datetime(2026, month, 31 - month % 2, 23, 59, tzinfo=UTC).timestamp()) for month in (10, 11, 12)
)


@pytest.fixture
def olga(site: Site) -> Person:
    """She joined in October 2026."""
    site.clock.set(OCTOBER)
    return site.staff(site.found(), "Olga", "auditor")


def counts(person: Person) -> dict[tuple[str, str], int]:
    told = person.device.ask("/log/counts")["counts"]
    return {(one["month"], one["type"]): one["count"] for one in told}


def test_a_month_that_still_runs_is_not_counted(site: Site, olga: Person) -> None:
    assert olga.device.ask("/log/counts") == {"before": "2026-10", "counts": []}


def test_months_that_are_over_are_counted_by_kind(site: Site, olga: Person) -> None:
    site.clock.set(NOVEMBER)
    write_events(site.store(), olga.site, 7)
    olga.sign_in()
    october = {("2026-10", "directory"): 2, ("2026-10", "notebook"): 2, ("2026-10", "root"): 1}
    assert counts(olga) == october
    site.clock.set(NOVEMBER + 60)
    olga.sign_in()
    assert counts(olga) == {**october, ("2026-11", "rows"): 7}
    assert list(counts(olga)) == sorted(counts(olga))


def test_what_was_forgotten_is_counted_all_the_same(site: Site, olga: Person) -> None:
    take_in(site)
    site.clock.set(LATER + 200 * 86_400)
    olga.sign_in()
    before = counts(olga)
    with site.store() as db:
        assert audit.forget_old(db, site=olga.site) == 2
        db.commit()
    assert counts(olga) == before and before["2026-10", "notebook"] == 2


def test_somebody_with_another_part_learns_no_number(site: Site, olga: Person) -> None:
    for who, status in ((site.device(), 401), (site.enrol("Sara").device, 403)):
        answer = Device.post(who, "/log/counts")
        assert answer.status_code == status and "counts" not in answer.get_json()
