"""An auditor checks a log of 10^6 leaves, beside hashing as many bytes as often: nothing else.

The product is the whole audit of an export's folder: bundles of leaves, tiles, root, tags, lanes, lists of people.
"""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

from bench.rounds import Pace, Row, in_turns
from bench.site import home
from crypto.auditor.audit import audit
from crypto.auditor.memory import Remembered
from crypto.auditor.source import Folder
from tests.support.exported import Exported, some_leaves

LEAVES = 1_000_000
LEAF_INPUT, NODE_INPUT = 82, 65  # a zero and a leaf; a one and two hashes
AT_ONCE = 256


class Bare:
    """As many inputs of the same lengths, each another one: a loop over one input would hash from the cache."""

    def __init__(self, leaves: int) -> None:
        self._inputs = [[i.to_bytes(length) for i in range(leaves)] for length in (LEAF_INPUT, NODE_INPUT)]

    def hashed(self) -> float:
        """Seconds for the hashes of all leaves and of the nodes above them."""
        sha = hashlib.sha256
        began = time.perf_counter()
        for inputs in self._inputs:
            for at in range(0, len(inputs), AT_ONCE):
                [sha(one).digest() for one in inputs[at : at + AT_ONCE]]
        return time.perf_counter() - began


def verified(folder: Path, leaves: int) -> tuple[float, dict[str, Any]]:
    """Seconds for the audit."""
    began = time.perf_counter()
    report = audit(Folder(folder), Remembered(), None, lambda *_: None)
    took = time.perf_counter() - began
    assert report.heads[-1].size == leaves
    return took, {}


def measure(pace: Pace) -> Row:
    with home() as folder:
        site = Exported()
        site.logs[0] += some_leaves(LEAVES - len(site.logs[0]))
        site.write(folder)
        bare = Bare(LEAVES)
        rounds = in_turns(pace, lambda: (bare.hashed(), {}), lambda: verified(folder, LEAVES))
    row = Row("log_verify_1e6", "s", "2 x the limit", rounds)
    ratio = row.ratio or 0
    return row.judge((ratio <= 2, f"checking a leaf takes {ratio:.2f} times its hashes"))
