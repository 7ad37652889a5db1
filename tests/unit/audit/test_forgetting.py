"""Events are forgotten by the age of their kind; the log stays whole, and says that something went."""

from __future__ import annotations

import pytest

from app import cli
from app.audit import service as audit
from app.audit.events import KINDS
from crypto import log
from tests.support.databases import Database
from tests.support.organisation import Person, Site
from tests.support.server import Server
from tests.support.tree import check_tree, rows, take_in


def told(database: Database, kind: str) -> list[bool]:
    """Of each event of a kind, in the order of the tree, whether it can still be told."""
    found = rows(database, f"select salt, payload from events where type = '{kind}' order by position")
    assert all((row.salt is None) == (row.payload is None) for row in found)
    return [row.salt is not None for row in found]


def write(site: Site, *kinds: str) -> None:
    with site.store() as db:
        for kind in kinds:
            audit.append(db, kind, site=site.site)
        db.commit()


def test_a_saved_notebook_is_forgotten_after_three_months_and_not_before(
    site: Site, carl: Person, database: Database
) -> None:
    take_in(site)
    site.clock.move(days=93)
    cli.sweep(site.config)
    assert told(database, "notebook") == [True] and told(database, "erased") == []
    site.clock.move(days=1)
    cli.sweep(site.config)
    assert told(database, "notebook") == [False]
    assert take_in(site) == 1
    assert told(database, "erased") == [True]
    assert told(database, "directory") == told(database, "root") == [True], "what the site signed stays"
    assert check_tree(database) == 4


def test_the_leaf_tag_commitment_and_place_of_what_was_forgotten_stay(
    site: Site, carl: Person, database: Database
) -> None:
    write(site, "download")
    take_in(site)
    kept = 'select leaf, tag, "commit", log, position from events order by position'
    before, head = rows(database, kept), rows(database, "select size, root, checkpoint from logs")
    (event,) = rows(database, "select salt, payload, \"commit\" from events where type = 'download'")
    assert log.commit(bytes(event.salt), bytes(event.payload)) == bytes(event.commit)
    with site.store() as db:
        audit.forget(db, [bytes(row.leaf) for row in before])
        db.commit()
    assert rows(database, kept) == before
    assert rows(database, "select size, root, checkpoint from logs") == head
    assert told(database, "download") == [False]
    assert check_tree(database) == len(before)


def test_an_erased_payload_that_somebody_guesses_is_confirmed_by_nothing_that_is_kept(
    site: Site, carl: Person, database: Database
) -> None:
    """Attack 43. What a payload says is easily guessed: a type, a day, a person. The salt was all that hid it."""
    write(site, "download")
    take_in(site)
    query = "select salt, payload, \"commit\" from events where type = 'download'"
    salt, guess, commitment = (bytes(value) for value in rows(database, query)[0])
    assert log.commit(salt, guess) == commitment and salt in everything(database)
    site.clock.move(days=37 * 31)
    cli.sweep(site.config)
    ((kept,),) = rows(database, "select \"commit\" from events where type = 'download'")
    assert bytes(kept) == commitment, "the leaf stays"
    left = everything(database)
    assert commitment in left and salt not in left
    values = {data for _, table in database.rows() for data in table.split(b"\n") if len(data) == 32}
    assert len(values) > 10 and not any(log.commit(value, guess) == commitment for value in values)


def everything(database: Database) -> bytes:
    """All rows; of SQLite the files and the write-ahead log, too. PostgreSQL keeps old rows until its next VACUUM."""
    files = () if database.kind == "postgres" else sorted(database.folder.iterdir())
    return b"".join([*(table for _, table in database.rows()), *(file.read_bytes() for file in files)])


def test_an_event_that_is_in_no_tree_yet_is_not_forgotten(site: Site, carl: Person, database: Database) -> None:
    site.clock.move(days=4000)
    cli.sweep(site.config)
    assert told(database, "notebook") == [True]


def test_each_kind_has_its_own_time_and_what_belongs_to_a_case_stays_with_it(
    site: Site, carl: Person, database: Database
) -> None:
    write(site, "attest", "download", "adverse", "mail", "rows")
    take_in(site)
    begun, kinds = site.clock.now_s(), ("attest", "download", "adverse", "mail", "rows")
    for months in (23, 25, 35, 37, 400):
        site.clock.set(begun + months * 31 * 86_400)
        cli.sweep(site.config)
        assert {kind for kind in kinds if told(database, kind) == [False]} == {
            kind for kind in kinds if (KINDS[kind].keep_months or 10**6) < months
        }
    assert {kind.type for kind in KINDS.values() if kind.keep_months and kind.lane in ("entry", "act", "site")} == set()


def test_many_are_forgotten_in_bounded_steps(
    site: Site, carl: Person, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "MOST_FORGOTTEN", 3)
    write(site, *["download"] * 7)
    take_in(site)
    site.clock.move(days=37 * 31)
    for left in (4, 1, 0, 0):
        cli.sweep(site.config)
        assert sum(told(database, "download")) == left


@pytest.mark.slow
def test_a_sweep_of_its_own_process_forgets_and_logs(server: Server) -> None:
    """It has no application around it, and signs its promise all the same."""
    from demo.wire import Over
    from tests.support.people import Cast
    from tests.support.tree import wait_until_all_are_in

    Cast(server.database, Over(server.url), server.clock)
    wait_until_all_are_in(server.database)
    server.clock.move(days=94)
    server.run("sweep")
    wait_until_all_are_in(server.database)
    assert told(server.database, "notebook") == [False]
    assert told(server.database, "erased") == [True]
    assert check_tree(server.database) == 4
