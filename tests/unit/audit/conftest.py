"""An outsider, and a log that has grown, for tests of what anybody gets of it."""

from __future__ import annotations

import pytest

from tests.support.databases import Database
from tests.support.organisation import Device, Person, Site
from tests.support.tree import check_tree, take_in, write_events


@pytest.fixture
def omar(site: Site) -> Device:
    """An outsider's browser, without a cookie."""
    return site.device()


@pytest.fixture
def grown(site: Site, carl: Person, database: Database) -> int:
    """A log of 600 leaves, in two steps."""

    def grow() -> None:
        take_in(site)
        for many in (300, 297):
            write_events(site.store(), carl.site, many)
            take_in(site)

    site.step("grown", grow)
    return check_tree(database)
