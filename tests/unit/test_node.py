"""The tests that are written in JavaScript (tests/**/*.test.mjs), run by Node's own runner; the shared vectors are counted."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.beside import may_skip

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.test.mjs"))


def test_there_are_tests_in_javascript() -> None:
    assert FILES


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=str)
def test_node_passes(
    file: Path, record_property: Callable[[str, object], None], count_vectors: Callable[[str, int], None]
) -> None:
    node = shutil.which("node")
    assert node, "run `make test`, which brings Node"
    command = [node, "--test", "--test-reporter=tap", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    numbers = {name: int(number) for name, number in re.findall(r"(?m)^# (\w+) (\d+)$", done.stdout)}
    assert done.returncode == 0, done.stdout + done.stderr
    skipped = {f"{file}: {name}" for name in re.findall(r"(?m)^ok \d+ - (.+?) # SKIP", done.stdout)}
    assert skipped <= may_skip()
    assert numbers["pass"] > 0
    assert numbers["pass"] == numbers["tests"] - len(skipped), f"unfinished: {numbers}"
    for name in skipped:
        record_property("skipped", name)
    for counted in re.findall(r"(?m)^# vectors: (\d+)$", done.stdout):
        count_vectors("node", int(counted))
