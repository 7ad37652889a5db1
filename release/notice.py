"""`python -m release notice`: tells those who hold a release that people withdrew from it, eleven or more at a time.

Nobody can say which rows are theirs, so a notice names none: it asks to go over to the next release. One withdrawal
alone would tell researchers that the person whom they know of just asked; so it waits for ten others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from release.building import WRITTEN, month_of, new_folder, refusals, writes
from release.errors import Declined, FolderError
from release.page import document, paragraph
from release.published import FORM, MANIFEST, digest, read_folder
from release.waves import of_wave, threads

TOGETHER = 11
NOTICE, PAGE = "notice.json", "notice.html"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("--before", type=Path, required=True, metavar="ROWS", help="the rows that the release was of")
    command.add_argument("--rows", type=Path, required=True, help="the rows that stand now")
    command.add_argument("--wave", default="", help="which rows, where the files hold several waves: followup-12")
    command.add_argument("--release", type=Path, required=True, metavar="DIR", help="the release")
    command.add_argument("--previous", type=Path, nargs="*", default=[], metavar="DIR", help="earlier notices of it")
    command.add_argument("--month", default="", help="of the notice, as 2026-11 (this month)")
    writes(command)


def run(chosen: argparse.Namespace) -> int:
    """Write a notice. Returns: 0 written; 1 an input is refused; 3 too few have withdrawn."""
    console = Console(stderr=True)
    with refusals(console) as ended:
        month = month_of(chosen.month)
        new_folder(chosen.out)
        manifest = digest(read_folder(chosen.release).folder / MANIFEST)
        gone = withdrawn(chosen.before, chosen.rows, chosen.wave)
        told = notice(gone, manifest, month, [read_notice(folder) for folder in chosen.previous])
        chosen.out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
        (chosen.out / NOTICE).write_text(text, encoding="utf-8")
        (chosen.out / PAGE).write_text(page(told), encoding="utf-8")
        console.print(f"Written: {chosen.out}", highlight=False, markup=False)
        ended.number = WRITTEN
    return ended.number


def withdrawn(before: Path, now: Path, wave: str = "") -> int:
    """How many rows of a wave stood then and do not stand now. Raises: RowsError."""
    return len(_standing(before, wave) - _standing(now, wave))


def notice(gone: int, manifest: str, month: str, previous: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What is told. Args: gone: rows withdrawn since the release. previous: notices of the same release.

    Raises: Declined while fewer than eleven have withdrawn since the last notice; FolderError.
    """
    if any(one["release"] != manifest for one in previous):
        raise FolderError("an earlier notice is about another release; leave it out")
    told = max((int(one["withdrawn_at_least"]) for one in previous), default=0)
    whole = gone // TOGETHER * TOGETHER
    if whole <= told:
        since = "since the last notice" if previous else "since the release"
        raise Declined(
            "withdrawals", f"{gone - told} rows were withdrawn {since}, and a notice tells of {TOGETHER} or more; wait"
        )
    return {"form": FORM, "product": "notice", "release": manifest, "month": month, "withdrawn_at_least": whole}


def read_notice(folder: Path) -> dict[str, Any]:
    """Raises: FolderError when there is none."""
    try:
        told: dict[str, Any] = json.loads((folder / NOTICE).read_text(encoding="utf-8"))
        if told["product"] != "notice" or not isinstance(told["withdrawn_at_least"], int):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        raise FolderError(f"“{folder.name}” is no notice of withdrawals") from None
    return told


def page(told: dict[str, Any]) -> str:
    """The notice as researchers read it."""
    return document(
        "People have withdrawn from a release",
        paragraph(
            f"{told['withdrawn_at_least']} people or more of those from whose answers this release was made have "
            f"taken back their consent ({told['month']}). Nobody can say which rows are theirs."
        ),
        paragraph(
            "Please begin no new analysis with it. Use the next release of the series, in which they are not, and "
            "delete this one once your running work is done. What you have published may stand."
        ),
        paragraph(f"Release: manifest (SHA-256) {told['release']}"),
    )


def _standing(path: Path, wave: str) -> set[str]:
    told, of = threads(path), of_wave(path, wave)
    return {thread for place, thread in enumerate(told) if of is None or of[place]}
