"""`python -m crypto verify-log`: its arguments, its progress, its verdict."""

import argparse
import datetime
import sys
import time
from contextlib import closing
from pathlib import Path

from crypto.auditor.audit import Report, audit
from crypto.auditor.memory import recall, remember
from crypto.auditor.source import source
from crypto.auditor.wrong import Unreadable, Wrong


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    command.add_argument("place", metavar="URL-or-folder", help="https://alongside.example, or an export's folder")
    command.add_argument("--state", type=Path, help="a file that remembers this run, and what the last one saw")
    command.add_argument("--site", default="", help="the site's id, 64 hex digits, as on a recovery sheet")


def run(chosen: argparse.Namespace) -> int:
    """Check all of it. Returns: 0, or 1 with the first thing that is wrong."""
    try:
        site = _site(chosen.site)
        with closing(source(chosen.place)) as place:
            report = audit(place, recall(chosen.state), site, Progress())
        if chosen.state:
            remember(chosen.state, report.remembered)
    except Wrong as wrong:
        print(f"WRONG: {wrong}")
        return 1
    except Unreadable as wrong:
        print(f"Not checked: {wrong}", file=sys.stderr)
        return 1
    except OSError as wrong:
        print(f"All is well, but what was seen can't be remembered: {wrong.strerror}.", file=sys.stderr)
        return 1
    print("\n".join(_words(report)))
    return 0


class Progress:
    """Says how far it is, once a second at most."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, number: int, done: int, size: int) -> None:
        now = time.monotonic()
        if now - self._last >= 1:
            self._last = now
            print(f"log {number}: {done:,} of {size:,} leaves", file=sys.stderr, flush=True)


def _words(report: Report) -> list[str]:
    organisation, facts = report.organisation, report.facts
    lines = [f"Site {organisation.site.hex()}"]
    for head in report.heads:
        lines.append(f"Log {head.number}: {head.size:,} leaves, every one checked. Root {head.root.hex()}")
    lists, people = len(facts.lane("directory")), organisation.bindings
    lines.append(f"Roots: {len(organisation.roots)}. Lists of people: {lists}, each allowed. Bindings shown: {people}.")
    if releases := len(facts.lane("release")):
        lines.append(f"Releases of research: {releases}, each signed by a research steward and as it was logged.")
    for name, when in sorted(report.seen.items()):
        day = datetime.datetime.fromtimestamp(when, datetime.UTC).strftime("%Y-%m-%d %H:%M")
        lines.append(f"Witness {name}: {day} UTC")
    return [*lines, *(f"Note: {notice}" for notice in report.notices), "All is well."]


def _site(text: str) -> bytes | None:
    try:
        site = bytes.fromhex(text)
    except ValueError:
        site = b"?"
    if len(site) not in (0, 32):
        raise Unreadable("A site's id is 64 hex digits.")
    return site or None
