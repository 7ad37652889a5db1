"""A program that the zygote begins is the one that Python would have begun."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.databases import ROOT
from tests.support.forked import Forked, Zygote, command
from tests.support.practice import practise

pytestmark = pytest.mark.slow

ENVIRONMENT = {
    "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1",
    "ALONGSIDE_SITE_NAME": "Lantern",
}  # fmt: skip
# A gunicorn's settings are a program that it runs; it ends here, before there is a server.
TELLS = """
import json, os, subprocess, sys, threading
given = subprocess.run(['env', '-0'], capture_output=True, check=True).stdout.decode().split(chr(0))
print(json.dumps({
    'environment': dict(os.environ), 'handed on': sorted(given), 'folder': os.getcwd(), 'arguments': sys.argv,
    'where modules are': sys.path, 'threads': threading.active_count(),
    'held': sorted(int(n) for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')),
    'of tests': sorted({n.split('.')[0] for n in sys.modules} & {'tests', 'demo', 'release', 'wsgi'}),
}))
print('in words', file=sys.stderr)
os._exit(7)
"""
MAKES_TWO = """
import json, os
from app import clock, config, factory
from app.audit import signer
from app.limits import limiter
from app.people import service as people
first, second = (factory.create_app(config.from_environment(dict(os.environ))) for _ in range(2))
print(json.dumps({
    'practised': [first._got_first_request, second._got_first_request], 'its own clock': clock._file is None,
    'databases': sorted({str(one.extensions['alongside_engine'].url) for one in (first, second)}), 'home': str(signer.home()),
    'known': len(people._known), 'counted': len(limiter.storage.storage),
    'held': [name for name in map(os.readlink, (f'/proc/self/fd/{n}' for n in range(3, 30) if os.path.lexists(f'/proc/self/fd/{n}')))
             if 'sqlite' in name],
}))
os._exit(0)
"""
WAITS = "import time; time.sleep(60)"


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.close()


def arguments(tmp_path: Path, settings: str) -> list[str]:
    file = tmp_path / "settings.py"
    file.write_text(settings, encoding="utf-8")
    return ["gunicorn", "-c", str(file), "wsgi:app"]


def began(zygote: Zygote, tmp_path: Path, settings: str, *pass_fds: int) -> tuple[Forked, Path, Path]:
    out, error = tmp_path / "out", tmp_path / "error"
    with out.open("wb") as o, error.open("wb") as e:
        process = zygote.begin(
            arguments(tmp_path, settings), env=ENVIRONMENT, out=o.fileno(), error=e.fileno(), pass_fds=pass_fds
        )
    return process, out, error


def test_it_finds_what_a_program_of_its_own_finds(zygote: Zygote, tmp_path: Path) -> None:
    with socket.socket() as listener:
        forked, out, error = began(zygote, tmp_path, TELLS, listener.fileno())
        assert forked.wait(30) == 7
        command = [sys.executable, "-m", *arguments(tmp_path, TELLS)]
        alone = subprocess.run(
            command, cwd=ROOT, env=ENVIRONMENT, pass_fds=[listener.fileno()], capture_output=True, check=False
        )
    assert (alone.returncode, alone.stderr) == (7, error.read_bytes()) == (7, b"in words\n")
    told, expected = (json.loads(said) for said in (out.read_text(), alone.stdout))
    assert told == expected
    assert told["environment"] == ENVIRONMENT
    assert told["threads"] == 1 and told["of tests"] == []


def test_a_command_says_and_ends_as_one_that_python_begins() -> None:
    wrong = {**ENVIRONMENT, "PORT": "eighty"}
    forked = command("app.cli", "first-steps", env=wrong)
    words = [sys.executable, "-m", "app.cli", "first-steps"]
    alone = subprocess.run(words, cwd=ROOT, env=wrong, capture_output=True, text=True, check=False)
    assert (forked.returncode, forked.stdout, forked.stderr) == (alone.returncode, alone.stdout, alone.stderr)
    assert alone.returncode == 2 and "PORT is 'eighty'" in alone.stderr


def test_nothing_of_one_program_is_found_by_the_next(zygote: Zygote, tmp_path: Path) -> None:
    leaves = "import os, sys; os.environ['LEFT'] = '1'; sys.modules['tests'] = sys\n"
    forked, _, _ = began(zygote, tmp_path, leaves + TELLS)
    assert forked.wait(30) == 7
    forked, out, _ = began(zygote, tmp_path, TELLS)
    assert forked.wait(30) == 7
    assert "LEFT" not in out.read_text() and json.loads(out.read_text())["of tests"] == []


def test_who_is_begun_after_the_practice_knows_its_routes_and_nothing_of_its_site(tmp_path: Path) -> None:
    zygote = Zygote()
    practise(zygote)
    try:
        forked, out, error = began(
            zygote, tmp_path, f"import os; os.environ['ALONGSIDE_INSTANCE'] = {str(tmp_path)!r}\n" + MAKES_TWO
        )
        assert forked.wait(30) == 0, error.read_text()
    finally:
        zygote.close()
    assert json.loads(out.read_text()) == {
        "practised": [True, False], "its own clock": True, "databases": [f"sqlite:///{tmp_path / 'alongside.sqlite'}"],
        "home": str(tmp_path), "known": 0, "counted": 0, "held": [],
    }  # fmt: skip


def test_who_waits_for_it_learns_how_it_ended(zygote: Zygote, tmp_path: Path) -> None:
    forked, _, _ = began(zygote, tmp_path, WAITS)
    assert forked.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        forked.wait(0.05)
    os.kill(forked.pid, signal.SIGKILL)
    assert forked.wait(10) == forked.poll() == -signal.SIGKILL
    assert not psutil.pid_exists(forked.pid)


def test_one_that_leaves_when_it_is_told_to(zygote: Zygote, tmp_path: Path) -> None:
    forked, _, _ = began(zygote, tmp_path, WAITS)
    forked.terminate()
    assert forked.wait(10) == -signal.SIGTERM
    forked.terminate()  # a second time says nothing to anybody


def test_the_zygote_has_one_thread_and_leaves_with_its_tests() -> None:
    zygote = Zygote()
    own = psutil.Process(zygote.process.pid)
    assert own.num_threads() == 1
    zygote.close()
    assert zygote.process.returncode == 0
