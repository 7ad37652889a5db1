"""Tables as a page, in the manner of a paper's Table 1. Every number in it is a published one."""

from __future__ import annotations

import json
from pathlib import Path

from release.attacks.reconstruction import LEAST, ROUNDED_TO
from release.page import bar, cell, column, document, heading, paragraph, table
from release.published import TABLES, TABLES_PAGE
from release.tables import Table, Tables

NOT_SHOWN = "not shown"
HEAD = (column("Answer"), column("n/N", "number"), column("%", "number"), column("", "plot"))
NO_BAR = '<td class="plot"></td>'


def write_tables(told: Tables, words: str, folder: Path) -> None:
    """Every published number, for machines and for people. Args: words: the page."""
    (folder / TABLES).write_text(json.dumps(told.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / TABLES_PAGE).write_text(words, encoding="utf-8")


def page(told: Tables, title: str, above: str = "") -> str:
    """The page. Args: above: what is to be said of all tables."""
    notes = (
        f"{above}{told.people} people, rounded. Every number is rounded to a multiple of {ROUNDED_TO}, and "
        f"percentages are of rounded numbers. Answers that fewer than {LEAST} people gave are put together with "
        f"others; a box that fewer than {LEAST} ticked, or all but fewer than {LEAST}, is not shown."
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
