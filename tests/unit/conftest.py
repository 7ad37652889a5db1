"""`site` is the application on a database of each kind; `carl` founds it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import Database
from tests.support.organisation import Person, Site


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    site = Site(database, tmp_path / "site")
    yield site
    site.close()


@pytest.fixture
def carl(site: Site) -> Person:
    """The founding coordinator of `site`, signed in."""
    return site.found()
