"""`make demo`, as somebody meets it who has just cloned the repository."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.databases import ROOT

Run = Callable[..., "subprocess.Popen[str]"]
END = "-m crypto open-rows"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def run(built: None, folder: Path) -> Iterator[Run]:
    """Start `python -m demo` in a folder of its own."""
    begun: list[subprocess.Popen[str]] = []

    def begin(**settings: str) -> "subprocess.Popen[str]":
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        own = {**kept, "ALONGSIDE_DEMO": str(folder), "PORT": str(free_port()), **settings}
        process = subprocess.Popen(
            [sys.executable, "-m", "demo"], cwd=ROOT, env=own, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


def told(process: "subprocess.Popen[str]") -> list[str]:
    """What it prints until it serves."""
    assert process.stdout and process.stderr
    lines: list[str] = []
    while not (lines and END in lines[-1]):
        line = process.stdout.readline()
        assert line, process.stderr.read()
        lines.append(line.rstrip("\n"))
    return lines


def end(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def cases(folder: Path) -> int:
    with sqlite3.connect(folder / "alongside.sqlite") as db:
        return int(db.execute("select count(*) from cases").fetchone()[0])


def test_the_second_start_finds_the_same_people_and_prints_the_same_words(run: Run, folder: Path) -> None:
    port = free_port()
    # Settings of a real site are left alone.
    first = run(PORT=str(port), ALONGSIDE_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing", ALONGSIDE_HTTPS="1")
    said = told(first)
    ready = said.index(f"Ready: http://localhost:{port}")
    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as page:
        assert page.status == 200
    assert any("these words are no secret" in line for line in said[ready:])
    end(first)
    assert cases(folder) == 7

    second = run(PORT=str(port))
    again = told(second)
    assert again == said[ready:]
    end(second)
    assert cases(folder) == 7


def test_the_file_that_is_named_opens_by_the_command_that_is_printed(run: Run) -> None:
    said = told(run())
    command = next(line for line in said if "-m crypto open " in line).split()
    words = said[next(n for n, line in enumerate(said) if line.startswith("  Dario ")) + 1]
    command[0] = sys.executable
    done = subprocess.run(command, cwd=ROOT, input=words + "\n", capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "broken pump" in done.stdout


def test_a_start_that_was_cut_off_is_made_whole_by_the_next(run: Run, folder: Path) -> None:
    first = run()
    assert first.stdout and "Making" in first.stdout.readline()
    first.send_signal(signal.SIGTERM)
    said, complaint = first.communicate(timeout=30)
    assert "Ready" not in said and "Traceback" not in complaint
    assert not (folder / "people.json").exists()
    assert "Making" in told(run())[0]
    assert cases(folder) == 7


def test_a_folder_with_something_else_in_it_is_left_alone(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "alongside.sqlite").write_text("somebody's real site")
    process = run()
    said, complaint = process.communicate(timeout=30)
    assert process.returncode == 2 and "nothing was changed" in complaint and "ALONGSIDE_DEMO" in complaint
    assert [path.name for path in folder.iterdir()] == ["alongside.sqlite"] and "Ready" not in said


def test_a_taken_port_is_said_in_words(run: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process = run(PORT=str(other.getsockname()[1]))
        _said, complaint = process.communicate(timeout=30)
    assert process.returncode == 2 and "is taken" in complaint and "make demo PORT=" in complaint
