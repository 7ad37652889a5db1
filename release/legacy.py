"""`python -m release legacy`: a REDCap export in; rows as `build` takes them out, and a report of what was left."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from instruments.field import Field, Instrument
from instruments.row import CONSENT, columns
from release.answered import MEANINGS
from release.building import WRITTEN, read_instrument, refusals
from release.earlier import MONTH, Legacy, Wanted, rows_of
from release.errors import PlanError, RowsError
from release.export import OWN, Export, box_of, read_export

NAMED = 20  # lines of the export that a report names for each reason


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("--export", type=Path, required=True, help="REDCap's CSV export, raw data")
    command.add_argument("--dictionary", required=True, help="the instrument: intake.v1.csv")
    command.add_argument("--out", type=Path, required=True, metavar="ROWS", help="the file of rows to write, new")
    command.add_argument("--consent", default="=".join(CONSENT), metavar="COLUMN=CODE", help="who agreed to research")
    command.add_argument("--missing", nargs="*", default=[], metavar="CODE=MEANING", help="unasked, left or pnts")
    command.add_argument("--event", default="", help="the event that is read, where there are more")
    command.add_argument("--instance", default="", help="the instance that is read, where a form repeats")
    command.add_argument("--month", default="", metavar="COLUMN", help="a date: rows carry its month (public page)")


def run(chosen: argparse.Namespace) -> int:
    """Make rows. Returns: 0 written; 1 an input is refused."""
    console = Console(stderr=True)
    with refusals(console) as ended:
        if chosen.out.exists():
            raise PlanError(f"“{chosen.out}” is there already; name a new file")
        missing = dict(_pair("--missing", one, "NA=unasked") for one in chosen.missing)
        for meaning in missing.values():
            if meaning not in MEANINGS:
                raise PlanError(f"--missing: a code means one of {', '.join(MEANINGS)}")
        consent = _pair("--consent", chosen.consent, "agreed=1")
        wanted = Wanted(consent, missing, chosen.event, chosen.instance, chosen.month)
        instrument = read_instrument(chosen.dictionary)
        export = read_export(chosen.export, instrument, missing)
        made = rows_of(export, instrument, wanted)
        write_rows(made, instrument, chosen.out)
        left = left_out(export, instrument, missing)
        Console(file=sys.stdout).print(report(made, left, instrument), highlight=False, markup=False, soft_wrap=True)
        console.print(f"Written: {chosen.out}", highlight=False, markup=False)
        ended.number = WRITTEN
    return ended.number


def write_rows(made: Legacy, instrument: Instrument, out: Path) -> None:
    """The file of rows, for its owner's eyes only. Raises: RowsError when there is nobody to write."""
    if not made.rows:
        raise RowsError("no line of this export becomes a row: " + "; ".join(_lines(made)))
    text = io.StringIO()
    names = [*columns(instrument), *(name for name in (MONTH,) if name in made.rows[0])]
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(made.rows)
    out.touch(mode=0o600, exist_ok=False)
    out.write_text(text.getvalue(), encoding="utf-8", newline="")


def report(made: Legacy, left: Mapping[str, list[str]], instrument: Instrument) -> str:
    """What became rows and what did not, in words, without anybody's answers."""
    said = [f"{len(made.rows)} rows of {instrument.id}"]
    said += ["", "Lines left out", *(_lines(made) or ["none"])]
    said += ["", "Columns left out", *(f"{why}: {', '.join(names)}" for why, names in left.items())]
    changed = [f"{name}, {times} times, {why}" for (name, why), times in sorted(made.changed.items())]
    return "\n".join([*said, "", "Answers told otherwise than in the export", *(changed or ["none"])])


def _lines(made: Legacy) -> list[str]:
    """How many lines were left out and why, and where to look for the first of them."""
    return [
        f"{why}: {len(lines)} (line {', '.join(map(str, lines[:NAMED]))}{', …' * (len(lines) > NAMED)})"
        for why, lines in made.lines.items()
    ]


def left_out(export: Export, instrument: Instrument, missing: Mapping[str, str]) -> dict[str, list[str]]:
    """The columns that no row carries, by reason; a question with boxes once."""
    of = {column: one for one in instrument.fields for column in one.columns}
    of |= {box_of(one, code): one for one in instrument.fields for code in missing if one.type == "checkbox"}
    own = {f"{one.form}_{what}" for one in instrument.fields for what in ("complete", "timestamp")}
    kept = {*columns(instrument)}
    made: dict[str, list[str]] = defaultdict(list)
    for name in export.heading:
        if name in OWN or name in own:
            made["REDCap's own"].append(name)
        elif name not in of:
            made["not in this dictionary"].append(name)
        elif not kept & set(of[name].columns):
            names = made[_reason(of[name])]
            names.extend({of[name].name} - set(names))
    return made


def _reason(one: Field) -> str:
    if one.barred:
        return one.barred
    if not one.policy.stated:
        return "the dictionary states no policy for it"
    if not one.policy.default_on:
        return "off unless a deployment asks it"
    return f"its policy keeps it out (export={one.policy.export})"


def _pair(option: str, told: str, like: str) -> tuple[str, str]:
    name, sign, value = told.partition("=")
    if not (name and sign and value):
        raise PlanError(f"{option} is written like {like}")
    return name, value
