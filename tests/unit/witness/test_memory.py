"""A witness never forgets: over a restart, a crash at any moment, a damaged disk."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.support.databases import ROOT
from tests.support.witness import Log, Running, Start, history

# The witness itself, except that its machine loses power at the n-th of these calls, before or after it.
KILLED = """
import itertools, os, pathlib, signal, sys
from crypto.__main__ import main
moment, name, number = {moment!r}, {name!r}, itertools.count()
where = pathlib.Path if name == 'replace' else os
real = getattr(where, name)
def once(*given):
    if next(number) == {at}:
        if moment == 'after':
            real(*given)
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given)
setattr(where, name, once)
main(sys.argv[1:])
"""

pytestmark = pytest.mark.slow  # processes of their own


def test_it_remembers_over_a_restart(start: Start, wanda: Running, log: Log) -> None:
    wanda.ask(log.request(history(5), 0))
    wanda.stop()
    again = start()
    assert again.vkey == wanda.vkey
    assert "5 leaves" in again.said
    assert again.ask(log.request(history(9, turn=3), 0)).text == "5\n"
    assert again.ask(log.request(history(9), 5)).status_code == 200


@pytest.mark.parametrize(
    ("name", "at", "moment", "kept"),
    [
        ("fsync", 0, "before", False),
        ("fsync", 0, "after", False),
        ("replace", 0, "before", False),
        ("replace", 0, "after", True),
        ("fsync", 1, "before", True),
        ("fsync", 1, "after", True),
    ],
)
def test_power_lost_before_the_answer_leaves_one_history(
    start: Start, wanda: Running, log: Log, name: str, at: int, moment: str, kept: bool
) -> None:
    wanda.ask(log.request(history(5), 0))
    wanda.stop()
    dying = start(code=KILLED.format(name=name, at=at, moment=moment))
    with pytest.raises(requests.ConnectionError):
        dying.ask(log.request(history(9), 5))
    dying.process.wait(10)
    again = start()
    answer = again.ask(log.request(history(9, turn=5), 5))
    assert answer.status_code == (409 if kept else 200)
    if kept:  # the log asks anew from what the witness says, and is not stuck
        assert again.ask(log.request(history(9), 9)).status_code == 200


def test_what_it_keeps_is_its_owners_alone(wanda: Running, tmp_path: Path) -> None:
    assert (tmp_path / "state" / "witness.json").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_stops_the_cosigning_and_forgets_nothing(start: Start, wanda: Running, log: Log) -> None:
    wanda.ask(log.request(history(5), 0))
    wanda.stop()
    full = """
import os, sys
from crypto.__main__ import main
def full(handle):
    raise OSError(28, 'No space left on device')
os.fsync = full
main(sys.argv[1:])
"""
    stuck = start(code=full)
    assert stuck.ask(log.request(history(9), 5)).status_code == 500
    assert stuck.ask(log.request(history(9), 0)).text == "5\n"
    stuck.stop()
    assert start().ask(log.request(history(9), 5)).status_code == 200


def refused(start: Start, *arguments: str) -> str:
    one = start(*arguments)
    assert not one.url, "it started"
    assert one.process.returncode == 1
    return one.refusal


@pytest.mark.parametrize("damage", ["cut", "changed", "no json", "empty"])
def test_a_damaged_memory_ends_the_witness_in_words(
    start: Start, wanda: Running, log: Log, tmp_path: Path, damage: str
) -> None:
    wanda.ask(log.request(history(5), 0))
    wanda.stop()
    file = tmp_path / "state" / "witness.json"
    text = file.read_text()
    told = json.loads(text)
    told["logs"][log.origin]["size"] = 4
    file.write_text({"cut": text[:-20], "changed": json.dumps(told), "no json": "[]", "empty": ""}[damage])
    before = file.read_text()
    assert "damaged" in refused(start)
    assert "damaged" in refused(start, "--name", "wanda.example", "--origin", log.origin, "--log-vkey", log.vkey)
    assert file.read_text() == before


def test_a_lost_memory_is_never_replaced_by_a_new_one(start: Start, wanda: Running, log: Log, tmp_path: Path) -> None:
    wanda.ask(log.request(history(5), 0))
    wanda.ask(log.request(history(5, turn=1), 5))  # leaves evidence in the folder
    wanda.stop()
    (tmp_path / "state" / "witness.json").unlink()
    assert "holds something" in refused(start, "--name", "wanda.example")


def test_two_witnesses_do_not_share_a_memory(start: Start, wanda: Running) -> None:
    assert "Another witness is running" in refused(start)


def test_wrong_words_on_the_command_line_are_answered_in_words(start: Start, tmp_path: Path, log: Log) -> None:
    assert "--name" in refused(start)
    assert "no space" in refused(start, "--name", "wanda and co")
    assert "one --log-vkey for each" in refused(start, "--name", "wanda.example", "--origin", log.origin)
    assert "can't be followed" in refused(start, "--origin", log.origin, "--log-vkey", "nonsense")
    assert "is called wanda.example" in refused(start, "--name", "wilma.example")


def test_a_taken_port_is_said_in_words(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = refused(start, "--name", "wanda.example", "--port", str(port))
    assert f"Port {port} is taken" in words and f"--port {port + 1}" in words


def test_it_needs_python_and_pynacl_alone() -> None:
    code = (
        "import sys; before = set(sys.modules); import crypto.__main__, crypto.witness.command, crypto.witness.serving;"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    )
    assert set(done.stdout.split()) <= {"crypto", "nacl", "_cffi_backend", "_sodium"}
