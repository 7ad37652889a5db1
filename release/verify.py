"""`python -m release verify DIR`: every attack on the written files, in a process of its own.

Knows nothing of the search (import-linter keeps it so): what it needs to judge a release is in the folder.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from release.attacks.page import page
from release.attacks.report import as_json
from release.attacks.result import Result
from release.attacks.suite import KINDS, attack
from release.errors import FolderError
from release.published import MANIFEST, Published, digest, read_folder

HOLDS, UNREADABLE, CAUGHT = 0, 1, 4


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("folder", type=Path, metavar="DIR", help="the release")
    command.add_argument("--previous", type=Path, nargs="*", default=[], metavar="DIR", help="earlier ones, in order")
    command.add_argument("--ledger", type=Path, metavar="FILE", help="of a public page: the steward's")
    command.add_argument("--report", type=Path, metavar="NAME", help="write what was found: NAME.json and NAME.html")


def run(chosen: argparse.Namespace) -> int:
    """Attack and tell. Returns: 0 when it withstands all, 4 when an attack succeeds, 1 when it can't be read."""
    console = Console(stderr=True)
    try:
        previous = [read_folder(folder) for folder in chosen.previous]
        release = read_folder(chosen.folder)
        if chosen.ledger:
            release = replace(release, ledger=chosen.ledger.read_bytes())
        found = _attack(release, previous, console)
    except (FolderError, OSError) as wrong:
        console.print(f"This can't be verified: {wrong}", style="bold", highlight=False, markup=False)
        return UNREADABLE
    if chosen.report:
        write_report(found, release, chosen.report)
    Console(file=sys.stdout).print(table(found))
    caught = [kind for kind, result in found.items() if not result.holds]
    if caught:
        console.print(f"Do not publish this release. These attacks succeed: {', '.join(caught)}.", style="bold")
        return CAUGHT
    console.print(f"The release withstands all {len(found)} kinds of attack.")
    return HOLDS


def write_report(found: dict[str, Result], release: Published, name: Path) -> None:
    """What was found, for machines and for a board."""
    manifest, targets = digest(release.folder / MANIFEST), release.manifest.get("targets", {})
    told = json.dumps(as_json(found, manifest), indent=1, ensure_ascii=False) + "\n"
    name.with_name(name.name + ".json").write_text(told, encoding="utf-8")
    name.with_name(name.name + ".html").write_text(page(found, manifest, targets), encoding="utf-8")


def _attack(release: Published, previous: list[Published], console: Console) -> dict[str, Result]:
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("attacking", total=len(KINDS))
        return attack(release, previous, lambda kind: bar.update(task, advance=1, description=f"attacking: {kind}"))


def table(found: dict[str, Result]) -> Table:
    """The findings as a person reads them."""
    made = Table("attack", "", "right", "by guessing", "what was found", title="Attack report")
    for kind, one in found.items():
        made.add_row(kind, "holds" if one.holds else "CAUGHT", f"{one.success:.1%}", f"{one.guess:.1%}", one.words)
    return made
