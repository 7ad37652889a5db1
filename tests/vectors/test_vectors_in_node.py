"""The shared vectors in Node, and what only the JavaScript side can be asked (vectors.test.mjs and its neighbours)."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name)
def test_the_browsers_half_passes_in_node(path: Path, count_vectors: Callable[[str, int], None]) -> None:
    node = shutil.which("node")
    assert node, "run `make test`, which brings Node"
    run = subprocess.run(
        [node, "--test", "--test-reporter=tap", str(path)], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:]
    assert re.search(r"^# pass [1-9]", run.stdout, re.MULTILINE)
    for counted in re.findall(r"^# vectors: (\d+)$", run.stdout, re.MULTILINE):
        count_vectors("node", int(counted))
