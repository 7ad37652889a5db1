"""A command as somebody types it, in this process: to read its modules anew takes longer than most commands do.

That `python -m ...` finds it, and what needs a process of its own, is tested as one.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

import pytest

Done = subprocess.CompletedProcess[str]


def typed(main: Callable[[list[str]], int], *words: object, given: str = "", **environment: str) -> Done:
    """The number it ends with and what it printed. Args: given: what is typed at its questions."""
    arguments, out, err = [str(word) for word in words], io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as here, redirect_stdout(out), redirect_stderr(err):
        here.setattr(sys, "stdin", io.StringIO(given))
        for name, value in environment.items():
            here.setenv(name, value)
        try:
            status = main(arguments)
        except SystemExit as end:  # so argparse refuses
            status = end.code if isinstance(end.code, int) else 1
    return Done(arguments, status, out.getvalue(), err.getvalue())
