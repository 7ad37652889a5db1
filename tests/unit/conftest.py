"""`site` is the application on a database of each kind; `carl` founds it."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from tests.support.databases import Database
from tests.support.organisation import Person, Site


@pytest.fixture(scope="session", autouse=True)
def addresses() -> Iterator[None]:
    """For each route werkzeug compiles two functions that write its address. Half of making a site went there; the same serve all."""
    made: dict[object, Callable[..., tuple[str, str]]] = {}
    compile_one = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, append_unknown)
        if key not in made:
            made[key] = compile_one(rule, append_unknown)
        return made[key]

    with pytest.MonkeyPatch.context() as here:
        here.setattr(Rule, "_compile_builder", once)
        yield


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
    return site.found()
