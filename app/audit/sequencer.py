"""Put waiting events into the tree, half a second after they came at the latest, one sequencer at a time.

It runs beside the requests in every worker of every machine. Whoever holds the newest head's row grows the tree, in one
transaction: whatever dies in the middle has changed nothing. Events that wait together are sorted by their leaf, so
that the tree does not tell in which order they came.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from sqlalchemy import Engine, Row, exists, func, select, update
from sqlalchemy.orm import aliased

from app.audit import rotation, signer
from app.audit.models import ENTRIES, Event, Log, Tile
from app.audit.reading import read_tiles
from app.config import Config
from app.db import Store, make_engine, make_sessions
from app.site import Root, founded
from crypto import log, tree
from crypto.frame import H, unframe
from crypto.signing import read_signed

EVERY_S = 0.2
LONGEST_PAUSE_S = 5.0
STOP_TIMEOUT_S = 3.0
MOST = 2048

_NEWEST_ROOT = select(Root.signed).order_by(Root.version.desc()).limit(1)

said = logging.getLogger("alongside")
Tiles = dict[tuple[int, int], bytes]


class OtherLogKey(RuntimeError):
    """Neither of the log keys here is the one that the site's root names: whatever it signed, nobody would believe."""

    def __str__(self) -> str:
        return "the newest root names another log key than log.key here: copy it from the other machine or the backup"


def start(config: Config) -> Callable[[], None]:
    """Run a sequencer beside this process's own work; what ends it again. It dies with the process all the same."""
    stop = threading.Event()
    engine = make_engine(config.database_url)
    thread = threading.Thread(target=run, args=(engine, stop), name="sequencer", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(STOP_TIMEOUT_S)

    return end


def run(engine: Engine, stop: threading.Event) -> None:
    """Take in what waits, five times a second. A database that is away is asked again, a little later each time."""
    make, pause, failed = make_sessions(engine), EVERY_S, ""
    while not stop.wait(pause):
        try:
            with make() as db:
                pause = 0 if take_in(db) == MOST else EVERY_S
            failed = ""
        except Exception as error:
            pause = min(max(2 * pause, 1.0), LONGEST_PAUSE_S)
            if failed != type(error).__name__:  # once an outage
                failed = type(error).__name__
                words = str(error) if isinstance(error, OtherLogKey) else failed  # a driver's may hold a password
                said.error("the sequencer failed and will try again: %s", words)
    engine.dispose()


def take_in(db: Store, most: int = MOST) -> int:
    """Put at most `most` waiting events into the newest log, and commit; how many.

    None when nothing waits, before the site is founded, and while somebody else is at it.
    Raises: OtherLogKey; what the database raises.
    """
    if not _waits(db):
        return 0
    site = founded(db)
    if site is None:
        db.rollback()
        return 0
    head = _hold_head(db, site)
    rows = _waiting(db, most) if head else []
    if head is None or not rows:
        db.rollback()
        return 0
    leaves = sorted((log.leaf_hash(data), data, row.leaf) for row in rows if (data := log.leaf(row.tag, row.commit)))
    size = head.size + len(leaves)
    root = _grow(db, head, [leaf_hash for leaf_hash, _, _ in leaves], [data for _, data, _ in leaves])
    places = [{"leaf": key, "log": head.number, "position": head.size + n} for n, (_, _, key) in enumerate(leaves)]
    db.execute(update(Event), places)
    checkpoint = signer.sign_checkpoint(site, head.number, size, root)
    here = update(Log).where(Log.number == head.number)
    db.change(here.values(size=size, root=root, checkpoint=checkpoint))
    db.commit()
    return len(leaves)


def _waits(db: Store) -> bool:
    """Looked up without SQLite's write lock, so that an idle site is left alone. An idle one follows the key too."""
    db.connection(execution_options={"reads": True})
    waits, root = db.execute(select(exists().where(Event.position.is_(None)), _NEWEST_ROOT.scalar_subquery())).one()
    db.rollback()
    _follow_key(root)
    return bool(waits)


def _follow_key(root: bytes | None) -> None:
    """Sign with the key that the newest root names. Nothing before the site is founded. Raises: OtherLogKey."""
    if root is not None and not rotation.follow(unframe("root", read_signed(root)[0])["log_vkey"]):
        raise OtherLogKey


def _hold_head(db: Store, site: bytes) -> Row[tuple[int, int]] | None:
    """Number and size of the newest log, whose row is ours until the commit; None if another sequencer has it."""
    newest = select(func.max(aliased(Log).number)).scalar_subquery()
    here = select(Log.number, Log.size).where(Log.number == newest)
    held = here.with_for_update(skip_locked=True, of=Log)
    found = db.execute(held).one_or_none()
    if found is None and db.scalar(select(exists().where(Log.number >= 1))) is False:
        nothing = H(b"")
        first = {"size": 0, "root": nothing, "checkpoint": signer.sign_checkpoint(site, 1, 0, nothing)}
        db.put_new(Log, {"number": 1, "cosigned": None, "cosigned_s": None, **first})
        found = db.execute(held).one_or_none()
    if found is not None:
        _follow_key(db.scalar(_NEWEST_ROOT))  # only now: another key comes in force under the same lock
    return found


def _waiting(db: Store, most: int) -> Sequence[Row[tuple[bytes, bytes, bytes]]]:
    """Rows of events that have no place. One that somebody is erasing right now is left for the next time."""
    query = select(Event.leaf, Event.tag, Event.commit).where(Event.position.is_(None)).limit(most)
    return db.execute(query.with_for_update(skip_locked=True)).all()


def _grow(db: Store, head: Row[tuple[int, int]], leaf_hashes: list[bytes], leaves: list[bytes]) -> bytes:
    """Write the tiles and bundles that change; the new root."""
    known: Tiles = {}
    stored = read_tiles(db, head.number)

    def read(level: int, n: int, width: int) -> bytes:
        if (level, n) not in known:
            known[level, n] = stored(level, n, width)
        return known[level, n]

    changed: Tiles = {(level, n): data for level, n, data in tree.grow(read, head.size, leaf_hashes)}
    known |= changed
    _write(db, head, changed | _bundles(read, head.size, leaves))
    return tree.root(read, head.size + len(leaves))


def _bundles(read: tree.Read, size: int, leaves: list[bytes]) -> Tiles:
    number, width = divmod(size, tree.WIDTH)
    all_leaves = (tree.read_bundle(read(ENTRIES, number, width)) if width else []) + leaves
    cut = range(0, len(all_leaves), tree.WIDTH)
    return {(ENTRIES, number + at // tree.WIDTH): tree.bundle(all_leaves[at : at + tree.WIDTH]) for at in cut}


def _write(db: Store, head: Row[tuple[int, int]], tiles: Tiles) -> None:
    new = []
    for (level, n), data in tiles.items():
        if tree.tile_width(head.size, max(level, 0), n):
            here = (Tile.log == head.number, Tile.level == level, Tile.n == n)
            db.change(update(Tile).where(*here).values(data=data))
        else:
            new.append({"log": head.number, "level": level, "n": n, "data": data})
    db.put(Tile, *new)
