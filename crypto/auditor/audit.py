"""The whole audit, in the order in which it names what is wrong: people, heads, leaves, lanes, witnesses."""

import time
from dataclasses import dataclass, field
from typing import Any

from crypto import checkpoint
from crypto.auditor import heads as signed_heads
from crypto.auditor import lanes
from crypto.auditor.facts import Facts, Told, read_facts
from crypto.auditor.memory import Remembered
from crypto.auditor.numbers import Numbers
from crypto.auditor.organisation import Organisation, prove
from crypto.auditor.scan import Head, Tell, find_double, scan
from crypto.auditor.source import Source
from crypto.auditor.wrong import Unreadable, Wrong
from crypto.errors import Malformed

INCLUDED_WITHIN_S = 10


@dataclass
class Report:
    """What was checked, and what to remember. notices: nothing wrong, but to be known."""

    organisation: Organisation
    facts: Facts
    heads: list[Head]
    seen: dict[str, int]
    remembered: Remembered
    notices: list[str] = field(default_factory=list)


def audit(source: Source, known: Remembered, site: bytes | None, tell: Tell) -> Report:
    """Args: known: from the last run. site: the id expected, if it is. Raises: Wrong, Unreadable."""
    facts, note = _snapshot(source)
    organisation = prove(facts, site or known.site)
    heads = signed_heads.heads(facts, organisation)
    cosigned = signed_heads.open_checkpoint(_told(heads[-1].number, note), organisation, newest=False)
    notices = _check_shorter(heads, known)
    numbers = Numbers(lanes.wanted(organisation.site, facts))
    for head in heads:
        _check_log(source, head, _claims(head, heads[-1], known, cosigned, organisation), numbers, tell)
    if alike := numbers.alike():
        find_double(source, heads, alike)
    lanes.check(organisation.site, facts, numbers.found)
    lanes.check_restores(organisation, numbers.found)
    now = int(time.time()) if source.live else None
    seen = signed_heads.check_witnesses(note, organisation, now)
    when = max(signed_heads.quorum_time(seen, organisation), now or 0)
    notices += signed_heads.check_reach(cosigned, heads[-1], facts, numbers.found, organisation, when)
    kept = Remembered(organisation.site, {head.number: (head.size, head.root) for head in heads})
    return Report(organisation, facts, heads, seen, kept, notices + _notices(facts, organisation, now))


@dataclass(frozen=True)
class Claim:
    """What somebody said of a log at some size, and what it means when it was otherwise."""

    size: int
    root: bytes
    otherwise: str


def _claims(
    head: Head, newest: Head, known: Remembered, cosigned: dict[str, Any], organisation: Organisation
) -> list[Claim]:
    size, root = known.logs.get(head.number, (0, b""))
    claims = []
    if 0 < size <= head.size:
        words = f"Log {head.number} was rewritten: its first {size} leaves are others than last time."
        claims.append(Claim(size, root, words))
    if head is newest:
        words = "The checkpoint that is handed out is of another tree than the log's leaves."
        return [*claims, Claim(cosigned["size"], cosigned["root"], words)]
    after = head.number + 1
    words = f"Log {head.number} is not the one that the roots declared when log {after} began."
    return [*claims, Claim(head.counts, organisation.restores[after]["root"], words)]


def _check_log(source: Source, head: Head, claims: list[Claim], numbers: Numbers, tell: Tell) -> None:
    """Nothing, if the log is whole, and each claim about it is true. Raises: Wrong, Unreadable."""
    roots = scan(source, head, {claim.size for claim in claims}, numbers, tell)
    for claim in claims:
        if roots[claim.size] != claim.root:
            raise Wrong(claim.otherwise)


def _snapshot(source: Source) -> tuple[Facts, str]:
    """What the site says of itself, once all of it should be in the log; and the checkpoint that it hands out.

    The checkpoint is read first, so that it is of no larger tree than the heads that are read after it.
    """
    end = time.monotonic() + INCLUDED_WITHIN_S
    while True:
        facts = read_facts(source.public())
        if not facts.logs:
            raise Unreadable("This site has no log yet. It begins within a second after the organisation is set up.")
        note = source.read(f"log/{facts.logs[-1].number}/checkpoint").decode("utf-8", "replace")
        after = read_facts(source.public())
        waiting = [one for one in after.shown if one.waits]
        if not source.live or (not waiting and len(after.logs) == len(facts.logs)):
            return after, note
        if time.monotonic() > end:
            lane, n = (waiting[0].lane, waiting[0].n) if waiting else ("restore", len(after.logs))
            raise Wrong(f"The site shows number {n} of {lanes.NAMES[lane]}, but did not put it into the log.")
        time.sleep(0.5)


def _told(number: int, note: str) -> Told:
    try:
        return Told(number, checkpoint.read_checkpoint(note)["size"], note)
    except Malformed:
        raise Wrong(f"What is handed out as the checkpoint of log {number} is none.") from None


def _check_shorter(found: list[Head], known: Remembered) -> list[str]:
    """What a declared restore has taken away since last time. Raises: Wrong, when nobody declared it."""
    notices = []
    for number, (size, _) in sorted(known.logs.items()):
        if number > len(found):
            raise Wrong(f"Log {number}, which was there last time, is gone.")
        head = found[number - 1]
        if size > head.counts and head is not found[-1]:
            lost = size - head.counts
            notices.append(
                f"Since last time the roots declared a restore: {lost} leaves of log {number} no longer count."
            )
        elif size > head.size:
            raise Wrong(f"Log {number} was cut: it had {size} leaves last time, and has {head.size}.")
    return notices


def _notices(facts: Facts, organisation: Organisation, now_s: int | None) -> list[str]:
    notices = [f"Number {one.n} of {lanes.NAMES[one.lane]} was not in the log yet." for one in facts.shown if one.waits]
    if not organisation.root["quorum"]:
        notices.append("The roots ask for no witness: nobody outside has to have seen this log.")
    if organisation.state is None:
        notices.append("There is no list of people yet.")
    elif now_s is not None and organisation.state.expires <= now_s:
        notices.append("The list of people has not been renewed in time.")
    return notices
