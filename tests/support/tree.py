"""The log as it lies in a database, checked against nothing but its events."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa

from app.audit import sequencer, signer
from app.audit import service as audit
from app.audit.models import Event
from app.db import make_engine, make_sessions
from app.site import site
from crypto import checkpoint, log, tree
from crypto.receipt import note_keys
from crypto.root import read_root
from crypto.signing import read_signed
from tests.support.databases import Database
from tests.support.server import Server

ENTRIES = -1
IN_TIME_S = 15


def rows(database: Database, query: str) -> list[Any]:
    with database.engine.connect() as db:
        return list(db.execute(sa.text(query)))


def check_tree(database: Database, number: int = 1, *, unsigned: bool = False) -> int:
    """The size of a log, once head, places, tiles, bundles and signature say the same about the same leaves.

    Args: unsigned: the last leaves may be in the tree and not signed yet; they are counted, too.
    """
    events = rows(database, f'select leaf, tag, "commit", position from events where log = {number} order by position')
    leaves = [log.leaf(bytes(row.tag), bytes(row.commit)) for row in events]
    hashes = [log.leaf_hash(leaf) for leaf in leaves]
    assert [row.position for row in events] == list(range(len(events))), "a place is empty or taken twice"
    assert hashes == [bytes(row.leaf) for row in events]
    (head,) = rows(database, f"select * from logs where number = {number}") or [None]
    if head is None:
        assert not events and not rows(database, f"select n from tree_tiles where log = {number}")
        return 0
    assert head.size == len(hashes) or (unsigned and head.size < len(hashes))
    assert bytes(head.root) == log.root(hashes[: head.size])
    said = checkpoint.read_checkpoint(open_checkpoint(database, head.checkpoint, number))
    assert (said["size"], said["root"]) == (head.size, bytes(head.root))
    stored = {
        (row.level, row.n): bytes(row.data)
        for row in rows(database, f"select level, n, data from tree_tiles where log = {number}")
    }
    bundles = {
        (ENTRIES, at // 256): tree.bundle(leaves[at : at + 256]) for at in range(0, len(leaves), 256)
    }  # fmt: skip
    assert stored == {(level, n): data for level, n, data in tree.grow(nothing, 0, hashes)} | bundles
    return len(hashes)


def nothing(_level: int, _n: int, _width: int) -> bytes:
    raise AssertionError("an empty tree has no tile")


def open_checkpoint(database: Database, note: str, number: int = 1) -> str:
    """Its text, once the log key that the newest root names has signed it under this site's origin."""
    roots = [bytes(row.signed) for row in rows(database, "select signed from roots order by version")]
    first, newest = (read_root(read_signed(signed)[0]) for signed in (roots[0], roots[-1]))
    origin = checkpoint.origin(first["hash"], number)
    return checkpoint.open_note(note, note_keys(newest["log_vkey"], origin))


NOT_YET = "from events left join logs on log = number where position is null or position >= size"


def waiting(database: Database) -> int:
    """How many events are not in a signed tree yet."""
    return int(rows(database, f"select count(*) {NOT_YET}")[0][0])


def write_events(store: Any, site: bytes, many: int) -> None:
    """Events that concern nobody, in one transaction. Args: store: a session as the services have it; it is closed."""
    with store as db:
        audit.keep(db, *(audit.prepare("rows", site=site) for _ in range(many)))
        db.commit()


def write_leaves(store: Any, site: bytes, many: int) -> None:
    """The same many times faster, for a test of the tree alone: all but the leaves is one and the same event's."""
    one = vars(audit.prepare("rows", site=site))
    with store as db:
        audit.keep(db, *(cast(Event, SimpleNamespace(**{**one, **_own_leaf()})) for _ in range(many)))
        db.commit()


def _own_leaf() -> dict[str, bytes]:
    tag, commit = os.urandom(32), os.urandom(32)
    return {"leaf": log.leaf_hash(log.leaf(tag, commit)), "tag": tag, "commit": commit}


def take_in(site: Any, *, at_once: int = sequencer.MOST) -> int:
    """Run the sequencer until nothing waits; how many were taken. Args: site: a `Site` or a `CastInside`."""
    taken = 0
    while True:
        with site.app.extensions["alongside_sessions"]() as db:
            some = sequencer.take_in(db, at_once)
        if not some:
            return taken
        taken += some


def wait_until_all_are_in(database: Database) -> None:
    """Until a running server's sequencer has taken in what waits."""
    end = time.monotonic() + IN_TIME_S
    while waiting(database):
        assert time.monotonic() < end, f"{waiting(database)} events still wait to be put into the tree"
        time.sleep(0.05)


def write_many(server: Server, many: int) -> None:
    """Events in the database of a server that runs, with promises by its own log key."""
    signer.load(server.instance)
    engine = make_engine(server.database.url)
    with make_sessions(engine)() as db:
        at = site(db)
    write_events(make_sessions(engine)(), at, many)
    engine.dispose()
