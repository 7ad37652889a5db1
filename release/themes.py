"""`python -m release themes`: comments that two people sorted into themes, counted, with how far they agree.

The texts stay on the steward's machine: what is written holds themes and numbers. A comment counts under a theme when
both coders gave it. One person may have written several comments, which nothing joins.
"""

from __future__ import annotations

import argparse
import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console

from instruments.field import Field
from release.building import attacked, month_of, new_folder, read_instrument, refusals
from release.cohort import ANSWERED, Multi
from release.errors import Declined, PlanError, RowsError
from release.kappa import kappa, pooled
from release.overtime import may_follow
from release.plan import day, read_plan
from release.published import TABULATED, of_tables, read_folder
from release.tables import Tables, boxes_table, protect, rounded
from release.tabulate import write
from release.targets import NOTHING_BELOW

NUMBER, TEXT, CODERS = "comment", "text", ("coder_1", "coder_2")
PLAN = """
name = "themes"
version = 1
title = "What comments were about"
instrument = ""
series = "themes"
[[sensitive]]
field = "themes"
"""
BETWEEN = re.compile(r"[\s;,|]+")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("--comments", type=Path, metavar="FILE", help="opened comments, to make a sheet for coders")
    command.add_argument("--sheet", type=Path, metavar="FILE", help="the sheet to write, new")
    command.add_argument("--coded", type=Path, nargs="+", metavar="FILE", help="the sheet, or one of each coder's")
    command.add_argument("--dictionary", default="outtake.v1.csv", help="where the themes are (outtake.v1.csv)")
    command.add_argument("--field", default="o_theme", help="the question whose boxes are the themes (o_theme)")
    command.add_argument("--protocol", default="", help="the number of the approved protocol")
    command.add_argument("--approved", default="", metavar="DAY", help="from which day, as 2026-10-01")
    command.add_argument("--approved-until", default="", metavar="DAY", help="and until which day")
    command.add_argument("--month", default="", help="of the release, as 2026-11 (this month)")
    command.add_argument("--previous", type=Path, nargs="*", default=[], metavar="DIR", help="earlier ones, in order")
    command.add_argument("--out", type=Path, metavar="DIR", help="the folder to write, new or empty")


def run(chosen: argparse.Namespace) -> int:
    """Make a sheet, or count what was coded. Returns: as `build` does."""
    console = Console(stderr=True)
    with refusals(console) as ended:
        if bool(chosen.comments) == bool(chosen.coded) or bool(chosen.comments) != bool(chosen.sheet):
            raise PlanError("name --comments and --sheet to make a sheet, or --coded and --out to count what was coded")
        instrument = read_instrument(chosen.dictionary)
        if chosen.field not in instrument or instrument[chosen.field].type != "checkbox":
            raise PlanError(f"“{chosen.field}” is no question with boxes in {instrument.id}")
        field = instrument[chosen.field]
        if chosen.comments:
            write_sheet(chosen.comments, chosen.sheet)
            console.print(f"Written: {chosen.sheet}. Give each coder a copy.", highlight=False, markup=False)
        else:
            ended.number = _count(chosen, field, instrument.id, console)
    return ended.number


def write_sheet(comments: Path, sheet: Path) -> None:
    """The comments in a new order with their numbers, and a column for each coder. For its owner's eyes only.

    Raises: RowsError; PlanError when there is a file already.
    """
    if sheet.exists():
        raise PlanError(f"“{sheet}” is there already; name a new file")
    texts = sorted(one[TEXT] for one in _lines(comments, (TEXT,)) if one[TEXT].strip())
    sheet.touch(mode=0o600)
    with sheet.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow([NUMBER, TEXT, *CODERS])
        writer.writerows([number, _plain(text), "", ""] for number, text in enumerate(texts, 1))


def _plain(text: str) -> str:
    """No spreadsheet takes a comment for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def read_codes(paths: list[Path], field: Field) -> tuple[np.ndarray, np.ndarray]:
    """What each coder gave each comment: two arrays, comments by themes.

    Args: paths: one sheet with both columns, or the first coder's and the second's.
    Raises: RowsError by file, line and column, never with what stands there.
    """
    sheets = [_coded(path, coder, field) for path, coder in zip((paths[0], paths[-1]), CODERS, strict=True)]
    if sheets[0].keys() != sheets[1].keys():
        raise RowsError("the two coders' sheets are not about the same comments")
    first, second = (np.array([of[number] for number in sorted(sheets[0])]) for of in sheets)
    return first, second


def _coded(path: Path, coder: str, field: Field) -> dict[str, list[bool]]:
    codes, made = [choice.code for choice in field.choices], {}
    for line, one in enumerate(_lines(path, (NUMBER, coder)), 2):
        given = [code for code in BETWEEN.split(one[coder].strip()) if code]
        where = f"“{path.name}”, line {line}, column “{coder}”"
        if not given or set(given) - set(codes):
            raise RowsError(f"{where}: write one or more of {', '.join(codes)}, with spaces between them")
        if len(given) > 1 and set(given) & set(field.exclusive):
            raise RowsError(f"{where}: {', '.join(field.exclusive)} stands alone")
        if one[NUMBER] in made:
            raise RowsError(f"“{path.name}”, line {line}: this comment stands twice")
        made[one[NUMBER]] = [code in given for code in codes]
    return made


def _lines(path: Path, wanted: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            lines = list(csv.DictReader(opened, strict=True))
            heading = list(lines[0]) if lines else list(wanted)
    except (OSError, UnicodeDecodeError, csv.Error):
        raise RowsError(f"“{path.name}” can't be read; it should be a CSV in UTF-8") from None
    for name in wanted:
        if name not in heading:
            raise RowsError(f"“{path.name}”, line 1: the column “{name}” is missing")
    for number, line in enumerate(lines, 2):
        if None in line or None in line.values():
            raise RowsError(f"“{path.name}”, line {number}: this line has more or fewer cells than line 1")
    return lines


def counted(field: Field, first: np.ndarray, second: np.ndarray) -> Tables:
    """One table of the themes that both coders gave. Raises: Declined below the floor."""
    n = len(first)
    if n < NOTHING_BELOW:
        raise Declined("floor", f"there are {n} comments, and nothing is published of fewer than {NOTHING_BELOW}")
    codes = tuple(choice.code for choice in field.choices)
    both = Multi(field.name, codes, first & second, np.full(n, ANSWERED, dtype=np.uint8))
    labels = {choice.code: choice.label for choice in field.choices}
    told = boxes_table(f"Themes in comments (kappa of all themes together: {pooled(first, second):.2f})", both, labels)
    shown = {line.codes[0] for line in told.lines if line.n is not None}
    agreed = {code: round(kappa(first[:, place], second[:, place]), 2) for place, code in enumerate(codes)}
    told = replace(told, kappa={code: of for code, of in agreed.items() if code in shown})
    return Tables(rounded(n), (told,) if shown else ())


def _count(chosen: argparse.Namespace, field: Field, instrument: str, console: Console) -> int:
    if not chosen.out:
        raise PlanError("name the folder to write with --out")
    month = month_of(chosen.month)
    new_folder(chosen.out)
    plan = replace(
        read_plan(PLAN),
        instrument=instrument,
        protocol=chosen.protocol,
        approved=day(chosen.approved, "--approved"),
        approved_until=day(chosen.approved_until, "--approved-until"),
        counts="comments that people agreed to have read, each sorted by two coders on their own",
    )
    previous = [read_folder(folder) for folder in chosen.previous]
    first, second = read_codes(chosen.coded, field)
    may_follow(previous, plan.series, plan.id, month, len(first), TABULATED)
    told = protect(counted(field, first, second), [one.tables for one in of_tables(previous) if one.tables])
    if not told.tables:
        raise Declined("floor", "no theme was given to enough comments to be told")
    return attacked(chosen.out, chosen.previous, console, lambda folder: write(told, plan, folder, month, previous))
