"""Boxes that few ticked together: knowing two of somebody's answers, finding the third."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from release.attacks.result import Result
from release.published import Published


def itemsets(release: Published, previous: Sequence[Published]) -> Result:
    """k^m: every set of up to m boxes is ticked by nobody or by enough."""
    support, together = int(release.targets["support"]), int(release.targets["together"])
    ticks = release.ticks.astype(np.float32)
    pairs = ticks.T @ ticks
    seen = pairs[pairs > 0]
    if together < 2:
        seen = np.diag(pairs)[np.diag(pairs) > 0]
    fewest = float(seen.min(initial=np.inf))
    if together > 2:
        fewest = min([fewest, *(_with(ticks, place) for place in range(ticks.shape[1]))])
    if not np.isfinite(fewest):
        return Result(True, 0.0, 0.0, "No boxes.")
    words = f"The rarest set of up to {together} boxes was ticked by {fewest:.0f}; the plan asks for {support} or none."
    return Result(fewest >= support, 1 / fewest, 1 / max(release.n, 1), words)


def _with(ticks: np.ndarray, place: int) -> float:
    """The least support of three boxes of which one is at this place."""
    part = ticks[ticks[:, place] > 0]
    three = part.T @ part
    return float(three[three > 0].min(initial=np.inf))
