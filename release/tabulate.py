"""`python -m release tables`: frequency tables, for cohorts in which rows would tell."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console

from instruments.editions import hierarchies
from release.building import attacked, month_of, new_folder, read_instrument, reads, refusals, writes
from release.design import design
from release.errors import Declined
from release.plan import Plan, find_plan
from release.published import FORM, MANIFEST, digest
from release.rows import read_boxes, read_rows
from release.tables import Tables, tables
from release.tables_page import page, write_tables
from release.targets import NOTHING_BELOW


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    reads(command)
    writes(command)


def run(chosen: argparse.Namespace) -> int:
    """Tabulate. Returns: as `build` does."""
    console = Console(stderr=True)
    with refusals(console) as ended:
        ended.number = _tabulate(chosen, console)
    return ended.number


def _tabulate(chosen: argparse.Namespace, console: Console) -> int:
    month = month_of(chosen.month)
    new_folder(chosen.out)
    plan = find_plan(chosen.plan)
    laid = design(plan, read_instrument(chosen.dictionary), hierarchies())
    cohort = read_rows(chosen.rows, laid, chosen.wave)
    if cohort.n < NOTHING_BELOW:
        raise Declined("floor", f"there are {cohort.n} rows, and nothing is published of fewer than {NOTHING_BELOW}")
    told = tables(laid, cohort, read_boxes(chosen.rows, laid, chosen.wave))
    return attacked(chosen.out, [], console, lambda folder: write(told, plan, folder, month))


def write(told: Tables, plan: Plan, folder: Path, month: str) -> None:
    """The folder with its files, the manifest last."""
    folder.mkdir(parents=True)
    write_tables(told, page(told, plan.title or plan.id), folder)
    manifest = {
        "form": FORM,
        "product": "tables",
        "plan": {"id": plan.id, "title": plan.title},
        "series": plan.series,
        "number": 1,
        "protocol": plan.protocol,
        "month": month,
        "instrument": plan.instrument,
        "files": {path.name: digest(path) for path in sorted(folder.iterdir())},
        "previous": "",
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
