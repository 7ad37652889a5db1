"""The packages that the pages use load as plain modules: under the product's CSP, with no import map."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.browser import Visit

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
SODIUM = "/static/vendor/libsodium/libsodium-wrappers.mjs"
LOADS = {
    "libsodium": f"""const m = (await import('{SODIUM}')).default;
        await m.ready; return m.crypto_kem_xwing_PUBLICKEYBYTES""",
    "lit-html": """const m = await import('/static/vendor/lit-html/lit-html.js');
        m.render(m.html`<p>${'a <b> c'}</p>`, document.querySelector('h1'));
        return document.querySelector('p').textContent""",
    "lit-html directives": """const m = await import('/static/vendor/lit-html/directives/repeat.js');
        return typeof m.repeat""",
    "uqr": "const m = await import('/static/vendor/uqr/uqr.mjs'); return m.encode('https://example.org').size",
}
LOADED = {"libsodium": 1216, "lit-html": "a <b> c", "lit-html directives": "function", "uqr": 27}


@pytest.mark.slow
@pytest.mark.parametrize("name", LOADS)
def test_a_page_loads_the_package(name: str, modules: str, visit: Callable[..., Visit]) -> None:
    page = visit(modules).go("/")
    assert page.evaluate(f"async () => {{ {LOADS[name]} }}") == LOADED[name]


@pytest.mark.parametrize("module", ["libsodium/libsodium-wrappers.mjs", "uqr/uqr.mjs"])
def test_node_loads_the_package(module: str) -> None:
    node = shutil.which("node")
    assert node, "run `make test`, which brings Node"
    code = f"""const m = await import('./{module}'); await m.default?.ready;
        process.stdout.write(String(Object.keys(m).length > 0))"""
    done = subprocess.run(
        [node, "--input-type=module", "-e", code], cwd=VENDOR, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("true", "")
