"""Example releases from made-up cohorts of 35, 200, 1,000 and 5,000.

`python -m docs.make_release_examples` writes docs/releases/.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support import cohort

ROOT = Path(__file__).resolve().parents[1]
SIZES = (35, 200, 1_000, 5_000)
# The rows of 5,000 people are left out of the repository: anybody can make them anew.
KEPT = ("attack-report.html", "attack-report.json", "classes.csv", "codebook.csv", "datapackage.json", "levels.json")
BOTH = ("manifest.json", "tables.html", "tables.json")


def example(size: int, home: Path) -> str:
    """Build rows where they may be, tables where they may not; the words of the tool on the way."""
    rows = cohort.write(home / f"{size}.csv", size)
    words = ["--rows", str(rows), "--dictionary", "intake.v1.csv", "--plan", "table-one.v1", "--month", "2026-11"]
    done = release("build", *words, "--out", str(home / str(size)))
    if done.returncode:
        told = release("tables", *words, "--out", str(home / str(size)))
        assert told.returncode == 0, told.stderr
    to = ROOT / "docs" / "releases" / str(size)
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for path in sorted((home / str(size)).iterdir()):
        if path.name in (*KEPT, *BOTH):
            shutil.copyfile(path, to / path.name)
    return " ".join(done.stderr.split()) if done.returncode else "Rows are published."


def release(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "release", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def text(told: dict[int, str]) -> str:
    lines = [
        "# Example releases",
        "",
        "Nobody in them exists: the cohorts are made by `tests/support/cohort.py`, the releases by",
        "`docs/make_release_examples.py` with the default plan. A folder holds what the tool wrote, without the rows.",
        "",
        "| people | what the tool said when asked for rows | what was published |",
        "|---|---|---|",
    ]
    for size, words in told.items():
        rows = (ROOT / "docs" / "releases" / str(size) / "classes.csv").exists()
        pages = ["classes.csv", "tables.html"] if rows else ["tables.html"]
        links = (
            ", ".join(f"[{page}]({size}/{page})" for page in pages) + f", [attack report]({size}/attack-report.html)"
        )
        lines.append(f"| {size:,} | {words} | {links} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        said = {size: example(size, Path(folder)) for size in SIZES}
    (ROOT / "docs" / "releases" / "README.md").write_text(text(said), encoding="utf-8")
