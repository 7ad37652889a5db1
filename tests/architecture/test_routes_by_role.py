"""Every route as every role, and as nobody. The table is routes_by_role.txt; a route without a row fails."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.config import from_environment
from app.factory import create_app
from tests.support.asked_by_route import MAKE
from tests.support.counts import DATABASES
from tests.support.databases import Databases
from tests.support.roles import ROLES, Roles

TABLE = Path(__file__).with_name("routes_by_role.txt")


def read_table() -> dict[str, dict[str, tuple[int, str]]]:
    """{row: {role: (status, code)}}; (200, "in") for whoever is let in."""
    lines = [line for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    statuses = {"in": 200}
    while lines[0].startswith("="):
        status, *codes = lines.pop(0)[1:].split()
        statuses |= dict.fromkeys(codes, int(status))
    assert tuple(lines.pop(0).split()) == ROLES
    rows = {}
    for line in lines:
        name, cells = line.split("|")
        assert name.strip() not in rows, f"{name.strip()} stands there twice"
        rows[name.strip()] = {r: (statuses[c], c) for r, c in zip(ROLES, cells.split(), strict=True)}
    return rows


ROWS = read_table()


def route_of(row: str) -> str:
    return row.partition(" (")[0]


@pytest.fixture(scope="module", params=DATABASES)
def site(request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Roles]:  # fmt: skip
    home = tmp_path_factory.mktemp("roles")
    database = databases.fresh(request.param, home / "database")
    site = Roles(database, home / "site")
    yield site
    site.close()
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS)
def test_a_route_lets_in_those_of_its_row_and_refuses_the_others_in_words(
    site: Roles, row: str, record_property: Callable[[str, object], None]
) -> None:
    record_property("database", site.database.kind)
    method, path = route_of(row).split()
    said = {}
    for role in ROLES:
        who = site.still(role)
        request = MAKE[row](site, who)
        before = site.counts()
        answer = site.ask(who, method, path, request)
        told = {} if answer.status == 200 else json.loads(answer.data)
        said[role] = (answer.status, told.get("error", "in"))
        if answer.status == 200:
            site.renew(role)
            continue
        assert told.get("words"), f"{role} is told nothing"
        assert site.counts() == before, f"{role} was refused and something was stored"
    assert said == ROWS[row]


def test_every_route_has_a_row_and_every_row_a_route(tmp_path: Path) -> None:
    app = create_app(from_environment({"ALONGSIDE_INSTANCE": str(tmp_path)}))
    routes = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    app.extensions["alongside_engine"].dispose()
    assert len(routes) > 30
    assert {route_of(row) for row in ROWS} == routes, "a route without a row, or a row without a route"
    assert set(MAKE) == set(ROWS), "a row without a request, or a request without a row"
