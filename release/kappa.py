"""How far two coders agree beyond chance.

Source: Cohen, "A coefficient of agreement for nominal scales", 1960; of several themes together: de Vries et al.,
"Using pooled kappa to summarize interrater agreement across many items", 2008.
"""

from __future__ import annotations

import numpy as np


def kappa(first: np.ndarray, second: np.ndarray) -> float:
    """Of one theme: two arrays of n booleans. Both never, or both always, is full agreement."""
    return _of(*_agreement(first, second))


def pooled(first: np.ndarray, second: np.ndarray) -> float:
    """Of all themes: two arrays, n by themes."""
    both = [_agreement(first[:, place], second[:, place]) for place in range(first.shape[1])]
    return _of(float(np.mean([one for one, _ in both])), float(np.mean([one for _, one in both])))


def _agreement(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    seen = float((first == second).mean())
    chance = float(first.mean() * second.mean() + (1 - first.mean()) * (1 - second.mean()))
    return seen, chance


def _of(seen: float, chance: float) -> float:
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0
