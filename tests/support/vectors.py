"""Shared vectors, run by JavaScript in Node and in Chromium from one module.

The module exports `run(read)`: `await read('record.json')` gives the parsed file beside the module, and the answer is
`{count, failures}`, where `failures` are sentences. The same module runs in both places, so that neither is easier.
"""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
IN_NODE = """
import {{ readFile }} from 'node:fs/promises';
const {{ run }} = await import({module});
const read = async name => JSON.parse(await readFile(new URL(name, {module}), 'utf8'));
process.stdout.write(JSON.stringify(await run(read)));
"""
IN_CHROMIUM = """async address => {
  const { run } = await import(address);
  const read = async name => (await fetch(new URL(name, new URL(address, location.href)))).json();
  return run(read);
}"""


@dataclass(frozen=True)
class Result:
    count: int
    failures: list[str]


def in_node(module: str) -> Result:
    """Run the vectors of `module`, a path from the repository's top, in Node."""
    node = shutil.which("node")
    assert node, "run `make test`, which brings Node"
    code = IN_NODE.format(module=json.dumps((ROOT / module).as_uri()))
    done = subprocess.run(
        [node, "--input-type=module", "-e", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Result(**json.loads(done.stdout))


def in_chromium(module: str, page: Page) -> Result:
    """Run them in a page that stands on `modules` (the repository's files under the product's CSP)."""
    return Result(**page.evaluate(IN_CHROMIUM, f"/{module}"))
