"""`python -m release tables`: frequency tables, for cohorts in which rows would tell."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from release.building import attacked, laid_out, month_of, new_folder, reads, refusals, writes
from release.cohort import Cohort, Multi
from release.design import Design
from release.errors import Declined
from release.overtime import may_follow
from release.plan import Plan
from release.published import FORM, MANIFEST, TABULATED, Published, digest, of_tables, read_folder
from release.rows import read_boxes, read_rows
from release.tables import Tables, tables
from release.tables_page import page, write_tables
from release.targets import NOTHING_BELOW


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    reads(command)
    command.add_argument("--previous", type=Path, nargs="*", default=[], metavar="DIR", help="earlier ones, in order")
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
    laid, later = laid_out(chosen)
    previous = [read_folder(folder) for folder in chosen.previous]
    cohort = read_rows(chosen.rows, laid, chosen.wave, later)
    boxes = read_boxes(chosen.rows, laid, chosen.wave)
    told = following(laid, cohort, boxes, previous, month)
    return attacked(
        chosen.out, chosen.previous, console, lambda folder: write(told, laid.plan, folder, month, previous)
    )


def following(
    design: Design, cohort: Cohort, boxes: Mapping[str, Multi], previous: Sequence[Published], month: str
) -> Tables:
    """Tables that may stand beside those published before. Args: as `tables` and `build.draft`.

    Raises: Declined below the floor, or when it is too soon.
    """
    if cohort.n < NOTHING_BELOW:
        raise Declined("floor", f"there are {cohort.n} rows, and nothing is published of fewer than {NOTHING_BELOW}")
    may_follow(previous, design.plan.series, design.plan.id, month, cohort.n, TABULATED)
    before = of_tables(previous)
    levels: dict[str, int] = {}
    for one in before:
        levels |= one.manifest["scheme"]["levels"]
    return tables(design, cohort, boxes, levels, [one.tables for one in before if one.tables])


def write(told: Tables, plan: Plan, folder: Path, month: str, previous: Sequence[Published] = ()) -> None:
    """The folder with its files, the manifest last."""
    folder.mkdir(parents=True)
    write_tables(told, page(told, plan), folder)
    manifest = {
        "form": FORM,
        "product": TABULATED,
        "plan": {"id": plan.id, "title": plan.title},
        "series": plan.series,
        "number": len(previous) + 1,
        "protocol": plan.protocol,
        "approved": plan.approved,
        "approved_until": plan.approved_until,
        "month": month,
        "instrument": plan.instrument,
        "scheme": {"levels": dict(told.levels), "boxes": {}},
        "files": {path.name: digest(path) for path in sorted(folder.iterdir())},
        "previous": digest(previous[-1].folder / MANIFEST) if previous else "",
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
