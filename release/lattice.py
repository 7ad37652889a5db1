"""All ways to make the columns coarser: one level for each column, the same for all rows (full-domain).

A node is a tuple of levels. Nodes grow coarser upwards; what was dropped at one may be dropped at every finer one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np

from release.hierarchy import Hierarchy

Node = tuple[int, ...]


@dataclass
class Lattice:
    """Columns of codes under their hierarchies.

    Args: columns: one array of n code numbers a column. weights: of each column in the loss, any positive numbers.
    """

    columns: Sequence[np.ndarray]
    hierarchies: Sequence[Hierarchy]
    weights: Sequence[float] = ()
    groups: list[list[np.ndarray]] = field(init=False)
    share: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        given = np.array(self.weights or [1.0] * len(self.hierarchies), dtype=float)
        self.share = given / given.sum()
        self.groups = [
            [_narrow(level.group)[column] for level in one.levels]
            for one, column in zip(self.hierarchies, self.columns, strict=True)
        ]

    @property
    def n(self) -> int:
        return len(self.columns[0])

    @property
    def shape(self) -> Node:
        return tuple(len(one.levels) for one in self.hierarchies)

    @property
    def nodes(self) -> int:
        return prod(self.shape)

    @property
    def top(self) -> Node:
        return tuple(size - 1 for size in self.shape)

    def column_loss(self, place: int) -> np.ndarray:
        """The mean cost of one column at each of its levels, times its share in the loss."""
        one, column = self.hierarchies[place], self.columns[place]
        seen = np.bincount(column, minlength=len(one.codes))
        mean = [float((seen * level.cost[level.group]).sum()) / self.n for level in one.levels]
        loss: np.ndarray = np.array(mean) * self.share[place]
        return loss

    def losses(self) -> np.ndarray:
        """The loss of every node if nothing were dropped, as an array of the lattice's shape."""
        loss = np.zeros(self.shape)
        for place in range(len(self.shape)):
            spread = [1] * len(self.shape)
            spread[place] = -1
            loss += self.column_loss(place).reshape(spread)
        return loss

    def loss(self, node: Node) -> float:
        """The loss of one node if nothing were dropped."""
        return float(sum(self.column_loss(place)[level] for place, level in enumerate(node)))


def _narrow(numbers: np.ndarray) -> np.ndarray:
    return numbers.astype(np.uint8) if len(numbers) == 0 or numbers.max() < 256 else numbers
