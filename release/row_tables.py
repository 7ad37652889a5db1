"""Tables of the rows that a release publishes: what its page shows, and what a reader may print.

They count the written rows and nothing else, so they tell nobody more than the rows do; small numbers are put together
and rounded as in tables that stand alone, since they are copied into papers more easily than rows are.
"""

from __future__ import annotations

import numpy as np

from instruments.field import Instrument
from release.attacks.reconstruction import LEAST
from release.draft import STATES, Draft
from release.tables import Tables, boxes_table, choices_table, rounded


def of_rows(draft: Draft, codebook: Instrument) -> Tables:
    """One table for each column of the file, or question with boxes. Args: codebook: the release's own."""
    labels = {one.name: {choice.code: choice.label for choice in one.choices} for one in codebook.fields}
    multis = {one.field: one for one in draft.cohort.multis}
    n = draft.cohort.n
    made = [boxes_table(codebook[name].label, one, labels[name]) for name, one in multis.items() if one.items]
    for name, (codes, numbers) in draft.columns().items():
        if name in labels:
            seen = dict(zip(codes, np.bincount(numbers, minlength=len(codes)).tolist(), strict=True))
            counts = {code: seen[code] for code in codes if code not in STATES}
            missing = n - sum(counts.values())
            made.append(choices_table(name, codebook[name].label, counts, labels[name], missing, n))
    order = [one.name for one in codebook.fields]
    made.sort(key=lambda one: order.index(one.field))
    return Tables(rounded(n), tuple(one for one in made if len(one.lines) > 1 and one.of >= LEAST))
