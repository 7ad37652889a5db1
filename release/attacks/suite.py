"""All kinds of attack, in the order of the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from release.attacks import combinations, files, inference, linkage, series
from release.attacks.result import Attack, Result
from release.published import Published

KINDS: dict[str, Attack] = {
    "schema": files.schema,
    "k": linkage.alike,
    "l": inference.diversity,
    "t": inference.closeness,
    "km": combinations.itemsets,
    "prosecutor": linkage.prosecutor,
    "journalist": linkage.journalist,
    "homogeneity": inference.homogeneity,
    "skew": inference.skew,
    "exclusion": inference.exclusion,
    "differencing": series.differencing,
    "composition": series.composition,
    "minimality": series.minimality,
    "metadata": files.metadata,
    "membership": files.membership,
}


def attack(
    release: Published, previous: Sequence[Published], tell: Callable[[str], None] = lambda kind: None
) -> dict[str, Result]:
    """Every attack on a release, with those before it at hand."""
    found = {}
    for kind, one in KINDS.items():
        tell(kind)
        found[kind] = one(release, previous)
    return found
