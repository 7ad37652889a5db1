"""First submissions, by 32 people at once: how many land in a second.

Each has her enrolment inside, an account of 4 KB, a card, and a connection of her own. They are sealed beforehand by
the Python client. The limit writes the same rows and bytes by SQLAlchemy Core in one commit, under the same gunicorn,
on the same kind of database, and checks nothing.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench import load, plain
from bench.load import Load
from bench.rounds import Pace, Row, in_turns
from bench.site import Served, Site, disks, founded, home, running
from demo.people import Peer
from demo.wire import b64
from tests.support.databases import Database

CLIENTS = 32
WHY_SLOWER = (
    "reading, checking and signing a submission takes as much of the processor as writing it, and Flask again as much; "
    "the limit does neither"
)
MOST = 6000  # submissions sealed for one row
NARRATIVE = ("I said that the monitor was off, and the next day I was told to stay home. " * 60)[:4000]
ACCOUNT = {
    "answers": {"narrative": NARRATIVE},
    "consents": {"case": True}, "instrument": "intake.v1", "card": [], "told": [],
    "exclusions": {"people": "", "employer": "", "states": []},
}  # fmt: skip
CARD = {
    "lines": [{"field": "name_use", "label": "What should we call you?", "text": "Sara"},
              {"field": "summary", "label": "In a few words", "text": "A safety report, and what followed. " * 10}],
    "excluded": {"people": "", "employer": "Lakeside Clinic", "states": ["tx"]},
}  # fmt: skip


class Bodies:
    """Sealed submissions, as JSON bodies of POST /intake/submit."""

    def __init__(self, site: Site) -> None:
        self._site, self._desk = site, site.carl.directory().holders("coordinator")
        self._sealed: list[bytes] = []

    def one(self) -> bytes:
        peer = Peer(self._site.carl.wire, now_s=time.time)
        peer._facts, peer.known_desk = self._site.carl.facts, self._desk
        enrol, sig = peer.make_enrol()
        submission = peer.make_submission(ACCOUNT, CARD, enrol=enrol)
        return json.dumps({"submission": b64(submission), "enrol_sig": b64(sig)}).encode()

    def seal(self, many: int) -> None:
        self._sealed += [self.one() for _ in range(many)]

    def take(self) -> Iterator[bytes]:
        """Each once, until there are no more."""
        while self._sealed:
            yield load.post("/intake/submit", self._site.port, self._sealed.pop())


TREE = ("logs", "tree_tiles")
PLACE = ("log", "position")


def rows_of(database: Database) -> dict[str, list[dict[str, Any]]]:
    """What requests have left in a database, with bytes as `bench.plain` reads them.

    The log's tree, and the place of an event in it, come later and from elsewhere.
    """
    metadata = sa.MetaData()
    metadata.reflect(database.engine)
    with database.engine.connect() as db:
        return {
            table.name: [
                {name: _plain(v) for name, v in row.items() if table.name != "events" or name not in PLACE}
                for row in db.execute(table.select()).mappings()
            ]
            for table in metadata.sorted_tables
            if table.name not in TREE
        }


def _plain(value: Any) -> Any:
    return ["hex", bytes(value).hex()] if isinstance(value, bytes | memoryview) else value


def rows_of_one(site: Site, body: bytes) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """The rows that one submission leaves, and the length of its answer."""
    before = rows_of(site.server.database)
    answer = site.carl.wire.another().post("/intake/submit", body, {"Content-Type": "application/json"})
    answer.json()
    after = rows_of(site.server.database)
    new = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    return {name: rows for name, rows in new.items() if rows}, len(answer.data)


@contextmanager
def bare(database: Database, folder: Path, rows: dict[str, list[dict[str, Any]]], answer: int) -> Iterator[Served]:
    """The limit, running."""
    server = Served(database, folder, "bench.plain:intake()")
    (folder / "rows.json").write_text(json.dumps(rows))
    server.settings |= {plain.ROWS: str(folder / "rows.json"), plain.ANSWER: str(answer)}
    with running(server):
        yield server


def measure(kind: str, pace: Pace) -> Row:
    with (
        home() as folder,
        disks(kind, folder) as databases,
        founded(databases.fresh("product"), folder / "site") as site,
    ):
        bodies = Bodies(site)
        first = bodies.one()
        rows, answer = rows_of_one(site, first)
        with bare(databases.fresh("limit"), folder / "bare", rows, answer) as limit:
            return _measure(kind, pace, site, limit, bodies, first)


def _measure(kind: str, pace: Pace, site: Site, limit: Served, bodies: Bodies, first: bytes) -> Row:
    same = load.post("/intake/submit", limit.port, first)
    loads: list[Load] = []

    def turn(port: int, requests: Iterator[bytes]) -> Load:
        return load.at_once(port, requests, clients=CLIENTS, seconds=pace.seconds, keep=False)

    def limit_turn() -> tuple[float, dict[str, Any]]:
        done = turn(limit.port, itertools.repeat(same))
        assert not done.errors, f"the limit failed: {done.errors[:3]}"
        return done.rate, {}

    def product_turn() -> tuple[float, dict[str, Any]]:
        loads.append(done := turn(site.port, bodies.take()))
        told = {"p50_ms": done.percentile(0.5) * 1000, "p99_ms": done.percentile(0.99) * 1000}
        return done.rate, {**told, "errors": len(done.errors), "sent": len(done.times)}

    need = limit_turn()[0] * pace.seconds * (pace.rounds + 1) + CLIENTS
    bodies.seal(min(int(need), MOST))
    row = Row(
        f"intake_{kind}",
        "a second",
        "80% of the limit, no error, p99 under 10 x p50",
        in_turns(pace, limit_turn, product_turn),
    )
    _check_landed(site, sum(len(done.times) for done in loads) + 1)
    for done in loads[:1]:
        site.carl.check_receipt(json.loads(done.last)["receipts"]["record"])
    errors = int(row.fact("errors", sum))
    p50, p99 = row.fact("p50_ms"), row.fact("p99_ms")
    row.facts = {"p50_ms": p50, "p99_ms": p99, "errors": errors}
    return row.judge(
        ((row.ratio or 0) >= 0.8, WHY_SLOWER),
        (errors == 0, f"errors: {sorted({said for done in loads for said in done.errors})[:3]}"),
        (p99 < 10 * p50, "some waited long for the write lock"),
    )


def _check_landed(site: Site, answered: int) -> None:
    """An answer that left nothing behind would make a fine speed."""
    with site.server.database.engine.connect() as db:
        landed = db.execute(sa.text("select count(*) from submissions")).scalar_one()
    assert landed >= answered, f"{answered} were answered and {landed} landed"
