"""Learning what a person answered from the rows that look like hers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from instruments.field import Field
from release.attacks.result import EDGE, UNSTATED, UNUSUAL, Result
from release.published import Published


def diversity(release: Published, previous: Sequence[Published]) -> Result:
    """l: each class holds at least l distinct stated values of each column with one answer."""
    wanted, fewest, modal, usual = int(release.targets["l"]), None, 0.0, 0.0
    for _, values, held in _tables(release):
        stated = [place for place, value in enumerate(values) if value not in UNSTATED]
        distinct = (held[:, stated] > 0).sum(axis=1)
        if fewest is None or distinct.min() < fewest:
            worst = held[distinct.argmin()]
            fewest, modal = int(distinct.min()), float(worst.max() / worst.sum())
            usual = float(held.sum(axis=0).max() / held.sum())
    words = f"The poorest class holds {fewest} distinct answers; the plan asks for {wanted}."
    return Result(fewest is None or fewest >= wanted, modal, usual, words if fewest is not None else "No such column.")


def closeness(release: Published, previous: Sequence[Published]) -> Result:
    """t: no class's answers are distributed too differently from everybody's."""
    wanted, farthest, right, usual = float(release.targets["t"]), 0.0, 0.0, 0.0
    for _, _, held in _tables(release):
        whole = held.sum(axis=0) / held.sum()
        distance = np.abs(held / held.sum(axis=1, keepdims=True) - whole).sum(axis=1) / 2
        if distance.max() >= farthest:
            farthest, usual = float(distance.max()), float(whole.max())
            right = float(held.max(axis=1).sum() / held.sum())
    words = f"The strangest class is {farthest:.2f} away from all rows; the plan allows {wanted:g}."
    return Result(farthest <= wanted + EDGE, right, usual, words)


def exclusion(release: Published, previous: Sequence[Published]) -> Result:
    """Known not X: who knows one answer to be wrong is not left with one other."""
    wanted, worst, usual, words = float(release.targets["exclusion"]), 0.0, 0.0, "No such column."
    for field, values, held in _tables(release):
        whole, sizes = held.sum(axis=0), held.sum(axis=1)
        for out in range(len(values)):
            left, all_left = sizes - held[:, out], whole.sum() - whole[out]
            for other in range(len(values)):
                if other == out or whole[other] > UNUSUAL * all_left:
                    continue
                share = float((held[:, other] / np.maximum(left, 1)).max())
                if share > worst:
                    worst, usual = share, float(whole[other] / max(all_left, 1))
                    words = f"“{field.name}”: who knows one answer to be wrong finds the right one in {share:.0%}."
    return Result(worst <= wanted + EDGE, worst, usual, words)


def homogeneity(release: Published, previous: Sequence[Published]) -> Result:
    """No class all of whose rows ticked what under 80% of everybody ticked."""
    ticked, sizes, usual = _items(release)
    flat = (ticked == sizes[:, None]) & (usual < UNUSUAL)
    if not flat.any():
        return Result(True, 0.0, 0.0, "No class gives away a box that all of it ticked.")
    place = int(flat.any(axis=0).argmax())
    sure = float(sizes[flat.any(axis=1)].sum() / release.n)
    words = f"All of a class ticked “{release.items[place]}”, {usual[place]:.0%} of all; so for {sure:.0%} of rows."
    return Result(False, 1.0, float(usual[place]), words)


def skew(release: Published, previous: Sequence[Published]) -> Result:
    """No class ticked a box much more, or less, often than everybody."""
    ticked, sizes, usual = _items(release)
    if not ticked.size:
        return Result(True, 0.0, 0.0, "No boxes.")
    share = ticked / sizes[:, None]
    off = np.abs(share - usual)
    row, place = np.unravel_index(int(off.argmax()), off.shape)
    wanted = float(release.targets["share"])
    words = f"“{release.items[place]}”: ticked by {share[row, place]:.0%} of a class, {usual[place]:.0%} of everybody."
    best = max(float(share[row, place]), 1 - float(share[row, place]))
    guess = max(float(usual[place]), 1 - float(usual[place]))
    return Result(bool(off.max() <= wanted + EDGE), best, guess, words)


def _tables(release: Published) -> Iterator[tuple[Field, tuple[str, ...], np.ndarray]]:
    """Each column with one answer: its values, and how often each class holds each."""
    classes = int(release.of.max(initial=-1)) + 1
    for field in release.singles:
        values, codes = release.cells[field.name].values, release.cells[field.name].codes
        held = np.bincount(release.of * len(values) + codes, minlength=classes * len(values)).reshape(classes, -1)
        yield field, values, held


def _items(release: Published) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ticks of each class and item, rows of each class, and the share of everybody that ticked each item."""
    sizes = np.bincount(release.of)
    ticks = release.ticks
    row, item = np.nonzero(ticks)
    wide = ticks.shape[1]
    ticked = np.bincount(release.of[row] * wide + item, minlength=len(sizes) * wide).reshape(len(sizes), wide)
    return ticked, sizes, ticks.mean(axis=0) if release.n and wide else np.zeros(wide)
