"""All kinds of attack, in the order of the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from release.attacks import combinations, files, inference, linkage, reconstruction, series
from release.attacks.result import Attack, Result
from release.published import PUBLISHED, TABULATED, Published

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
    "lp": reconstruction.reconstruction,
    "metadata": files.metadata,
    "membership": files.membership,
}


# What is looked for where there are no rows.
OF: dict[str, tuple[str, ...]] = {
    TABULATED: ("schema", "differencing", "composition", "lp"),
    PUBLISHED: ("schema", "membership"),
}


def attack(
    release: Published, previous: Sequence[Published], tell: Callable[[str], None] = lambda kind: None
) -> dict[str, Result]:
    """Every attack on a release, with those before it at hand."""
    found = {}
    for kind, one in KINDS.items():
        tell(kind)
        fits = kind in OF.get(str(release.manifest["product"]), KINDS)
        found[kind] = one(release, previous) if fits else Result(True, 0.0, 0.0, "There are no rows in this release.")
    return found
