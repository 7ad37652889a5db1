"""Put waiting events into the tree, half a second after they came at the latest, one sequencer at a time.

It runs beside the requests in every worker of every machine. Whoever holds the newest head's row grows the tree in one
transaction, and signs it in the next, once log.head knows of it (head.py says why): whatever dies in the middle has
changed nothing, or has left leaves that the next turn signs. Nobody is told of a tree before it is signed. Events that
wait together are sorted by their leaf, so that the tree does not tell in which order they came.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, Row, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from app.audit import head as signed_head
from app.audit import rotation, signer
from app.audit.head import Behind, Head
from app.audit.models import ENTRIES, Event, Log, Tile
from app.audit.reading import read_tiles
from app.config import Config
from app.db import Store, make_engine, make_sessions
from app.site import Root, founded
from crypto import log, tree
from crypto.frame import H, unframe
from crypto.signing import read_signed

EVERY_S = 0.2
FOLLOW_EVERY = 25  # turns: another machine's tree is known here within five seconds
LONGEST_PAUSE_S = 5.0
STOP_TIMEOUT_S = 3.0
MOST = 2048

# Made once: to put such a question together takes several times as long as to ask it, and an idle site asks all day.
_NEWEST = select(func.max(aliased(Log).number)).scalar_subquery()
_NEWEST_ROOT = select(Root.signed).order_by(Root.version.desc()).limit(1)
_UNSIGNED = exists().where(Log.number == _NEWEST, Event.log == Log.number, Event.position >= Log.size)
_WAITS = select(or_(exists().where(Event.position.is_(None)), _UNSIGNED), _NEWEST_ROOT.scalar_subquery())
_HEAD = select(Log.number, Log.size, Log.root).order_by(Log.number.desc()).limit(1)
_HERE = select(Log.number, Log.size).where(Log.number == _NEWEST).with_for_update(skip_locked=True, of=Log)

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


@dataclass(frozen=True)
class Held:
    """The newest log, whose row is ours until the commit. size: what is signed. grown: all leaves in its tree."""

    number: int
    size: int
    grown: int


def run(engine: Engine, stop: threading.Event) -> None:
    """Take in what waits, five times a second. A database that is away is asked again, a little later each time."""
    make, pause, failed, turn = make_sessions(engine), EVERY_S, "", 0
    while not stop.wait(pause):
        try:
            with make() as db:
                if turn % FOLLOW_EVERY == 0:
                    follow(db)
                pause = 0 if take_in(db) == MOST else EVERY_S
            failed, turn = "", turn + 1
        except Exception as error:
            pause = min(max(2 * pause, 1.0), LONGEST_PAUSE_S)
            if failed != type(error).__name__:  # once an outage
                failed = type(error).__name__
                words = str(error) if isinstance(error, OtherLogKey) else failed  # a driver's may hold a password
                again = f"the sequencer failed and will try again: {words}"
                said.error("%s", error if isinstance(error, Behind) else again)
    engine.dispose()


def follow(db: Store) -> None:
    """Remember the newest signed head, whoever signed it. Raises: Behind."""
    seen = signed_head.kept()
    db.connection(execution_options={"reads": True})
    found = db.execute(_HEAD).one_or_none()
    if found is not None:
        signed_head.check(seen, found.number, _grown(db, found.number, found.size), _root_of(db, found.number))
        signed_head.rise(Head(found.number, found.size, bytes(found.root)))
    db.rollback()


def take_in(db: Store, most: int = MOST) -> int:
    """Put at most `most` waiting events into the newest log, commit, and sign it; how many.

    None when nothing waits, before the site is founded, and while somebody else is at it.
    Raises: OtherLogKey; Behind; what the database raises.
    """
    if not _waits(db):
        return 0
    site = founded(db)
    if site is None:
        db.rollback()
        return 0
    held = _hold(db, site)
    taken = 0
    if held is not None:
        signed_head.check(signed_head.kept(), held.number, held.grown, _root_of(db, held.number))
        rows = _waiting(db, most)
        if rows:
            _place(db, held, rows)
            taken = len(rows)
            held = _hold(db, site)
    if held is not None and held.grown > held.size:
        _sign(db, site, held)
    else:
        db.rollback()
    return taken


def _place(db: Store, held: Held, rows: Sequence[Row[tuple[bytes, bytes, bytes]]]) -> None:
    """Put these into the tree, and commit. It is not signed yet, so nobody is told of it."""
    leaves = sorted((log.leaf_hash(data), data, row.leaf) for row in rows if (data := log.leaf(row.tag, row.commit)))
    _grow(db, held, [leaf_hash for leaf_hash, _, _ in leaves], [data for _, data, _ in leaves])
    places = [{"leaf": key, "log": held.number, "position": held.grown + n} for n, (_, _, key) in enumerate(leaves)]
    db.execute(update(Event), places)
    db.commit()


def _sign(db: Store, site: bytes, held: Held) -> None:
    """Sign the tree as it was committed, and commit. log.head knows of it before anybody can read the signature."""
    root = _root_of(db, held.number)(held.grown)
    signed_head.rise(Head(held.number, held.grown, root))
    checkpoint = signer.sign_checkpoint(site, held.number, held.grown, root)
    here = update(Log).where(Log.number == held.number)
    db.change(here.values(size=held.grown, root=root, checkpoint=checkpoint))
    db.commit()


def _root_of(db: Store, number: int) -> Callable[[int], bytes]:
    """The root of a log by its size."""
    read = read_tiles(db, number)
    return lambda size: tree.root(read, size)


def _waits(db: Store) -> bool:
    """Whether anything is to be taken in or signed, asked without SQLite's write lock: an idle site is left alone.

    An idle one follows the key too. Raises: OtherLogKey.
    """
    db.connection(execution_options={"reads": True})
    waits, root = db.execute(_WAITS).one()
    db.rollback()
    _follow_key(root)
    return bool(waits)


def _follow_key(root: bytes | None) -> None:
    """Sign with the key that the newest root names. Nothing before the site is founded. Raises: OtherLogKey."""
    if root is not None and not rotation.follow(unframe("root", read_signed(root)[0])["log_vkey"]):
        raise OtherLogKey


def _hold(db: Store, site: bytes) -> Held | None:
    """The newest log, held until the commit; None if another sequencer has it."""
    found = db.execute(_HERE).one_or_none()
    if found is None and db.scalar(select(exists().where(Log.number >= 1))) is False:
        nothing = H(b"")
        first = {"size": 0, "root": nothing, "checkpoint": signer.sign_checkpoint(site, 1, 0, nothing)}
        db.put_new(Log, {"number": 1, "cosigned": None, "cosigned_s": None, **first})
        found = db.execute(_HERE).one_or_none()
    if found is None:
        return None
    _follow_key(db.scalar(_NEWEST_ROOT))  # only now: another key comes in force under the same lock
    # Asked only now: whoever held the row before may have committed leaves since the first question was asked.
    return Held(found.number, found.size, _grown(db, found.number, found.size))


def _grown(db: Store, number: int, size: int) -> int:
    """How many leaves are in the tree of a log of which `size` are signed."""
    last = db.scalar(select(func.max(Event.position)).where(Event.log == number))
    return max(size, -1 if last is None else last + 1, 0)


def _waiting(db: Store, most: int) -> Sequence[Row[tuple[bytes, bytes, bytes]]]:
    """Rows of events that have no place. One that somebody is erasing right now is left for the next time."""
    query = select(Event.leaf, Event.tag, Event.commit).where(Event.position.is_(None)).limit(most)
    return db.execute(query.with_for_update(skip_locked=True)).all()


def _grow(db: Store, held: Held, leaf_hashes: list[bytes], leaves: list[bytes]) -> None:
    """Write the tiles and bundles that change."""
    known: Tiles = {}
    stored = read_tiles(db, held.number)

    def read(level: int, n: int, width: int) -> bytes:
        if (level, n) not in known:
            known[level, n] = stored(level, n, width)
        return known[level, n]

    changed: Tiles = {(level, n): data for level, n, data in tree.grow(read, held.grown, leaf_hashes)}
    _write(db, held, changed | _bundles(read, held.grown, leaves))


def _bundles(read: tree.Read, size: int, leaves: list[bytes]) -> Tiles:
    number, width = divmod(size, tree.WIDTH)
    all_leaves = (tree.read_bundle(read(ENTRIES, number, width)) if width else []) + leaves
    cut = range(0, len(all_leaves), tree.WIDTH)
    return {(ENTRIES, number + at // tree.WIDTH): tree.bundle(all_leaves[at : at + tree.WIDTH]) for at in cut}


def _write(db: Store, held: Held, tiles: Tiles) -> None:
    new = []
    for (level, n), data in tiles.items():
        if tree.tile_width(held.grown, max(level, 0), n):
            here = (Tile.log == held.number, Tile.level == level, Tile.n == n)
            db.change(update(Tile).where(*here).values(data=data))
        else:
            new.append({"log": held.number, "level": level, "n": n, "data": data})
    db.put(Tile, *new)
