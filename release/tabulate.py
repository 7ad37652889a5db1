"""`python -m release tables`: frequency tables, for cohorts in which rows would tell."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console

from instruments.editions import hierarchies
from release.building import attacked, month_of, new_folder, read_instrument, refusals
from release.design import design
from release.errors import Declined
from release.plan import Plan, find_plan
from release.published import FORM, MANIFEST, TABLES, digest
from release.rows import read_boxes, read_rows
from release.tables import Tables, tables
from release.tables_page import page
from release.targets import NOTHING_BELOW

PAGE = "tables.html"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("--rows", type=Path, required=True, help="the CSV of rows")
    command.add_argument("--dictionary", required=True, help="the instrument: intake.v1.csv")
    command.add_argument("--plan", required=True, help="a plan by name, or its file: table-one.v1")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write, new or empty")
    command.add_argument("--month", default="", help="of the release, as 2026-11 (this month)")


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
    cohort = read_rows(chosen.rows, laid)
    if cohort.n < NOTHING_BELOW:
        raise Declined("floor", f"there are {cohort.n} rows, and nothing is published of fewer than {NOTHING_BELOW}")
    told = tables(laid, cohort, read_boxes(chosen.rows, laid))
    return attacked(chosen.out, [], console, lambda folder: write(told, plan, folder, month))


def write(told: Tables, plan: Plan, folder: Path, month: str) -> None:
    """The folder with its files, the manifest last."""
    folder.mkdir(parents=True)
    (folder / TABLES).write_text(json.dumps(told.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / PAGE).write_text(page(told, plan.title or plan.id), encoding="utf-8")
    manifest = {
        "form": FORM,
        "product": "tables",
        "plan": {"id": plan.id, "title": plan.title},
        "series": plan.series,
        "number": 1,
        "protocol": plan.protocol,
        "approved": plan.approved,
        "approved_until": plan.approved_until,
        "month": month,
        "instrument": plan.instrument,
        "files": {path.name: digest(path) for path in sorted(folder.iterdir())},
        "previous": "",
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
