"""The log's tree from 10^3 to 10^6 leaves: what an append costs, and what a proof costs.

The large trees are written straight into the database, tiles and heads as the sequencer would have left them; what is
measured is the sequencer itself and the reading behind POST /log/proofs, on SQLite that writes through to the disk.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from app.audit import reading, sequencer, signer
from app.audit import service as audit
from app.audit.models import ENTRIES, Event, Log, Tile
from app.db import Store
from bench.rounds import Pace, Round, Row
from bench.site import disks, home
from crypto import log, tree
from crypto.frame import H
from tests.support.people import CastInside

SIZES = (1_000, 10_000, 100_000, 1_000_000)
BATCH = 100  # events that wait together: what a busy site does in half a second
AT_ONCE = 1 << 16
SAMPLES = 500
PROOFS = 200  # in one turn
FLAT = 1.5
GROWN = 2  # the number of the log that is filled; the site's own first events are in log 1


@dataclass
class Grown:
    """A site whose log has `size` leaves. `samples` are leaf hashes whose events are there, too."""

    cast: CastInside
    size: int
    samples: list[bytes]

    def store(self) -> Store:
        made: Store = self.cast.app.extensions["alongside_sessions"]()
        return made


def _leaves(first: int, end: int) -> list[tuple[bytes, bytes, bytes]]:
    """(tag, commitment, leaf data) of leaves that anybody can make again."""
    pairs = [(H(b"tag %d" % n), H(b"commit %d" % n)) for n in range(first, end)]
    return [(tag, commit, log.leaf(tag, commit)) for tag, commit in pairs]


def grow(db: Store, site: bytes, size: int, chosen: set[int]) -> list[bytes]:
    """Write a log of `size` leaves and the events at the chosen places; their leaf hashes."""
    edge: dict[tuple[int, int], bytes] = {}
    frontier, done, kept = list[bytes](), 0, list[dict[str, Any]]()
    while done < size:
        leaves = _leaves(done, min(done + AT_ONCE, size))  # AT_ONCE is a multiple of 256: bundles are whole
        hashes = [log.leaf_hash(data) for *_, data in leaves]
        changed = {(level, n): data for level, n, data in tree.grow(_reader(edge), done, hashes)}
        edge |= {at: data for at, data in changed.items() if at[0]}
        bundles = {
            (ENTRIES, (done + at) // 256): tree.bundle([data for *_, data in leaves[at : at + 256]])
            for at in range(0, len(leaves), 256)
        }
        _write(db, changed | bundles)
        kept += [_event(leaves[n - done], n) for n in chosen if done <= n < done + len(leaves)]
        frontier, done = tree.extend(frontier, done, hashes)
    root = tree.frontier_root(frontier, size)
    note = signer.sign_checkpoint(site, GROWN, size, root)
    head = {"number": GROWN, "size": size, "root": root, "checkpoint": note, "cosigned": None, "cosigned_s": None}
    db.put(Log, head)
    db.put(Event, *kept)
    return [event["leaf"] for event in kept]


def _reader(tiles: dict[tuple[int, int], bytes]) -> tree.Read:
    return lambda level, n, _width: tiles[level, n]


def _write(db: Store, tiles: dict[tuple[int, int], bytes]) -> None:
    for level, n in tiles:
        if level > 0:  # a higher tile comes again with each part
            db.change(sa.delete(Tile).where(Tile.log == GROWN, Tile.level == level, Tile.n == n))
    db.put(Tile, *({"log": GROWN, "level": level, "n": n, "data": data} for (level, n), data in tiles.items()))


def _event(leaf: tuple[bytes, bytes, bytes], position: int) -> dict[str, Any]:
    tag, commit, data = leaf
    return {
        "leaf": log.leaf_hash(data), "tag": tag, "commit": commit, "salt": None, "payload": None, "promise": "",
        "type": "rows", "lane": "none", "case_id": None, "epoch": 0, "n": 0, "sender": None, "recipient": None,
        "log": GROWN, "position": position,
    }  # fmt: skip


@contextmanager
def grown(folder: Path, sizes: tuple[int, ...], samples: int = 0) -> Iterator[list[Grown]]:
    """One site for each size."""
    made: list[Grown] = []
    with disks("sqlite", folder) as databases:
        try:
            for size in sizes:
                cast = CastInside(databases.fresh(f"log{size}"), folder / f"site{size}")
                one = Grown(cast, size, [])
                made.append(one)
                with one.store() as db:
                    sequencer.take_in(db)
                    chosen = set(random.Random(size).sample(range(size), samples))
                    one.samples = grow(db, cast.carl.site, size, chosen)
                    db.commit()
            yield made
        finally:
            for one in made:
                one.cast.close()


def _insert(on: Grown) -> float:
    """Microseconds an event, inserted with others in one commit."""
    signer.load(on.cast.app.config["ALONGSIDE"].instance)
    events = [audit.prepare("rows", site=on.cast.carl.site) for _ in range(BATCH)]
    with on.store() as db:
        begun = time.perf_counter()
        audit.keep(db, *events)
        db.commit()
        return (time.perf_counter() - begun) / BATCH * 1e6


def _append(on: Grown) -> float:
    """Microseconds a leaf that the sequencer takes in."""
    with on.store() as db:
        begun = time.perf_counter()
        taken = sequencer.take_in(db)
        took = time.perf_counter() - begun
    assert taken == BATCH
    return took / BATCH * 1e6


def measure_append(pace: Pace) -> Row:
    with home() as folder, grown(folder, SIZES) as logs:
        largest = logs[-1]

        def product() -> tuple[float, dict[str, Any]]:
            told = {}
            for one in random.sample(logs, len(logs)):
                if one is not largest:
                    _insert(one)
                signer.load(one.cast.app.config["ALONGSIDE"].instance)
                told[f"us_at_{one.size}"] = _append(one)
            return told[f"us_at_{largest.size}"], told

        # The limit leaves the events that the product then takes in: it always goes first.
        _insert(largest), product()
        rounds = [Round(_insert(largest), *product()) for _ in range(max(pace.rounds, 5) * 4)]
    row = Row("log_append", "us a leaf", f"at 10^6 leaves at most {FLAT} x that at 10^3", rounds)
    row.facts = {f"us_at_{size}": row.fact(f"us_at_{size}") for size in SIZES}
    flat = median(one.product / one.facts[f"us_at_{SIZES[0]}"] for one in rounds)
    row.facts |= {"ratio_1e6_to_1e3": flat, "leaves_at_once": BATCH}
    return row.judge((flat <= FLAT, "the tree costs more the larger it is"))


def measure_proof(pace: Pace) -> Row:
    with home() as folder, grown(folder, SIZES[-1:], SAMPLES) as (on,):

        def product() -> tuple[float, dict[str, Any]]:
            took = sorted(_prove(on, random.choice(on.samples)) for _ in range(PROOFS))
            return median(took), {"p99_ms": took[int(0.99 * PROOFS)]}

        rounds = [Round(None, *product()) for _ in range(pace.rounds + 1)][1:]
        with on.cast.queries() as asked:
            _prove(on, on.samples[0])
    tiles = len(tree.path_tiles(on.size, on.size // 3))
    row = Row("log_proof_1e6", "ms", "1 ms, O(log n) reads", rounds)
    row.facts = {"p99_ms": row.fact("p99_ms"), "tiles_read": tiles, "questions": len(asked), "leaves": on.size}
    few = tiles <= 6 and len(asked) <= 3
    return row.judge((row.value < 1, "hashing takes long here"), (few, "it reads more the larger the tree is"))


def _prove(on: Grown, leaf: bytes) -> float:
    """Milliseconds until a leaf is proven to the newest head, which is checked afterwards."""
    with on.store() as db:
        db.connection(execution_options={"reads": True})
        begun = time.perf_counter()
        head = reading.newest(db)
        (found,) = reading.proofs(db, [leaf], head)
        took = (time.perf_counter() - begun) * 1000
        assert found is not None
        log.verify_inclusion(leaf, found.index, head.size, found.proof, bytes(head.root))
    return took


ROWS = {"append": measure_append, "proof": measure_proof}


def measure(what: str, pace: Pace) -> Row:
    return ROWS[what](pace)
