"""Olga audits: she has an export's folder, and no reason to trust whoever wrote it."""

import contextlib
import io
from pathlib import Path

from crypto.__main__ import main


def verdict(place: Path | str, *more: str) -> tuple[int, str]:
    """Exit status and words of `python -m crypto verify-log`."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["verify-log", str(place), *more])
    return status, out.getvalue() + err.getvalue()


def wrong(place: Path | str, *more: str) -> str:
    """The first thing that is wrong."""
    status, words = verdict(place, *more)
    assert status == 1 and words.startswith("WRONG: "), words
    assert words.count("\n") == 1, words
    return words.removeprefix("WRONG: ").strip()
