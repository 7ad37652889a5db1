"""`python -m release build`: rows in, a folder out that has withstood every attack, or a word why not."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from instruments.dictionary import read_dictionary
from instruments.editions import CONSENTS, FOLDER, hierarchies
from instruments.errors import DictionaryError
from instruments.field import Instrument
from release.build import draft
from release.changes import Later
from release.design import Design, design
from release.draft import Draft
from release.errors import Declined, FolderError, PlanError, RowsError
from release.overtime import of_one_wave
from release.plan import find_plan
from release.published import read_folder
from release.rows import read_rows
from release.waves import wave_told
from release.write import write

WRITTEN, REFUSED, DECLINED, CAUGHT = 0, 1, 3, 4
REPORT = "attack-report"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    reads(command)
    command.add_argument("--previous", type=Path, nargs="*", default=[], metavar="DIR", help="earlier ones, in order")
    writes(command)
    command.add_argument("--preview", action="store_true", help="show what would be published, and write nothing")


def reads(command: argparse.ArgumentParser) -> None:
    """What every command that reads rows is told."""
    command.add_argument("--rows", type=Path, required=True, help="the CSV of rows")
    command.add_argument("--wave", default="", help="which rows, where the file holds several waves: followup-12")
    command.add_argument("--dictionary", required=True, help="the instrument: intake.v1.csv")
    command.add_argument("--later", type=Path, metavar="ROWS", help="where the plan is about changes: the later rows")
    command.add_argument("--later-wave", default="", metavar="WAVE", help="which of them: followup-12")
    command.add_argument("--later-dictionary", default="", metavar="DICTIONARY", help="their instrument")
    command.add_argument("--plan", required=True, help="a plan by name, or its file: table-one.v1")
    command.add_argument("--month", default="", help="of the release, as 2026-11 (this month)")


def writes(command: argparse.ArgumentParser) -> None:
    """What every command that writes a folder is told."""
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write, new or empty")


def run(chosen: argparse.Namespace) -> int:
    """Build. Returns: 0 written; 1 an input is refused; 3 nothing may be published; 4 an attack succeeded."""
    console = Console(stderr=True)
    with refusals(console) as ended:
        ended.number = _build(chosen, console)
    return ended.number


@dataclass
class Ended:
    """With which number a command ends."""

    number: int = WRITTEN


@contextmanager
def refusals(console: Console) -> Iterator[Ended]:
    """Says in words what was refused or declined, and keeps the number to end with."""
    ended = Ended()
    try:
        yield ended
    except (PlanError, RowsError, DictionaryError, FolderError, OSError) as wrong:
        ended.number = REFUSED
        console.print(f"Nothing was built: {wrong}", style="bold", highlight=False, markup=False)
    except Declined as no:
        ended.number = DECLINED
        words = f"Nothing may be published ({no.target}): {no.words}."
        console.print(words, style="bold", highlight=False, markup=False)


def _build(chosen: argparse.Namespace, console: Console) -> int:
    month = month_of(chosen.month)
    new_folder(chosen.out)
    laid, later = laid_out(chosen)
    if not laid.known:
        raise PlanError("this plan names no quasi-identifiers: it is about tables")
    previous = [read_folder(folder) for folder in chosen.previous]
    of_one_wave(previous, wave := read_wave(chosen))
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("reading rows", total=1.0)
        cohort = read_rows(chosen.rows, laid, chosen.wave, later)
        bar.update(task, description="searching")
        made = draft(laid, cohort, previous, month, lambda share, seen: bar.update(task, completed=share))
    Console(file=sys.stdout).print(preview(made))
    if chosen.preview:
        return WRITTEN
    written = partial(write, made, month=month, previous=previous, wave=wave)
    return attacked(chosen.out, chosen.previous, console, written)


def laid_out(chosen: argparse.Namespace) -> tuple[Design, Later | None]:
    """The plan over its dictionaries, and the later rows where it is about changes.

    Raises: PlanError, DictionaryError.
    """
    if bool(chosen.later) != bool(chosen.later_dictionary):
        raise PlanError("name the later rows and their dictionary together: --later and --later-dictionary")
    after = read_instrument(chosen.later_dictionary) if chosen.later else None
    laid = design(find_plan(chosen.plan), read_instrument(chosen.dictionary), hierarchies(), after)
    if after and not laid.plan.changes:
        raise PlanError("this plan is about no changes; leave --later out")
    return laid, Later(chosen.later, after, chosen.later_wave) if after else None


def read_wave(chosen: argparse.Namespace) -> str:
    """Which wave, or change between two, a release is of. Raises: RowsError."""
    wave = wave_told(chosen.rows, chosen.wave)
    return f"{wave} to {wave_told(chosen.later, chosen.later_wave)}" if chosen.later else wave


def attacked(out: Path, previous: Sequence[Path], console: Console, written: Callable[[Path], None], *more: str) -> int:
    """Write beside the wanted folder, attack what was written, and move it there only if it withstands.

    Args: more: what else `verify` is told.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".release-") as beside:
        folder = Path(beside) / "release"
        written(folder)
        command = [sys.executable, "-m", "release", "verify", str(folder), "--report", str(folder / REPORT)]
        done = subprocess.run([*command, *more, "--previous", *map(str, previous)], check=False)
        if done.returncode:
            console.print("Nothing was published.", style="bold")
            return CAUGHT
        shutil.copytree(folder, out, dirs_exist_ok=True)
    console.print(f"Written: {out}")
    return WRITTEN


def month_of(told: str) -> str:
    """The month of a release; this one when none is told. Raises: PlanError."""
    month = told or f"{datetime.now(UTC):%Y-%m}"
    if not re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise PlanError("a month is written like 2026-11")
    return month


def new_folder(out: Path) -> None:
    """Raises: PlanError when there is something where the release should go."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise PlanError(f"“{out}” is not an empty folder; name a new one")


def read_instrument(named: str) -> Instrument:
    """The instrument of a dictionary file, or of one that ships with the project.

    Raises: PlanError when there is no such file or its name is not like intake.v1.csv; DictionaryError.
    """
    path = Path(named)
    if not path.is_file() and (FOLDER / named).is_file() and path.name == named:
        path = FOLDER / named
    found = re.fullmatch(r"([a-z_]+)\.v([0-9]+)\.csv", path.name)
    if not found or not path.is_file():
        raise PlanError(f"there is no dictionary “{named}”; name a file like intake.v1.csv")
    return read_dictionary(path.read_bytes(), name=found[1], edition=int(found[2]), also_known=CONSENTS)


def preview(made: Draft) -> Table:
    """What would be published, before anything is."""
    title = f"{made.design.plan.id}, release {made.number} of “{made.design.plan.series}”"
    table = Table("column", "told as", title=title)
    for one, level in made.levels():
        words = "nothing: it would tell too much" if len(level.labels) == 1 else f"{len(level.labels)} codes"
        table.add_row(one.field.name, words if one.levels.levels[0] is not level else f"{words}, exact")
    for multi in made.cohort.multis:
        table.add_row(multi.field, f"{len(multi.items)} boxes of {len(made.scheme.boxes[multi.field])}")
    for single in made.cohort.singles:
        table.add_row(single.field, "as answered")
    table.add_section()
    table.add_row("rows", f"{made.cohort.n} of {made.of_all}")
    table.add_row("loss of detail", f"{made.loss:.1%}" + ("" if made.proven else ", not proven to be the least"))
    return table
