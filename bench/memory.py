"""What one worker of the server holds in memory after work, beside one of bare Flask and SQLAlchemy."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from bench import load
from bench.intake import CLIENTS, Bodies
from bench.rounds import Pace, Round, Row
from bench.site import Served, disks, founded, home, running

REQUESTS = 300
MB = 1024 * 1024


def resident(server: Served) -> float:
    """MB of the largest worker."""
    return max(_resident(pid) for pid in server.worker_pids())


def _resident(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found, "this system does not say how much memory a process holds"
    return int(found[1]) * 1024 / MB


def measure(pace: Pace) -> Row:
    rounds = []
    with home() as folder, disks("sqlite", folder) as databases:
        for number in range(min(pace.rounds, 3)):
            with founded(databases.fresh(f"product{number}"), folder / f"site{number}", workers=1) as site:
                bodies = Bodies(site)
                bodies.seal(REQUESTS)
                done = load.at_once(site.port, bodies.take(), clients=CLIENTS, seconds=60, keep=False)
                assert len(done.times) == REQUESTS, done.errors[:3]
                product = resident(site.server)
            bare = Served(
                databases.fresh(f"bare{number}"),
                folder / f"bare{number}",
                "bench.plain:flask_and_database()",
                workers=1,
            )
            with running(bare):
                posts = itertools.repeat(load.post("/", bare.port, b"{}"), REQUESTS)
                load.at_once(bare.port, posts, clients=CLIENTS, seconds=60, keep=False)
                rounds.append(Round(resident(bare), product))
    row = Row("worker_memory", "MB", "30 MB above the limit", rounds, {})
    row.facts = {"above_mb": row.over}
    return row.judge((row.over <= 30, "more modules stay loaded than 30 MB hold"))
