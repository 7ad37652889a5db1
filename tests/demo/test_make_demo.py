"""`make demo`, as somebody meets it who has just cloned the repository."""

import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.demo.conftest import Made
from tests.demo.starts import Start, begin, cases, end, free_port, leave, settings, told
from tests.support.databases import ROOT
from tests.support.forked import command

Run = Callable[..., Start]


@pytest.fixture
def run(built: None, folder: Path) -> Iterator[Run]:
    """Start `python -m demo` in a folder of its own."""
    begun: list[Start] = []

    def once(**settings: str) -> Start:
        begun.append(begin(folder, **settings))
        return begun[-1]

    yield once
    for process in begun:
        leave(process)


def test_a_start_that_was_cut_off_is_made_whole_by_the_next(made: Made) -> None:
    first, said, complaint = made.cut
    assert "Making" in first and "Ready" not in said and "Traceback" not in complaint
    assert "people.json" not in made.there_after_the_cut
    assert "Making" in made.said[0]
    assert any("these words are no secret" in line for line in made.said[ready(made.said) :])
    assert made.cases == 7


def test_the_next_start_finds_the_same_people_prints_the_same_words_and_the_file_opens_as_it_says(
    made: Made, run: Run, folder: Path
) -> None:
    shutil.copytree(made.folder, folder)
    port = free_port()
    second = run(PORT=str(port))
    again = told(second)
    before = f"http://localhost:{made.said[ready(made.said)].rpartition(':')[2]}"
    expected = [
        line.replace(before, f"http://localhost:{port}").replace(made.folder, str(folder))
        for line in made.said[ready(made.said) :]
    ]
    assert again == expected and again[0] == f"Ready: http://localhost:{port}"
    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as page:
        assert page.status == 200
    end(second)
    assert cases(folder) == 7

    command = next(line for line in again if "-m crypto open " in line).split()
    words = again[next(n for n, line in enumerate(again) if line.startswith("  Dario ")) + 1]
    command[0] = sys.executable
    done = subprocess.run(command, cwd=ROOT, input=words + "\n", capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "broken pump" in done.stdout


def ready(said: list[str]) -> int:
    """Which line says that it serves."""
    return next(n for n, line in enumerate(said) if line.startswith("Ready: "))


def test_a_folder_with_something_else_in_it_is_left_alone(built: None, folder: Path) -> None:
    folder.mkdir()
    (folder / "alongside.sqlite").write_text("somebody's real site")
    done = command("demo", env=settings(folder))
    assert done.returncode == 2 and "nothing was changed" in done.stderr and "ALONGSIDE_DEMO" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["alongside.sqlite"] and "Ready" not in done.stdout


def test_a_taken_port_is_said_in_words(built: None, folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = command("demo", env=settings(folder, PORT=str(other.getsockname()[1])))
    assert done.returncode == 2 and "is taken" in done.stderr and "make demo PORT=" in done.stderr
