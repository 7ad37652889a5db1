"""Tables as a page, in the manner of a paper's Table 1. Every number in it is a published one."""

from __future__ import annotations

from release.attacks.reconstruction import LEAST, ROUNDED_TO
from release.page import bar, cell, column, document, heading, paragraph, table
from release.tables import Table, Tables

NOT_SHOWN = "not shown"
HEAD = (column("Answer"), column("n/N", "number"), column("%", "number"), column("", "plot"))
NO_BAR = '<td class="plot"></td>'


def page(told: Tables, title: str) -> str:
    """The page."""
    notes = (
        f"{told.people} people, rounded. Every number is rounded to a multiple of {ROUNDED_TO}, and percentages are of "
        f"rounded numbers. Answers that fewer than {LEAST} people gave are put together with others; a box that fewer "
        f"than {LEAST} ticked, or all but fewer than {LEAST}, is not shown."
    )
    return document(title, paragraph(notes), *(_table(one) for one in told.tables))


def _table(one: Table) -> str:
    rows = [_line(line.label, line.n, one.of) for line in one.lines]
    if one.missing is not None:
        rows.append([heading("No answer, or not asked"), cell(str(one.missing), number=True), cell(""), NO_BAR])
    words = one.label + (" (more than one answer possible)" if one.many else "")
    return table(words, HEAD, rows)


def _line(label: str, n: int | None, of: int) -> list[str]:
    if n is None:
        return [heading(label), cell(NOT_SHOWN, number=True), cell(""), NO_BAR]
    share = min(n, of) / of
    return [heading(label), cell(f"{min(n, of)}/{of}", number=True), cell(f"{share:.0%}", number=True), bar(share)]
