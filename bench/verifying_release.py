"""How long every attack on a release of 10,000 rows takes, linkage by any three quasi-identifiers included.

The limit is reading data.csv and nothing else.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from bench.rounds import Pace, Row, in_turns
from release.attacks.suite import KINDS, attack
from release.published import DATA, read_folder
from tests.support import study

ROWS = 10_000
WANTED_MS = 100


def measure(pace: Pace) -> Row:
    with TemporaryDirectory() as home:
        folder = Path(home) / "release"
        study.publish(study.people(Path(home), ROWS), folder)

        def limit() -> tuple[float, dict[str, Any]]:
            begun = time.perf_counter()
            pl.read_csv(folder / DATA, infer_schema=False)
            return (time.perf_counter() - begun) * 1e3, {}

        def product() -> tuple[float, dict[str, Any]]:
            begun = time.perf_counter()
            release = read_folder(folder)
            read = time.perf_counter() - begun
            found = attack(release, [])
            assert all(one.holds for one in found.values())
            return (time.perf_counter() - begun) * 1e3, {"reading_ms": read * 1e3}

        rounds = in_turns(pace, limit, product)
    row = Row("release_verify_10k", "ms", f"{WANTED_MS} ms", rounds)
    row.facts = {"kinds_of_attack": len(KINDS), "reading_ms": row.fact("reading_ms")}
    return row.judge((row.value <= WANTED_MS, f"{row.value:.0f} ms is longer than {WANTED_MS} ms"))
