"""`python -m release public`: a handful of histograms for everybody, sampled once for each yearly cohort."""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from instruments.editions import hierarchies
from instruments.field import Field
from release.building import attacked, month_of, new_folder, read_instrument, reads, refusals, writes
from release.design import Design, design
from release.errors import Declined, PlanError
from release.ledger import spend
from release.noise import noisy
from release.plan import Plan, find_plan
from release.public_html import page
from release.published import FORM, MANIFEST, PUBLIC, PUBLIC_PAGE, PUBLISHED, digest
from release.rows import read_column, read_months
from release.targets import ROWS_FROM

NO_ANSWER = ""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    reads(command)
    command.add_argument("--year", type=int, required=True, help="the cohort: who came in that year")
    command.add_argument("--ledger", type=Path, required=True, help="the file of what was spent; keep it for good")
    writes(command)


def run(chosen: argparse.Namespace) -> int:
    """Sample. Returns: as `build` does."""
    console = Console(stderr=True)
    with refusals(console) as ended:
        ended.number = _sample(chosen, console)
    return ended.number


def _sample(chosen: argparse.Namespace, console: Console) -> int:
    new_folder(chosen.out)
    if chosen.year >= int(month_of(chosen.month)[:4]):
        raise Declined("cohort", f"the year {chosen.year} is not over; its cohort is sampled once, when it is whole")
    laid = design(find_plan(chosen.plan), read_instrument(chosen.dictionary), hierarchies())
    if not laid.public:
        raise PlanError("this plan has no [public] page")
    counts = count(laid, chosen.rows, chosen.year, chosen.wave)
    names, epsilon = [one.name for one in laid.public], laid.plan.epsilon
    chosen.out.mkdir(parents=True, exist_ok=True)
    entry = spend(chosen.ledger, chosen.year, names, epsilon)
    sampled = {name: noisy(counts[name], epsilon / len(names)) for name in names}
    told = shown(laid, chosen.year, sampled, entry)
    console.print(f"{epsilon:g} of this cohort's privacy is spent.")
    written = partial(write, told, laid.plan, month_of(chosen.month))
    return attacked(chosen.out, [], console, written, "--ledger", str(chosen.ledger))


def write(told: dict[str, Any], plan: Plan, month: str, folder: Path) -> None:
    """The folder with its files, the manifest last."""
    folder.mkdir(parents=True)
    (folder / PUBLIC).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / PUBLIC_PAGE).write_text(page(told), encoding="utf-8")
    named = ("form", "product", "plan", "protocol", "year", "epsilon", "ledger")
    manifest = {key: told[key] for key in named} | {"month": month, "instrument": plan.instrument}
    manifest |= {"approved": plan.approved, "approved_until": plan.approved_until}
    manifest["files"] = {path.name: digest(path) for path in sorted(folder.iterdir())}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def count(laid: Design, rows: Path, year: int, wave: str = "") -> dict[str, list[int]]:
    """Exact counts of the cohort, one for each bin: what nobody is shown.

    Raises: Declined when they are fewer than 200; RowsError.
    """
    of_year = read_months(rows, laid, year, wave)
    n = int(of_year.sum())
    if n < ROWS_FROM:
        raise Declined("floor", f"there are {n} rows of {year}; the page is shown from {ROWS_FROM}")
    made = {}
    for field in laid.public:
        codes = read_column(rows, field)
        made[field.name] = np.bincount(codes[of_year], minlength=len(bins(field))).tolist()
    return made


def bins(field: Field) -> tuple[str, ...]:
    """The bins of a histogram: the dictionary's codes, and who gave no answer."""
    return (*(choice.code for choice in field.options), NO_ANSWER)


def shown(laid: Design, year: int, sampled: dict[str, list[int]], entry: str) -> dict[str, Any]:
    """What is published. Args: entry: the hash of the line of the ledger that it was spent by."""
    return {
        "form": FORM,
        "product": PUBLISHED,
        "plan": {"id": laid.plan.id, "title": laid.plan.title},
        "protocol": laid.plan.protocol,
        "year": year,
        "epsilon": laid.plan.epsilon,
        "noise": f"integer Laplace, scale {len(sampled) / laid.plan.epsilon:g}",
        "ledger": entry,
        "histograms": [
            {
                "field": field.name,
                "label": field.label,
                "bins": [
                    {"code": code, "label": _label(field, code), "n": n}
                    for code, n in zip(bins(field), sampled[field.name], strict=True)
                ],
            }
            for field in laid.public
        ],
    }


def _label(field: Field, code: str) -> str:
    return next((choice.label for choice in field.options if choice.code == code), "No answer")
