"""The scheme with the least loss under which enough rows stand. Exact, by best-first search with bounds.

Nodes are visited by their loss if nothing were dropped, which no dropping can lower: the first one that is no better
than the best found ends the search. Two facts spare most nodes. What a coarse node drops, each finer one drops too: a
node that drops too many rows rules out everything below it, and what dropping costs there is a bound for all of them.
To find such nodes high up, a chain is laid from a node upwards and halved.
Source: Kohlmayer et al., "Flash", 2012 (chains); the bounds for l, t and shares are in rules.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from release.lattice import Lattice, Node
from release.look import TINY, Eye
from release.sensitive import Sensitive
from release.targets import Targets

PROVEN_UP_TO = 3_000_000  # nodes
WIDTH = 48
Progress = Callable[[float, int], None]


@dataclass(frozen=True)
class Found:
    """A scheme. loss: 0 to 1, dropped cells count 1. dropped: rows. proven: no scheme has less loss."""

    node: Node
    loss: float
    dropped: int
    looked_at: int
    proven: bool


def silent(share: float, looked_at: int) -> None:
    """Tell nobody how far the search is."""


def find(
    lattice: Lattice, targets: Targets, sensitive: Sensitive | None = None, progress: Progress = silent
) -> Found | None:
    """The scheme with the least loss under which every target holds and at most `targets.drop` of the rows go.

    Returns: None when no scheme holds. `proven` is False when there are too many schemes to be sure.
    """
    eye = Eye(lattice, targets, sensitive or Sensitive())
    return exact(eye, progress) if lattice.nodes <= PROVEN_UP_TO else beam(eye, progress)


def exact(eye: Eye, progress: Progress = silent) -> Found | None:
    """The best of all schemes. What the beam meets first spares most looks."""
    return _Exact(eye, beam(eye)).run(progress)


def beam(eye: Eye, progress: Progress = silent) -> Found | None:
    """The best scheme met on the way from the coarsest one down, the WIDTH most promising of each step made finer."""
    costs = [eye.lattice.column_loss(place) for place in range(len(eye.lattice.shape))]

    def bare(node: Node) -> float:
        return float(sum(cost[level] for cost, level in zip(costs, node, strict=True)))

    best: Found | None = None
    front, looked_at, steps = [eye.lattice.top], 0, sum(eye.lattice.top)
    for step in range(steps + 1):
        progress(step / max(steps, 1), looked_at)
        kept = []
        for node in front:
            seen = eye.look(node, bare(node), best.loss if best else np.inf)
            looked_at += 1
            kept += [] if seen.hopeless else [node]
            if seen.holds and (best is None or seen.loss < best.loss - TINY):
                best = Found(node, seen.loss, seen.dropped, looked_at, proven=False)
        below = {(*node[:at], level - 1, *node[at + 1 :]) for node in kept for at, level in enumerate(node) if level}
        front = sorted(below, key=lambda node: (bare(node), node))[:WIDTH]
    return best


class _Exact:
    def __init__(self, eye: Eye, best: Found | None) -> None:
        self.eye = eye
        self.shape = eye.lattice.shape
        self.bare = eye.lattice.losses()
        self.bound = self.bare.copy()
        self.out = np.zeros(self.shape, dtype=bool)
        self.seen: dict[Node, bool] = {}
        self.best = best

    @property
    def least(self) -> float:
        return self.best.loss if self.best else np.inf

    def run(self, progress: Progress) -> Found | None:
        self.look(self.eye.lattice.top)
        bare, bound, out = self.bare.ravel(), self.bound.ravel(), self.out.ravel()
        order = np.argsort(bare, kind="stable")
        for at, number in enumerate(order):
            if bare[number] >= self.least - TINY:
                break
            if at % 512 == 0:
                progress(at / len(order), len(self.seen))
            if not out[number] and bound[number] < self.least - TINY:
                self._decide(tuple(int(level) for level in np.unravel_index(number, self.shape)))
        progress(1.0, len(self.seen))
        return self.best and Found(self.best.node, self.best.loss, self.best.dropped, len(self.seen), proven=True)

    def look(self, node: Node) -> bool:
        """Learn what one node says of itself and of those below; False when it rules them all out."""
        if node not in self.seen:
            seen = self.eye.look(node, float(self.bare[node]), self.least)
            below = tuple(slice(0, level + 1) for level in node)
            if seen.hopeless:
                self.out[below] = True
            else:
                np.maximum(self.bound[below], self.bare[below] + seen.extra, out=self.bound[below])
            if seen.holds and seen.loss < self.least - TINY:
                self.best = Found(node, seen.loss, seen.dropped, 0, proven=True)
            self.seen[node] = not seen.hopeless
        return self.seen[node]

    def _decide(self, node: Node) -> None:
        """Rule the node out from as high up as can be, or look at it."""
        chain = self._chain(node)
        low, high = -1, len(chain) - 1
        if self.look(chain[-1]):
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if self.look(chain[middle]) else (middle, high)
        if not self.out[node] and self.bound[node] < self.least - TINY:
            self.look(node)

    def _chain(self, node: Node) -> list[Node]:
        """From a node upwards by the cheapest steps, as long as that could still be better than the best."""
        chain = [node]
        while True:
            at = chain[-1]
            steps = [(*at[:place], at[place] + 1, *at[place + 1 :]) for place in range(len(at))]
            better = [
                (self.bare[up], up)
                for up, size, level in zip(steps, self.shape, at, strict=True)
                if level + 1 < size and self.bare[up] < self.least - TINY and not self.out[up]
            ]
            if not better:
                return chain
            chain.append(min(better)[1])
