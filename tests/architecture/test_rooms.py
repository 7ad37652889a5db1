"""The walls between the rooms stand, and each deliberate hole in one is found. The contracts are in pyproject.toml."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app.walls import OPENING

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
ROOMS = ("audit", "accounts", "people", "cases", "letters", "instruments", "intake", "desk", "notices", "research")
SIBLINGS = "A room stands on those below it and knows no sibling"
IN_A_ROOM = "In a room: routes, forms, service, models, in this order"
REACHES_UP = "No service and no model reaches up to any room's routes or forms"
NO_FLASK = "Services and models know no Flask"
PURE = "The pure packages import nothing of the app, nor what it is made of"
CARRIES = "The server carries nothing that releases are made with"
SEALED = "Releases know nothing of what is sealed"
ATTACKER = "Who attacks a release knows nothing of how it was made"
OPENS = "The app can't load the half of crypto that opens sealed data"

# file: the line that breaks a wall, and the wall
HOLES = [
    ("app/intake/service.py", "from app.desk import service", SIBLINGS),
    ("app/letters/service.py", "import app.cases.models", SIBLINGS),
    ("app/people/service.py", "from app.cases import models", SIBLINGS),
    ("app/accounts/service.py", "from app.people.service import invite", SIBLINGS),
    ("app/audit/service.py", "from app.accounts import service", SIBLINGS),
    ("app/db.py", "import app.audit.service", SIBLINGS),
    ("app/http.py", "def late():\n    import app.accounts.service", SIBLINGS),
    ("app/messages/__init__.py", "", SIBLINGS),
    ("app/cases/service.py", "from app.cases import routes", IN_A_ROOM),
    ("app/cases/models.py", "from app.cases import service", IN_A_ROOM),
    ("app/people/forms.py", "from app.people import routes", IN_A_ROOM),
    ("app/intake/service.py", "from app.accounts.routes import session", REACHES_UP),
    ("app/desk/service.py", "from flask import g", NO_FLASK),
    ("app/cases/models.py", "import flask_login", NO_FLASK),
    ("crypto/frame.py", "import app.clock", PURE),
    ("instruments/__init__.py", "from flask import request", PURE),
    ("app/sealed.py", "def late():\n    from crypto import box", OPENS),
    ("crypto/frame.py", "from crypto.record import open_record", OPENS),
    ("release/plan.py", "import app.clock", PURE),
    ("app/config.py", "import release.plan", CARRIES),
    ("instruments/row.py", "import numpy", CARRIES),
    ("release/rows.py", "from crypto import letter", SEALED),
    ("release/attacks/linkage.py", "from release.classes import group", ATTACKER),
    ("release/published.py", "def late():\n    import release.search", ATTACKER),
    ("release/verify.py", "import release.legacy", ATTACKER),
    ("release/shuffle.py", "", ATTACKER),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tree as it is, with the rooms and modules that are still to come."""
    for package in ("app", "crypto", "instruments", "release"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    for room in ROOMS:
        (tmp_path / "app" / room).mkdir(exist_ok=True)
        for part in ("__init__", "routes", "forms", "service", "models"):
            (tmp_path / "app" / room / f"{part}.py").touch()
    for path in (tmp_path / name.replace(".", "/") for name in OPENING):
        if not path.is_dir():
            path.with_suffix(".py").touch()
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_walls_stand() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(CONTRACTS)} kept, 0 broken" in done.stdout


def test_the_walls_stand_with_every_room_built(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("file", "line", "wall"), HOLES, ids=[f"{f}: {x.split('import ')[-1]}" for f, x, _ in HOLES])
def test_a_hole_in_a_wall_is_found(copy: Path, file: str, line: str, wall: str) -> None:
    path = copy / file
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + f"\n{line}\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode != 0
    assert f"{wall} BROKEN" in " ".join(done.stdout.split())


@pytest.mark.slow
def test_a_hole_for_each_thing_that_opens_is_found(copy: Path) -> None:
    path = copy / "app" / "cases" / "service.py"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"\nimport {name}" for name in sorted(OPENING)), "utf-8")
    done = lint(copy)
    assert done.returncode != 0
    said = " ".join(done.stdout.split())
    assert f"{OPENS} BROKEN" in said
    assert {name for name in OPENING if f"app.cases.service -> {name} (" in said} == OPENING


def test_walls_around_nothing_do_not_stand(copy: Path) -> None:
    shutil.rmtree(copy / "app")
    assert lint(copy).returncode != 0


def test_no_wall_has_a_hole_by_agreement() -> None:
    assert CONTRACTS
    assert [c["name"] for c in CONTRACTS if "ignore_imports" in c or "exhaustive_ignores" in c] == []


def test_the_linter_and_the_running_server_refuse_the_same_modules() -> None:
    (contract,) = [c for c in CONTRACTS if c["name"] == OPENS]
    assert {name.strip("() ") for name in contract["layers"][0].split(" : ")} == OPENING


def test_each_pure_package_is_behind_the_walls() -> None:
    (contract,) = [c for c in CONTRACTS if c["name"] == PURE]
    built = {name for name in ("crypto", "instruments", "release") if (ROOT / name / "__init__.py").exists()}
    assert built <= set(contract["source_modules"])
