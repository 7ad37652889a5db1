"""A volunteer's state is compared with the states that a peer excludes, so both must come from one list."""

import csv
import re

from app.config import ROOT


def test_volunteers_choose_from_the_states_that_peers_exclude() -> None:
    page = (ROOT / "static/js/pages/profile.js").read_text(encoding="utf-8")
    offered = re.findall(r"\['(\w+)', _\('([^']+)'\)\]", page)
    with (ROOT / "instruments/definitions/intake.v1.csv").open(encoding="utf-8", newline="") as file:
        rows = {row[0]: row[5] for row in csv.reader(file)}
    for question in ("state", "exclude_states"):
        asked = [tuple(choice.strip().split(", ", 1)) for choice in rows[question].split(" | ")]
        missing = {code for code, _ in asked if code not in ("pnts", "none")} - {code for code, _ in offered}
        assert not missing, question
    assert set(offered) <= {tuple(choice.strip().split(", ", 1)) for choice in rows["state"].split(" | ")}
