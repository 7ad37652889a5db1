"""Tables as a page, in the manner of a paper's Table 1. Every number in it is a published one."""

from __future__ import annotations

import json
from pathlib import Path

from release.attacks.reconstruction import LEAST, ROUNDED_TO
from release.page import bar, cell, column, document, grouped, heading, paragraph
from release.plan import PEOPLE, Plan
from release.published import TABLES, TABLES_PAGE
from release.tables import Table, Tables

NOT_SHOWN = "not shown"
NO_BAR = '<td class="plot"></td>'


def write_tables(told: Tables, words: str, folder: Path) -> None:
    """Every published number, for machines and for people. Args: words: the page."""
    (folder / TABLES).write_text(json.dumps(told.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / TABLES_PAGE).write_text(words, encoding="utf-8")


def page(told: Tables, plan: Plan, above: str = "") -> str:
    """The page: one table, a group of rows for each question. Args: above: what is to be said of all of it."""
    asked = "N is the number who answered the question. " if plan.counts == PEOPLE else ""
    notes = (
        f"{above}About {told.people} {plan.counts}. {asked}Every number is rounded to a multiple of {ROUNDED_TO}, and "
        f"percentages are of rounded numbers. Answers that fewer than {LEAST} gave are put together with others; what "
        f"fewer than {LEAST} ticked, or all but fewer than {LEAST}, is not shown."
    )
    title = plan.title or plan.id
    kappa = any(one.kappa for one in told.tables)
    headings = [column("Answer"), column("n/N (%)", "number"), *([column("Kappa", "number")] if kappa else [])]
    groups = [(_heading(one), _rows(one, kappa)) for one in told.tables]
    caption = f"{plan.caption}. {title}" if plan.caption else "All questions"
    whole = grouped(caption, [*headings, column("", "plot")], groups)
    return document(title, paragraph(notes), whole)


def _heading(one: Table) -> str:
    return one.label + (" – more than one answer possible" if one.many and "all that apply" not in one.label else "")


def _rows(one: Table, kappa: bool) -> list[list[str]]:
    rows = []
    for line in one.lines:
        agreed = one.kappa.get(line.codes[0])
        said = [cell("" if agreed is None else f"{agreed:.2f}", number=True)] if kappa else []
        rows.append([heading(line.label), *_share(line.n, one.of, said)])
    if one.missing is not None:
        empty = [cell("")] if kappa else []
        rows.append([heading("No answer, or not asked"), cell(str(one.missing), number=True), *empty, NO_BAR])
    return rows


def _share(n: int | None, of: int, said: list[str]) -> list[str]:
    if n is None:
        return [cell(NOT_SHOWN, number=True), *said, NO_BAR]
    share = min(n, of) / of
    return [cell(f"{min(n, of)}/{of} ({share:.0%})", number=True), *said, bar(share)]
