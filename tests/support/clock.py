"""The time at a site of a test."""

from __future__ import annotations

import time
from pathlib import Path


class Clock:
    """The server's clock, which stands still until a test moves it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(int(time.time()))

    def now_s(self) -> int:
        return int(self.file.read_text())

    def set(self, unix_s: int) -> None:
        """Write it in one step: a server that reads in between must not see half a number."""
        beside = self.file.with_suffix(".new")
        beside.write_text(str(unix_s))
        beside.replace(self.file)

    def move(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> None:
        self.set(self.now_s() + ((days * 24 + hours) * 60 + minutes) * 60 + seconds)
