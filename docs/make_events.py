"""Writes docs/events.md from the closed list in app/audit/events.py: `python docs/make_events.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANES = {
    "entry": "the entries of a case: its n is the entry's own number",
    "act": "what else is done to a case, counted from 1 in each epoch",
    "account": "an account's own: its n is the notebook's version",
    "site": "the organisation's own: its n is the version",
    "none": "a random tag, so that nobody can tell whom it concerns",
}
HEAD = """# Events

What can stand on the log, and nothing else: an event that is not in `app/audit/events.py` can't be written. This page
is made from that file by `python docs/make_events.py`. Some kinds wait for rooms that are not built yet.

An event holds its type, the day, a subject (a case), an actor and an object (a hash). The log gets only a commitment to
it and a tag. The tag says which number this is in its lane to those who have the lane's key, and nothing to others. A
gap in the numbers is how a member's browser sees that an event is withheld. Bytes: [crypto/SPEC.md](../crypto/SPEC.md).

What is erased, or was kept for its time, is forgotten: the event goes, and with it the random salt without which nobody
can guess what the commitment was to. Tag, commitment and place in the tree stay, so that the log still verifies; an
`erased` event says that something went.

| event | lane | what it says | kept |
|---|---|---|---|
"""
# How long an event stays that has no time of its own, by its lane.
KEPT = {
    "entry": "with its case",
    "act": "with its case",
    "account": "with its account",
    "site": "for good",
    "none": "for good",
}


def text() -> str:
    """The whole page."""
    from app.audit.events import KINDS

    rows = "".join(
        f"| `{kind.type}` | {kind.lane} | {kind.says} | "
        f"{f'{kind.keep_months} months' if kind.keep_months else KEPT[kind.lane]} |\n"
        for kind in KINDS.values()
    )
    lanes = "".join(f"| {name} | {says} |\n" for name, says in LANES.items())
    return f"{HEAD}{rows}\n| lane | what it numbers |\n|---|---|\n{lanes}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    (ROOT / "docs" / "events.md").write_text(text(), encoding="utf-8")
