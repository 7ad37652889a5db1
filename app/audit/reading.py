"""Read the log as anybody may: heads, tiles, leaves, proofs. Nothing here is secret, and nothing is changed.

A tree only grows to the right, so whoever has read its head first reads a tree that others may extend meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from app.audit.models import ENTRIES, Event, Log, Tile
from app.db import Store
from app.errors import Refusal
from crypto import log, tree
from crypto.tree import Read

MOST_LEAVES = 4096
PAIR = 64  # tag and commitment: what of a leaf isn't the same in all
_LIKE = log.leaf(b"t" * 32, b"c" * 32)
_TAG, _COMMIT = 2 + _LIKE.index(b"t" * 32), 2 + _LIKE.index(b"c" * 32)
_STEP = 2 + tree.LEAF_BYTES
# Put together once: a proof takes less time than SQLAlchemy takes to write its questions down.
_TILES = select(Tile.level, Tile.n, Tile.data).where(
    Tile.log == bindparam("log"),
    # Each by itself, since SQLite walks through all tiles for pairs: a few too many are fetched.
    Tile.level.in_(bindparam("levels", expanding=True)),
    Tile.n.in_(bindparam("numbers", expanding=True)),
)
_PLACES = select(Event.leaf, Event.log, Event.position).where(
    Event.leaf.in_(bindparam("leaves", expanding=True)), Event.position.is_not(None)
)


@dataclass(frozen=True)
class Proven:
    """Where a leaf is: number of its log, its index, the ordered proof that leads to that log's root."""

    log: int
    index: int
    proof: list[bytes]


def newest(db: Store) -> Log:
    """The head of the log that grows. Raises: Refusal 404 while nothing is in it."""
    return _or_none_such(db.scalar(select(Log).order_by(Log.number.desc()).limit(1)))


def newest_number(db: Store) -> int:
    """The number of the log that grows; 1 while nothing is in it."""
    return db.scalar(select(func.max(Log.number))) or 1


def head(db: Store, number: int) -> Log:
    """The head of log `number`. Raises: Refusal 404."""
    return _or_none_such(db.get(Log, number) if number < 2**31 else None)


def heads(db: Store) -> list[Log]:
    return list(db.scalars(select(Log).order_by(Log.number)))


def _or_none_such(found: Log | None) -> Log:
    if found is None:
        raise Refusal(404, "no-log", "There is no such log here, or nothing is in it yet. Try again in a moment.")
    return found


def read_tiles(db: Store, number: int) -> Read:
    """What `crypto.tree` reads tiles of log `number` with. Raises (when it is called): LookupError: no such tile."""

    def read(level: int, n: int, _width: int) -> bytes:
        here = select(Tile.data).where(Tile.log == number, Tile.level == level, Tile.n == n)
        data = db.scalar(here)
        if data is None:
            raise LookupError("a tile of the log is missing")
        return bytes(data)

    return read


def fetched(db: Store, number: int, tiles: Collection[tuple[int, int]]) -> Read:
    """The same for these (level, number) alone, which are fetched together."""
    asked = {"log": number, "levels": list({level for level, _ in tiles}), "numbers": list({n for _, n in tiles})}
    rows = db.connection().execute(_TILES, asked) if tiles else ()
    known = {(level, n): data for level, n, data in rows}
    return lambda level, n, _width: known[level, n]


def tile(db: Store, number: int, level: int | str, n: int, width: int) -> bytes:
    """The first `width` hashes, or bundled leaves, of one tile. Raises: Refusal 404: the tree does not reach so far."""
    entries = level == "entries"
    reached = tree.tile_width(head(db, number).size, 0 if entries else int(level), n)
    if width > reached:
        raise Refusal(404, "no-tile", "The log does not reach so far.")
    level = ENTRIES if entries else int(level)
    return read_tiles(db, number)(level, n, width)[: tile_bytes(level, width)]


def tile_bytes(level: int, width: int) -> int:
    """How many bytes a tile of `width` hashes has; of level ENTRIES a bundle of so many leaves."""
    return width * (_STEP if level == ENTRIES else 32)


def leaves_since(db: Store, number: int, first: int, end: int) -> bytes:
    """Tag and commitment (64 bytes) of each leaf from `first` to `end`."""
    if first >= end:
        return b""
    here = (Tile.log == number, Tile.level == ENTRIES)
    bundles = (Tile.n >= first // tree.WIDTH, Tile.n <= (end - 1) // tree.WIDTH)
    data = b"".join(db.scalars(select(Tile.data).where(*here, *bundles).order_by(Tile.n)))
    skipped = first % tree.WIDTH
    places = range(skipped * _STEP, (skipped + end - first) * _STEP, _STEP)
    pairs = b"".join([data[at + _TAG : at + _TAG + 32] + data[at + _COMMIT : at + _COMMIT + 32] for at in places])
    if len(pairs) != PAIR * (end - first):
        raise LookupError("leaves of the log are missing")
    return pairs


def check_reach(size: int, of: Log) -> None:
    """Nothing, if a log has so many leaves. Raises: Refusal 409: whoever asks has seen a larger one."""
    if size > of.size:
        raise Refusal(409, "ahead", "You have seen a larger log than this one.", size=of.size)


def proofs(db: Store, leaves: Sequence[bytes], newest: Log) -> list[Proven | None]:
    """For each leaf hash (32 bytes) where it is, or None: not in a tree yet, or never taken.

    A leaf of an older log is proven against that log's own last head.
    """
    places = {leaf: (number, index) for leaf, number, index in db.connection().execute(_PLACES, {"leaves": leaves})}
    proven: dict[bytes, Proven] = {}
    for number in {number for number, _ in places.values()}:
        size = newest.size if number == newest.number else head(db, number).size
        # One that was put into the tree after `newest` was read is in no tree yet.
        inside = {leaf: index for leaf, (at, index) in places.items() if at == number and index < size}
        read = fetched(db, number, set().union(*(tree.path_tiles(size, index) for index in inside.values())))
        proven |= {leaf: Proven(number, index, tree.inclusion(read, size, index)) for leaf, index in inside.items()}
    return [proven.get(leaf) for leaf in leaves]


def grown_from(db: Store, of: Log, size: int) -> list[bytes]:
    """The ordered proof that a log begins with its first `size` leaves, from 1 up."""
    return tree.consistency(fetched(db, of.number, tree.path_tiles(of.size, size - 1)), size, of.size)
