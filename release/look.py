"""One look at one scheme: what would be dropped, and the loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from release import classes
from release.lattice import Lattice, Node
from release.rules import Rules
from release.sensitive import Sensitive
from release.targets import Targets

TINY = 1e-12


@dataclass(frozen=True)
class Seen:
    """What a look at a node says. hopeless: neither it nor any finer node can hold. extra: what dropping adds to the
    loss of this node and, at least, of all finer ones. holds: whether it may be published; then loss and dropped count.
    """

    hopeless: bool
    extra: float = 0.0
    holds: bool = False
    loss: float = np.inf
    dropped: int = 0


@dataclass
class Eye:
    """Looks at nodes of one lattice under one set of targets."""

    lattice: Lattice
    targets: Targets
    sensitive: Sensitive

    def __post_init__(self) -> None:
        self.rules = Rules(self.targets, self.sensitive)
        self.most = int(self.targets.drop * self.lattice.n + 1e-9)

    def look(self, node: Node, bare: float, better_than: float) -> Seen:
        """Args: bare: the node's loss if nothing were dropped. better_than: from this loss on nobody asks more."""
        few = classes.small(self.lattice, node, self.targets.k)
        dropped = int(few.sizes.sum())
        extra = price(few.sizes, few.cost, self.lattice.n)
        if dropped > self.most:
            return Seen(hopeless=True)
        if not self.sensitive:
            return Seen(False, extra, True, bare + extra, dropped)
        if bare + extra >= better_than - TINY:
            return Seen(False, extra)
        return self._look_closer(node, bare)

    def _look_closer(self, node: Node, bare: float) -> Seen:
        found = classes.group(self.lattice, node)
        assert found.of is not None
        counts = self.sensitive.count(found.of, len(found.sizes))
        verdict = self.rules.judge(found.sizes, counts, np.ones(len(found.sizes), dtype=bool))
        if np.ceil(verdict.least - 1e-6).sum() > self.most:
            return Seen(hopeless=True)
        extra = price(verdict.least, found.cost, self.lattice.n)
        if found.sizes[verdict.fails].sum() > self.most:
            return Seen(False, extra)
        gone = ~self.rules.settle(found.sizes, counts, verdict.fails)
        dropped = int(found.sizes[gone].sum())
        if dropped > self.most:
            return Seen(False, extra)
        return Seen(False, extra, True, bare + price(found.sizes[gone], found.cost[gone], self.lattice.n), dropped)


def price(rows: np.ndarray, cost: np.ndarray, n: int) -> float:
    """What dropping so many rows of each class adds to the loss: their cells would cost 1 instead of `cost`."""
    return float((rows * (1 - cost)).sum()) / n
