"""The export as a file beside the log's key: written once for each state of the logs, and sent from there.

Whoever fetches it slowly holds a file and nothing in the database; whoever asks often has nothing written anew. There
is one file, `log-export.<hash of the heads>.tar`; one process writes at a time, and the others wait for what it writes.
Everything in it is public. It is not part of a backup, and may be removed at any time.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from app.audit.export import Source, export, heads
from crypto.frame import H

NAME = "log-export"


def saved(source: Source, folder: Path) -> IO[bytes]:
    """The export of the logs as they stand, or stood while this waited for another to write it; at its beginning.

    Raises: Refusal 409 before the site is founded. OSError: no room.
    """
    asked_s = time.time()
    found = standing(source, folder)
    if found:
        return found
    with _alone(folder):
        found = standing(source, folder)  # it took its name after this looked, with a time of before
        if found:
            return found
        for path in folder.glob(f"{NAME}.*.tar"):
            if path.stat().st_mtime >= asked_s:
                return path.open("rb")
        return _write(source, folder).open("rb")


def standing(source: Source, folder: Path) -> IO[bytes] | None:
    """The same, if it is there already. Raises: Refusal 409 before the site is founded."""
    with suppress(FileNotFoundError):
        return _path(folder, heads(source)).open("rb")
    return None


def _path(folder: Path, of: dict[str, list[Any]]) -> Path:
    return folder / f"{NAME}.{H(json.dumps(of).encode()).hex()[:16]}.tar"


def _write(source: Source, folder: Path) -> Path:
    """Whole and on the disk before it takes its name; the one before goes."""
    now = heads(source)
    path, draft = _path(folder, now), folder / f"{NAME}.new"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(export(source, now))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    for other in folder.glob(f"{NAME}.*.tar"):
        if other != path:
            other.unlink(missing_ok=True)
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / f"{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
