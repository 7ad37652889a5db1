"""`log.head`, beside log.key: the highest tree that was ever signed here, so that no other is signed in its place.

A database that was put back from a backup has forgotten leaves that people have seen under our signature. Left alone it
would grow a second tree under the first one's name. So the sequencer goes by three steps (sequencer.py): it commits the
leaves without a signature, writes this file, and only then stores the signed checkpoint, from where it may be read.

- Killed before the first step ends: nothing was changed. Before the file: the tree is larger than its checkpoint, and
  the next turn signs it. Before the checkpoint: the same, and the file holds that very tree.
- So whatever this file holds, the database has: the same log or a later one, as many leaves, the same root at that
  size. One that hasn't was put back, and nothing goes into its log until the roots declare it (restoring.py).
- A later log number is one that roots declared, perhaps on another machine: it takes the place of what is here.
- Of several machines each keeps a file of its own. Each follows the database every few seconds, so that one that never
  signs knows as much as the others. A machine that was off meanwhile knows less: the others must stay off, too, while
  a backup is put back. Workers of one machine share the file; they take turns, and it only ever rises.
- No file, as on a new machine or after the upgrade that brought it: made from the database. Nothing here can tell a
  new machine from one that was lost, so whoever sets one up from a backup declares it.

The file is no secret: JSON {log, size, root in hex}, mode 0600. It is not part of a backup.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

NAME = "log.head"
BEHIND = (
    "Nothing goes into the log: this database is older than what was signed here, or another. "
    "If a backup was put back, run: .venv/bin/python -m app.cli restore (docs/restore.md)"
)

DAMAGED = (
    f"Nothing goes into the log: {NAME} is damaged, so nothing here knows how far the log was signed. "
    "What to look at before you remove it: docs/restore.md, When log.head is damaged"
)

_folder: Path | None = None


class Behind(RuntimeError):
    """The database is not the one whose tree was signed here; its text says what to do."""


class Damaged(Behind):
    """What was signed here can't be read, so that nothing may be signed."""


class Head(NamedTuple):
    """Of the signed tree. root: 32 bytes."""

    log: int
    size: int
    root: bytes


def keep_in(instance: Path) -> None:
    """Where the file is, from now on."""
    global _folder
    _folder = instance


def kept() -> Head | None:
    """What the file holds; None before the first. Raises: Damaged."""
    try:
        told = json.loads(_path().read_text("ascii"))
        return Head(int(told["log"]), int(told["size"]), bytes.fromhex(told["root"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise Damaged(DAMAGED) from None


def check(seen: Head | None, log: int, size: int, root_at: Callable[[int], bytes]) -> None:
    """Nothing, if a database whose newest log is this one, with so many leaves, continues what was signed here.

    Args: seen: what was `kept`, asked before the database was, or while nobody else could sign. root_at: the root when
        the log had so many leaves.
    Raises: Behind.
    """
    if seen is None or seen.log < log:
        return
    if seen.log > log or seen.size > size or root_at(seen.size) != seen.root:
        raise Behind(BEHIND)


def rise(to: Head) -> None:
    """Keep this if it is higher than what is kept; on the disk when this returns. Raises: Damaged."""
    with _path().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        now = kept()
        if now is None or now[:2] < to[:2]:
            _write(to)


def _write(to: Head) -> None:
    path = _path()
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({"log": to.log, "size": to.size, "root": to.root.hex()}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _path() -> Path:
    if _folder is None:
        raise RuntimeError("the log key was not loaded")
    return _folder / NAME
