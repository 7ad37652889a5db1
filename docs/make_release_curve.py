"""What each target costs, on made-up cohorts of 200 to 10,000.

`python -m docs.make_release_curve` writes docs/release-curve.md.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from instruments.editions import hierarchies, load
from release.build import draft
from release.design import Design, design
from release.errors import Declined
from release.plan import find_plan
from release.rows import read_rows
from release.targets import Targets
from tests.support import cohort

ROOT = Path(__file__).resolve().parents[1]
SIZES = (200, 500, 1_000, 2_000, 5_000, 10_000)
CHANGES: dict[str, dict[str, Any]] = {
    "as the plan has it": {},
    "k = 5": {"k": 5},
    "k = 20": {"k": 20},
    "l = 2": {"l": 2},
    "t = 0.5": {"t": 0.5},
    "share = 0.35": {"share": 0.35},
    "share = 0.45": {"share": 0.45},
    "exclusion = 1": {"exclusion": 1.0},
    "drop = 0.1": {"drop": 0.1},
    "k alone": {"l": 1, "t": 1.0, "share": 1.0, "exclusion": 1.0, "flat": False},
}
HEAD = """# What each target costs

The least loss of detail at which rows of the default plan (`table-one.v1`) could be published, on cohorts made up by
`tests/support/cohort.py`: nobody in them exists. One target is changed at a time. A plan allows at most 60%; what is
above, in brackets, is not published. Made by `docs/make_release_curve.py`.

"""


def loss(laid: Design, change: dict[str, Any], rows: Path) -> str:
    """The loss in per cent, in brackets when nothing would be published."""
    given: Targets = replace(laid.plan.targets, **change)
    looser = replace(laid, plan=replace(laid.plan, targets=given, loss=1.0))
    try:
        found = draft(looser, read_rows(rows, looser)).loss
    except Declined:
        return "none"
    return f"{found:.0%}" if found <= laid.plan.loss else f"({found:.0%})"


def text() -> str:
    laid = design(find_plan("table-one.v1"), load("intake"), hierarchies())
    lines = ["| | " + " | ".join(f"{size:,}" for size in SIZES) + " |", "|---|" + "---|" * len(SIZES)]
    with TemporaryDirectory() as home:
        files = [cohort.write(Path(home) / f"{size}.csv", size) for size in SIZES]
        for name, change in CHANGES.items():
            lines.append(f"| {name} | " + " | ".join(loss(laid, change, rows) for rows in files) + " |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "release-curve.md").write_text(text(), encoding="utf-8")
