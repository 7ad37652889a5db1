"""The demo's own folder: its database, the words of its people, a case and rows that were taken home.

Demo words are no secret: nobody in the demo exists. So they stand in a file, and a second start prints the same.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.seeding import Entry, Seeded

MARK = "demo.txt"
PEOPLE = "people.json"
LOCK = "lock"
ELSE = "To use another folder, set ALONGSIDE_DEMO."
SAYS = """This folder belongs to `make demo`. Everybody in it is invented, and their words are no secret.
Delete it to begin anew.
"""


class CannotUse(RuntimeError):
    """The folder can't be used for the demo; its text says why and what to do."""


@contextmanager
def own(folder: Path) -> Iterator[None]:
    """Hold the folder for this process. What an earlier start left half made is dropped. Raises: CannotUse."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / MARK).exists():
        raise CannotUse(f"{folder} holds something that is no demo, so nothing was changed. {ELSE}")
    (folder / MARK).write_text(SAYS, encoding="utf-8")
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotUse(f"A demo runs in this folder already. End it first. {ELSE}") from None
        if read(folder) is None:
            _clear(folder)
        yield


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file() and path.name not in (MARK, LOCK):
            path.unlink()


def read(folder: Path) -> list[Entry] | None:
    """Who was seeded, or None when nobody was, or not to the end."""
    try:
        return [Entry(**one) for one in json.loads((folder / PEOPLE).read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return None


def write(folder: Path, seeded: Seeded) -> None:
    """Keep it. The words come last: with them the demo is whole."""
    home(folder, seeded.home_of).write_bytes(seeded.home)
    rows(folder).write_bytes(seeded.rows)
    people = json.dumps([one._asdict() for one in seeded.people], ensure_ascii=False, indent=1)
    beside = folder / (PEOPLE + ".new")
    beside.write_text(people + "\n", encoding="utf-8")
    beside.replace(folder / PEOPLE)


def home(folder: Path, name: str = "Dario") -> Path:
    """The case that this peer took home."""
    return folder / f"{name.lower()}.alongside"


def rows(folder: Path) -> Path:
    """The sealed rows that a steward took home."""
    return folder / "rows.json"
