"""`site` is the application on a database of each kind; `carl` founds it."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import Database
from tests.support.organisation import Person, Site


@pytest.fixture(scope="session", autouse=True)
def kept_for_good() -> None:
    """What was read to collect three thousand tests goes when they end; Python needn't look through it for waste each second."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    site = Site(database, tmp_path / "site")
    yield site
    site.close()


@pytest.fixture
def carl(site: Site) -> Person:
    """The founding coordinator of `site`, signed in."""
    return site.step("founded", site.found)
