"""`python -m release simulate`: what would leak, and when the next release is safe. Writes nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from release.building import laid_out, month_of, preview, reads, refusals
from release.forecast import Forecast, forecast, peers_to_wait_for
from release.published import read_folder
from release.rows import read_rows


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    reads(command)
    command.add_argument("--previous", type=Path, nargs="*", default=[], metavar="DIR", help="earlier ones, in order")


def run(chosen: argparse.Namespace) -> int:
    """Forecast. Returns: 0 when rows may be published now; 3 when not; 1 when an input is refused."""
    console = Console(stderr=True)
    with refusals(console) as ended:
        month = month_of(chosen.month)
        laid, later = laid_out(chosen)
        previous = [read_folder(folder) for folder in chosen.previous]
        told = forecast(laid, read_rows(chosen.rows, laid, chosen.wave, later), previous, month)
        out = Console(file=sys.stdout)
        if told.made:
            out.print(preview(told.made))
        if previous:
            out.print(table(told, laid.plan.targets.k))
        if told.no:
            raise told.no
    return ended.number


def table(told: Forecast, k: int) -> Table:
    """What the classes would tell, joiners at once beside joiners who wait."""
    made = Table("if every row were published now", "", title="Beside the previous releases")
    unsafe, all_ = told.told_apart, len(told.changes)
    made.add_row("classes that changed", str(all_))
    made.add_row("of them by so few that people are told apart", str(sum(1 for one in told.changes if not one.safe)))
    made.add_row("people who joined them, or left", f"{unsafe.joined}, {unsafe.left}")
    known = unsafe.joined + unsafe.left
    rate = f"{unsafe.right} of {known} ({unsafe.right / known:.0%})" if known else "nobody"
    made.add_row("of whom all answers could be told by who knows that they did", rate)
    made.add_section()
    made.add_row("as `build` does it: people who wait for others", str(unsafe.joined))
    wait = peers_to_wait_for(told, k)
    made.add_row("peers who must join the class nearest to being whole", str(wait) if wait else "none")
    return made
