"""The attack report as a page for a board."""

from __future__ import annotations

from collections.abc import Mapping

from release.attacks.result import Result
from release.page import bar, cell, column, document, heading, paragraph, table

NAMES = {
    "schema": "Something in the files that nobody approved",
    "k": "Too few rows that look alike (k)",
    "l": "Too few different answers in a class (l)",
    "t": "A class unlike everybody (t)",
    "km": "Boxes that few ticked together (k^m)",
    "prosecutor": "Knowing that she is in it, and all about her",
    "journalist": "Looking for anybody at all",
    "homogeneity": "A box that all of a class ticked",
    "skew": "A box ticked more, or less, than by everybody",
    "exclusion": "Knowing that one answer is wrong",
    "differencing": "Subtracting one release from the next",
    "composition": "Laying releases over each other",
    "minimality": "Asking why something was made coarser",
    "lp": "Computing small counts from tables",
    "metadata": "Reading the order of rows and their numbers",
    "membership": "Knowing that she is in it, or which row is hers",
}
NOTES = (
    "Before a release is handed out we attack it ourselves, with the written files and all earlier releases at hand. "
    "Each line is one kind of attack. “Right” is how often the attacker is right about the people in the file, at the "
    "worst place where it depends on the place; “guess” is how often somebody would be who never saw it. The upper "
    "bar shows the one, the lower bar the other."
)


def page(found: Mapping[str, Result], manifest: str, targets: Mapping[str, object] | None = None) -> str:
    """The page. Args: manifest: SHA-256 of the manifest of the release. targets: what it promises to hold, if rows."""
    caught = [kind for kind, one in found.items() if not one.holds]
    verdict = f"The release withstands all {len(found)} kinds of attack."
    if caught:
        verdict = f"Do not publish this release. These attacks succeed: {', '.join(caught)}."
    rows = [
        [
            heading(NAMES[kind], one.words),
            cell("holds") if one.holds else '<td class="caught">CAUGHT</td>',
            cell(f"{one.success:.1%}", number=True),
            cell(f"{one.guess:.1%}", number=True),
            bar(one.success, one.guess),
        ]
        for kind, one in found.items()
    ]
    headings = [
        column("Attack"), column("Result"), column("Right", "number"), column("Guess", "number"),
        column("", "plot"),
    ]  # fmt: skip
    parts = [paragraph(verdict), *_promised(targets or {}), paragraph(NOTES)]
    parts += [table("All kinds of attack", headings, rows), paragraph(f"Manifest (SHA-256): {manifest}")]
    return document("Attack report", *parts)


def _promised(targets: Mapping[str, object]) -> list[str]:
    told = ", ".join(f"{name} {value:g}" for name, value in targets.items() if isinstance(value, int | float))
    return [paragraph(f"What the plan asks for: {told}.")] if told else []
