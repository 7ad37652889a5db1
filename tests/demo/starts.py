"""`python -m demo`, begun and ended as somebody does who has just cloned the repository."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.support.databases import ROOT
from tests.support.staying import Address

Start = subprocess.Popen[str]
END = "-m crypto open-rows"


_ports: list[Address] = []


def free_port() -> int:
    """One that this process of tests keeps, so that nobody else is given it before the site listens there."""
    _ports.append(Address())
    return _ports[-1].port


def settings(folder: Path, **others: str) -> dict[str, str]:
    """With this folder for its own things."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "ALONGSIDE_DEMO": str(folder), "PORT": str(free_port()), **others}


def begin(folder: Path, **others: str) -> Start:
    """Start it with this folder for its own things."""
    return subprocess.Popen(
        [sys.executable, "-m", "demo"], cwd=ROOT, env=settings(folder, **others), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def told(process: Start) -> list[str]:
    """What it prints until it serves."""
    assert process.stdout and process.stderr
    lines: list[str] = []
    while not (lines and END in lines[-1]):
        line = process.stdout.readline()
        assert line, process.stderr.read()
        lines.append(line.rstrip("\n"))
    return lines


def end(process: Start) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def leave(process: Start) -> None:
    """Whatever came of it."""
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=30)


def cases(folder: Path) -> int:
    """How many there are. Leaves the database in one file, if nobody else is connected to it."""
    with closing(sqlite3.connect(folder / "alongside.sqlite")) as db:
        return int(db.execute("select count(*) from cases").fetchone()[0])
