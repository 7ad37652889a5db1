"""How long the search for the best scheme takes and what it loses, beside ARX's exact search and one pass over rows.

The limit is one group-by of all rows in one packed number each; ARX's figures were measured elsewhere, on two shared
cores of the same kind, and are in tests/support/arx.py.
"""

from __future__ import annotations

import resource
import time
from typing import Any

import numpy as np

from bench.rounds import Pace, Round, Row, in_turns
from release import classes
from release.lattice import Lattice
from release.search import find
from tests.support import arx

SECONDS = {1_000: 2.0, 10_000: 5.0}  # else as long as ARX took
OFTEN = 10_000  # up to so many rows
MEMORY_MIB = 1024


def measure(n: int, pace: Pace) -> Row:
    lattice, _ = arx.lattice(n)
    optimum = next(one for one in arx.ARX if one.n == n and not one.strict)

    def limit() -> tuple[float, dict[str, Any]]:
        packed, _ = classes.pack(lattice, (0,) * len(lattice.shape))
        begun = time.perf_counter()
        np.unique(packed, return_counts=True)
        return (time.perf_counter() - begun) * 1e3, {}

    def product() -> tuple[float, dict[str, Any]]:
        begun = time.perf_counter()
        fresh = Lattice(lattice.columns, lattice.hierarchies)
        found = find(fresh, optimum.targets)
        assert found is not None and found.proven
        return (time.perf_counter() - begun) * 1e3, {"loss": found.loss, "looked_at": found.looked_at}

    if n <= OFTEN:
        rounds = in_turns(pace, limit, product)
    else:
        rounds = [Round(limit()[0], *product()) for _ in range(min(pace.rounds, 2))]
    wanted = SECONDS.get(n, optimum.seconds)
    row = Row(f"release_search_{_short(n)}", "ms", f"{wanted:g} s, loss at most {optimum.loss}", rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row.facts = {
        "loss": f"{row.fact('loss'):.4f}",
        "loss_of_arx": f"{optimum.loss:.4f}",
        "seconds_of_arx": optimum.seconds,
        "schemes": lattice.nodes,
        "looked_at": row.fact("looked_at"),
        "peak_mib": peak,
    }
    return row.judge(
        (row.value <= wanted * 1e3, f"{row.value / 1e3:.1f} s is longer than {wanted:g} s"),
        (round(row.fact("loss"), 4) <= optimum.loss, "ARX loses less"),
        (peak <= MEMORY_MIB, f"{peak:.0f} MiB is more than {MEMORY_MIB}"),
    )


def _short(n: int) -> str:
    return "1m" if n == 1_000_000 else f"{n // 1000}k"
