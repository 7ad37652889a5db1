"""The walls of the server that runs: it holds no code that opens sealed data, and can't get any."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from app.walls import OPENING
from tests.support.server import Server

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
# Runs in a process that has loaded the site exactly as gunicorn does, by `wsgi:app`.
ASK = """
import importlib, json, sys
import wsgi
loaded = sorted(name for name in sys.modules if name.split('.')[0] in ('crypto', 'demo', 'release', 'tests'))
answers = {}
for name in json.loads(sys.argv[1]):
    for how, get in {'importlib': importlib.import_module, '__import__': __import__,
                     'exec': lambda n: exec(f'import {n}')}.items():
        try:
            get(name)
            answers[f'{name} by {how}'] = 'loaded'
        except ImportError as refused:
            answers[f'{name} by {how}'] = str(refused)
print(json.dumps({'loaded': loaded, 'answers': answers}))
"""


# The product's own gunicorn settings, and a note of every module that a worker holds after each answer.
WATCHED = """
import itertools, json, os, pathlib, sys
exec(pathlib.Path('gunicorn.conf.py').read_text())
number = itertools.count()
def post_request(worker, req, environ, resp):
    file = pathlib.Path(os.environ['TMPDIR'], f'modules-{os.getpid()}-{next(number)}')
    half = file.with_name(f'half-{file.name}')
    half.write_text(json.dumps(sorted(sys.modules)))
    half.rename(file)
"""


def ask(server: Server) -> dict[str, object]:
    command = [sys.executable, "-c", ASK, json.dumps(sorted(OPENING))]
    environment = {**server.environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_the_server_has_loaded_nothing_that_opens(server: Server) -> None:
    loaded = ask(server)["loaded"]
    assert isinstance(loaded, list)
    assert "crypto.frame" in loaded
    assert not OPENING & set(loaded)
    assert [name for name in loaded if not name.startswith("crypto")] == []


def test_the_server_can_not_load_what_opens_in_any_way(server: Server) -> None:
    answers = ask(server)["answers"]
    assert isinstance(answers, dict)
    assert len(answers) == 3 * len(OPENING)
    assert {why for why in answers.values() if "may not load" not in why} == set()


def test_without_the_wall_the_same_question_would_be_answered_otherwise(tmp_path: Path) -> None:
    """The test above proves something: a process without the wall does load such a module."""
    (tmp_path / "crypto").mkdir()
    for name in ("__init__", "box"):
        (tmp_path / "crypto" / f"{name}.py").touch()
    code = "import importlib; print(importlib.import_module('crypto.box').__name__)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "crypto.box"


def test_a_server_whose_opening_half_is_loaded_already_does_not_start(tmp_path: Path) -> None:
    code = "import sys, types; sys.modules['crypto.box'] = types.ModuleType('x'); import wsgi"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "already loaded" in done.stderr


def test_no_worker_of_gunicorn_holds_what_opens_after_it_has_answered(make_server: Callable[..., Server]) -> None:
    server = make_server(workers=1, config=WATCHED, cold=True)
    paths = ("/", "/sign-in", "/intake", "/no-such-page", "/static/site.json")
    for path in paths:
        requests.get(server.url + path, timeout=10)
    server.stop()  # the notes are written after the answers
    seen = [set(json.loads(file.read_text())) for file in server.temporary.glob("modules-*")]
    assert len(seen) >= len(paths)
    assert all("crypto.frame" in modules for modules in seen)
    assert [modules & OPENING for modules in seen if modules & OPENING] == []
