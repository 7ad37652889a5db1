"""The walls between the scripts: pages over parts, the worker over crypto, and keys in the worker alone."""

import json
import posixpath
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"
LIT, QR, SODIUM = "vendor/lit-html", "vendor/uqr", "vendor/libsodium"
# folder: what its scripts may import. A page or part that had crypto could be made to hold a key.
MAY_IMPORT = {
    "pages": {"pages", "parts", LIT},
    "parts": {"parts", LIT, QR},
    "worker": {"worker", "crypto"},
    "crypto": {"crypto", SODIUM},
}


def imports(folder: Path) -> dict[str, list[str]]:
    command = ["node", str(ROOT / "tests" / "architecture" / "imports.mjs"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def floor_of(path: str) -> str:
    """`static/js/crypto/box.js` stands on `crypto`, `static/vendor/uqr/uqr.mjs` on `vendor/uqr`."""
    parts = path.split("/")
    if parts[:2] == ["static", "js"]:
        return parts[2]
    return "/".join(parts[1:3]) if parts[:2] == ["static", "vendor"] else path


def holes(scripts: dict[str, list[str]]) -> list[str]:
    """Each import that goes through a wall. `scripts`: what each script under static/js imports."""
    found = []
    assert scripts, "there is no script to look at"
    for script, names in scripts.items():
        here = script.split("/")[0]
        for name in names:
            target = posixpath.normpath(posixpath.join("static/js", posixpath.dirname(script), name))
            if not name.startswith(".") or floor_of(target) not in MAY_IMPORT.get(here, set()):
                found.append(f"{script} imports {name}")
    return found


@pytest.fixture(scope="module")
def ours() -> dict[str, list[str]]:
    return imports(SCRIPTS)


def test_no_script_imports_through_a_wall(ours: dict[str, list[str]]) -> None:
    assert holes(ours) == []


def test_every_script_stands_on_a_known_floor(ours: dict[str, list[str]]) -> None:
    assert {script.split("/")[0] for script in ours} <= MAY_IMPORT.keys()


HOLES = [
    ("pages/landing.js", "import { unbox } from '../crypto/box.js';"),
    ("pages/landing.js", "const late = () => import('../crypto/box.js');"),
    ("pages/landing.js", "const late = name => import(name);"),
    ("pages/landing.js", "export * from '../worker/main.js';"),
    ("pages/landing.js", "import sodium from '../../vendor/libsodium/libsodium-wrappers.mjs';"),
    ("parts/say.js", "import '../pages/landing.js';"),
    ("parts/say.js", "import { keys } from './../crypto/keys.js';"),
    ("worker/main.js", "import { html } from '../../vendor/lit-html/lit-html.js';"),
    ("worker/main.js", "import { say } from '../parts/say.js';"),
    ("crypto/box.js", "import { say } from '../worker/net.js';"),
    ("crypto/box.js", "import sodium from 'libsodium-wrappers-sumo';"),
    ("crypto/box.js", "import x from 'https://example.org/x.js';"),
    ("helpers/new.js", "import '../parts/say.js';"),
]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the scripts of each broken copy import, all read in one go: `3/pages/landing.js` is of the fourth."""
    copies = tmp_path_factory.mktemp("scripts")
    for number, (script, line) in enumerate(HOLES):
        path, real = copies / str(number) / script, SCRIPTS / script
        path.parent.mkdir(parents=True)
        before = real.read_text(encoding="utf-8") if real.exists() else ""
        path.write_text(f"{line}\n// import '../not/meant.js'\n{before}", encoding="utf-8")
    return imports(copies)


@pytest.mark.parametrize("number", range(len(HOLES)), ids=[line for _, line in HOLES])
def test_a_hole_in_a_wall_between_scripts_is_found(broken: dict[str, list[str]], number: int) -> None:
    script, line = HOLES[number]
    (hole,) = holes({script: broken[f"{number}/{script}"]})
    assert hole.split(" imports ")[1] in (*line.split("'"), "?")


def test_a_type_named_in_a_comment_is_no_import(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "x.js").write_text("/** @type {import('../crypto/box.js').Box} */\nexport const x = 1;\n")
    assert holes(imports(tmp_path)) == []
