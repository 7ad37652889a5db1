"""The public page as people read it: each bar with its number, and how far noise may have moved it."""

from __future__ import annotations

from math import ceil, log
from typing import Any

from release.page import bar, cell, column, document, heading, paragraph, table

OFTEN = 20  # one in so many numbers is moved farther than what is said


def page(told: dict[str, Any]) -> str:
    """The page. Args: told: public.json."""
    far = ceil(len(told["histograms"]) / told["epsilon"] * log(OFTEN))
    notes = (
        f"Everybody who came in {told['year']} and agreed to research is counted once in each table. Before they "
        "were published, all numbers were changed at random, once and for good, so that nobody can find out about "
        f"one person. {OFTEN - 1} of {OFTEN} numbers are at most {far} away from what was counted; small ones "
        "may be chance."
    )
    parts = [paragraph(notes)]
    for one in told["histograms"]:
        whole = max(sum(each["n"] for each in one["bins"]), 1)
        rows = [
            [heading(each["label"]), cell(str(each["n"]), number=True), bar(each["n"] / whole)] for each in one["bins"]
        ]
        parts.append(table(one["label"], (column("Answer"), column("About", "number"), column("", "plot")), rows))
    foot = f"Differential privacy: epsilon {told['epsilon']:g}, {told['noise']}. Line of the ledger: {told['ledger']}"
    return document(f"Who asked for peer support in {told['year']}", *parts, paragraph(foot))
