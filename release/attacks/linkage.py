"""Finding a person's row: by all that somebody may know of her, or anybody's row at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from release.attacks.result import Result
from release.published import Published


def alike(release: Published, previous: Sequence[Published]) -> Result:
    """k: in the columns of the plan every row looks like at least k - 1 others."""
    smallest = int(np.bincount(release.of).min()) if release.n else 0
    k = int(release.targets["k"])
    words = f"The smallest class has {smallest} rows; the plan asks for {k}."
    return Result(smallest >= k, 1 / max(smallest, 1), 1 / max(release.n, 1), words)


def prosecutor(release: Published, previous: Sequence[Published]) -> Result:
    """Somebody knows that she is in the file, and every quasi-identifier in it, also those the plan forgot to name."""
    names = tuple(
        one.name for one in release.codebook.fields if one.policy.cls == "quasi" and one.name in release.cells
    )
    found = len(np.unique(release.classes(names))) / max(release.n, 1) if release.n else 0.0
    three = max((_worst(release, part) for part in combinations(names, 3)), default=0.0)
    k = int(release.targets["k"])
    words = f"Whoever knows all {len(names)} quasi-identifiers finds one row in {1 / max(found, 1e-9):.0f}"
    words += f"; of any three of them, the rarest combination has {1 / three:.0f} rows" if three else ""
    box = _with_a_box(release)
    words += f". Who knows one box that she ticked as well finds one in {1 / box:.0f}." if box else "."
    return Result(found <= 1 / k, found, 1 / max(release.n, 1), words)


def journalist(release: Published, previous: Sequence[Published]) -> Result:
    """Somebody wants to find anybody at all, and reads the list of classes: it lists what the file has, no more."""
    there = Counter(release.sizes())
    listed = Counter(dict(release.listed))
    order = [release.listed_columns.index(name) for name in release.known if name in release.listed_columns]
    listed = Counter({tuple(key[place] for place in order): size for key, size in listed.items()})
    strange = (listed - there) + (there - listed)
    smallest = min(strange.values(), default=0)
    words = "The list of classes is that of the file."
    if strange:
        words = f"The list of classes tells of {len(strange)} that are not so in the file, the smallest of {smallest}."
    return Result(not strange, 1 / smallest if smallest else 0.0, 1 / max(release.n, 1), words)


def _worst(release: Published, names: tuple[str, ...]) -> float:
    of, space = np.zeros(release.n, dtype=np.int64), 1
    for name in names:
        of = of * len(release.cells[name].values) + release.cells[name].codes
        space *= len(release.cells[name].values)
    sizes = np.bincount(of, minlength=space) if space <= 1 << 22 else np.bincount(release.classes(names))
    return 1 / int(sizes[sizes > 0].min()) if release.n else 0.0


def _with_a_box(release: Published) -> float:
    """How often somebody is right who knows her class and one box that she ticked: told, since no target bounds it."""
    row, item = np.nonzero(release.ticks)
    together = np.unique(release.of[row] * (release.ticks.shape[1] + 1) + item)
    return len(together) / max(len(row), 1)
