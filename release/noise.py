"""Counts with noise, under differential privacy: integer Laplace by OpenDP.

One person is in one bin of each histogram, so each has sensitivity 1, and h histograms share epsilon evenly.
Source: Dwork et al., "Calibrating Noise to Sensitivity", 2006; OpenDP, `make_laplace` on integers.
"""

from __future__ import annotations

from collections.abc import Sequence

import opendp.prelude as dp

dp.enable_features("contrib")


def noisy(counts: Sequence[int], epsilon: float) -> list[int]:
    """The counts with noise, never below 0. Bins are those of the dictionary, never those that occurred."""
    domain = dp.vector_domain(dp.atom_domain(T=int))
    measurement = dp.m.make_laplace(domain, dp.l1_distance(T=int), scale=1 / epsilon)
    spent: float = measurement.map(1)  # type: ignore[no-untyped-call]
    if spent > epsilon * (1 + 1e-9):
        raise ValueError("the noise is too small for its epsilon")
    return [max(0, int(one)) for one in measurement([int(one) for one in counts])]
