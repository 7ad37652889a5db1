"""GET /intake beside a route that says hello, under the same gunicorn."""

from __future__ import annotations

import itertools
from typing import Any

from bench import load
from bench.rounds import Pace, Row, in_turns
from bench.site import Served, disks, home, running

CLIENTS = 16


def measure(pace: Pace) -> Row:
    with home() as folder, disks("sqlite", folder) as databases:
        product = Served(databases.fresh("product"), folder / "site")
        product.build()
        limit = Served(product.database, folder / "bare", "bench.plain:hello()")
        with running(product), running(limit):
            rounds = in_turns(pace, lambda: _turn(limit, "/", pace), lambda: _turn(product, "/intake", pace))
    row = Row("shell", "a second", "80% of the limit", rounds)
    return row.judge(((row.ratio or 0) >= 0.8, "sending a whole page takes longer than sending one word"))


def _turn(server: Served, path: str, pace: Pace) -> tuple[float, dict[str, Any]]:
    request = load.get(path, server.port, headers="Accept-Encoding: gzip, br\r\n")
    done = load.at_once(server.port, itertools.repeat(request), clients=CLIENTS, seconds=pace.seconds, keep=True)
    assert not done.errors, done.errors[:3]
    return done.rate, {"bytes": len(done.last)}
