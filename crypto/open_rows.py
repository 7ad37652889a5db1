"""`python -m crypto open-rows`: a steward opens the sealed rows on a machine of their own, into files for `release`.

Whatever somebody planted is counted and left out. Lines are sorted by what they say, so that no file tells an order.
"""

import argparse
import csv
import io
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crypto.at_home import ask
from crypto.errors import CannotOpen, SealError, UnknownWords
from crypto.rows_file import NO_ROW, NOT_FOR_YOU, open_rows_file, read_rows_file
from instruments.coded import cells, is_row
from instruments.dictionary import read_dictionary
from instruments.editions import CONSENTS, load
from instruments.errors import DictionaryError
from instruments.field import Instrument
from instruments.row import columns

BESIDE = ("wave", "month", "thread")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
UNKNOWN, ODD, TWICE = "unknown instrument", "other answers", "twice"
WORDS = {
    NOT_FOR_YOU: "not sealed to you: they came before you were listed as a steward",
    NO_ROW: "no rows: damaged, or planted by somebody",
    UNKNOWN: "of an instrument that is not here: name its dictionary with --dictionary",
    ODD: "with an answer that its dictionary does not have: planted by somebody, or made with another dictionary",
    TWICE: "one person's row of one wave once more",
}


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("file", type=Path, help="what the page for stewards wrote")
    command.add_argument("--out", type=Path, required=True, metavar="ROWS.CSV", help="the file of rows to write")
    command.add_argument("--comments", type=Path, metavar="COMMENTS.CSV", help="the file of comments to write")
    command.add_argument("--dictionary", type=Path, nargs="+", default=[], metavar="FILE",
                         help="dictionaries that do not ship with this: name.v2.csv")  # fmt: skip


def run(chosen: argparse.Namespace) -> int:
    """Open the rows and write them. Returns: 0, or 1 when the file, the words or a dictionary is refused, in words."""
    try:
        file = read_rows_file(chosen.file.read_bytes())
        known = {one.id: one for one in map(_dictionary, chosen.dictionary)}
        opened, refused = open_rows_file(file, ask(file))
        print("\n".join(_write(chosen, opened, refused, known)))
    except OSError as wrong:
        return _stop(f"A file can't be read or written: {wrong.strerror}.")
    except UnknownWords as wrong:
        places = ", ".join(str(i + 1) for i in wrong.positions)
        return _stop(f"Not in the word list: number {places}. Check the spelling and try again.")
    except CannotOpen:
        return _stop("This does not open. Check the words or the sheet, and that they belong to this account.")
    except DictionaryError as wrong:
        return _stop(f"A dictionary is refused. {wrong}")
    except (SealError, ValueError) as wrong:
        return _stop(f"This file is refused: {wrong}.")
    return 0


def _write(
    chosen: argparse.Namespace, opened: list[dict[str, Any]], refused: Counter[str], known: dict[str, Instrument]
) -> list[str]:
    """Write what is good; what to tell."""
    rows, comments = _sorted_out(opened, refused, known)
    told = []
    for instrument, lines in ((known[name], lines) for name, lines in rows.items()):
        name = chosen.out if len(rows) == 1 else chosen.out.with_name(f"{chosen.out.stem}.{instrument.id}.csv")
        _put(name, (*columns(instrument), *BESIDE), lines)
        told.append(f"Rows of {instrument.id}: {len(lines)}, in {name}")
    if comments and chosen.comments:
        _put(chosen.comments, ("wave", "month", "text"), comments)
        told.append(f"Comments: {len(comments)}, in {chosen.comments}")
    elif comments:
        told.append(f"Comments: {len(comments)}, not written. To write them, name a file with --comments.")
    told += [f"Left out, {count} {WORDS[why]}" for why, count in sorted(refused.items())]
    if rows or comments:
        told.append(
            "These files are in the clear. Keep them where nobody else reads, and make them anew for each release."
        )
    return told or ["There is no row in this file yet."]


def _sorted_out(
    opened: Iterable[dict[str, Any]], refused: Counter[str], known: dict[str, Instrument]
) -> tuple[dict[str, list[list[str]]], list[list[str]]]:
    """(lines by instrument, comments), each sorted by what it says.

    What is left out is counted in `refused`; instruments that ship with this are added to `known`.
    """
    rows: dict[str, list[list[str]]] = defaultdict(list)
    comments = [[one["wave"], one["month"], _in_lines(one["text"])] for one in opened if one["kind"] == "comment"]
    for one in (one for one in opened if one["kind"] == "row"):
        instrument = known.get(one["instrument"]) or _shipped(one["instrument"])
        if instrument is None:
            refused[UNKNOWN] += 1
        elif not is_row(instrument, one["answers"]):
            refused[ODD] += 1
        else:
            known[instrument.id] = instrument
            rows[instrument.id].append([*cells(instrument, one["answers"]), *(one[name] for name in BESIDE)])
    return {name: _once(rows[name], refused) for name in sorted(rows)}, sorted(comments)


def _in_lines(text: str) -> str:
    """Words as a page writes them. A lone carriage return stands unquoted in CSV and would begin another line."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _once(lines: list[list[str]], refused: Counter[str]) -> list[list[str]]:
    """The lines sorted, each thread once in a wave: a release counts a row as a person."""
    kept, seen = [], set()
    for line in sorted(lines):
        wave, _, thread = line[-len(BESIDE) :]
        if (wave, thread) in seen:
            refused[TWICE] += 1
        else:
            kept.append(line)
        seen.add((wave, thread))
    return kept


def _shipped(instrument: str) -> Instrument | None:
    name, _, edition = instrument.rpartition(".v")
    try:
        return load(name, int(edition))
    except LookupError:
        return None


def _dictionary(path: Path) -> Instrument:
    name, _, edition = path.stem.rpartition(".v")
    if not name or not edition.isdecimal():
        raise ValueError(f"“{path.name}” should be called like intake.v2.csv")
    return read_dictionary(path.read_bytes(), name=name, edition=int(edition), also_known=CONSENTS)


def _put(path: Path, heading: Iterable[str], lines: Iterable[Iterable[str]]) -> None:
    """A file for its owner's eyes alone, whole or not at all."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(lines)
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(text.getvalue().encode())
    beside.replace(path)


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
