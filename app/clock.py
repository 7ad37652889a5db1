"""The one clock. Tests move it by writing seconds into the file that ALONGSIDE_NOW names."""

from __future__ import annotations

import time
from pathlib import Path

DAY_S = 86_400

_file: Path | None = None


def set_clock_file(path: Path | None) -> None:
    """Read the time from `path` (Unix seconds as text) instead of the machine; None undoes it."""
    global _file
    _file = path


def now_s() -> int:
    """Unix seconds."""
    return int(time.time()) if _file is None else int(_file.read_text())


def today() -> int:
    """Days since 1970-01-01 in UTC, as the frames' `day` counts."""
    return now_s() // DAY_S
