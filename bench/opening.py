"""A long case opened by its owner in the real page: everything verified, and shown.

From the page's asking for the case to its first screen, beside libsodium's own verify and open of as many bytes in a
bare worker. The records are written by the server's own service in batches, sealed by the Python client.
"""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page

from app.audit import signer
from app.cases import service as cases
from app.db import make_engine, make_sessions
from bench.browser import Bare, at_site, tab, watched
from bench.rounds import Pace, Round, Row, in_turns
from bench.site import Site
from bench.unlocking import FIRST_LINE, peer_with_words, unlock
from crypto.frame import frame, unframe
from demo.people import Peer

BATCH = 500
TEXT = "I read it again this morning. The date on the second page is not the one they gave me on the phone. "
FIRST_SCREEN_S = {1000: 0.5, 10_000: 2.0}
LONGEST_MS = 200
MOST_ROUNDS = 3  # of up to half a minute each


def write(site: Site, peer: Peer, count: int) -> bytes:
    """Put messages into the peer's case until it has `count` entries; the last entry."""
    opened = peer.open(peer.case)
    signer.load(site.server.instance)
    engine = make_engine(site.server.database.url)
    entry = b""
    with make_sessions(engine)() as db:
        while opened.chain.seq < count:
            seq = opened.chain.seq + 1
            entry = opened.seal({"kind": "message", "text": f"{TEXT}{seq}", "at": int(time.time())})
            opened.chain.accept(entry, {})
            cases.append(db, site=peer.site, fp=peer.fp, case=peer.case, entry=entry)
            if seq % BATCH == 0:
                db.commit()
        db.commit()
    engine.dispose()
    return entry


def sizes(entry: bytes, count: int) -> dict[str, int]:
    """What the bare worker opens: as many records with parts as long as these."""
    parts = unframe("entry", entry)
    signed = frame("said", {"header": bytes(32), "payload": bytes(32)})
    return {"count": count, "header": len(parts["header"]), "body": len(parts["body"]), "signed": len(signed)}


def measure(count: int, pace: Pace) -> Row:
    with at_site() as (site, browser), tab(browser, site) as beside:
        peer = peer_with_words(site)
        bytes_of = sizes(write(site, peer, count), count)
        with tab(browser, site, watch=FIRST_LINE) as page:
            unlock(page, peer)
            bare, few = Bare(beside), Pace(min(pace.rounds, MOST_ROUNDS), pace.seconds)
            bare.make("makeRecords", bytes_of)
            rounds = in_turns(
                few, lambda: (bare.took("openRecords", given="makeRecords"), {}), lambda: _open(page, count)
            )
    return _judged(count, rounds)


def _judged(count: int, rounds: list[Round]) -> Row:
    within = FIRST_SCREEN_S[count]
    target = f"3 x the limit, first screen in {within} s, no task over {LONGEST_MS} ms"
    row = Row(f"open_case_{count}", "ms", target, rounds)
    row.facts = {name: row.fact(name) for name in rounds[0].facts}
    return row.judge(
        (
            (row.ratio or 0) <= 3,
            "each record has a line of the log to find and hash too, and frames in JavaScript",
        ),
        (
            row.facts["first_screen_ms"] <= within * 1000,
            "nothing is shown before the whole case is fetched and verified",
        ),
        (row.facts["longest_task_ms"] <= LONGEST_MS, "the page takes or draws all entries in one task"),
    )


def _open(page: Page, count: int) -> tuple[float, dict[str, Any]]:
    """Load /case anew in a tab that is signed in, then look at all messages."""
    page.goto("/case")
    seen = watched(page)
    page.locator("body[data-ready]").wait_for(state="attached")
    at_open = page.evaluate("window.bench.longest")
    from_s = time.monotonic()
    page.get_by_role("button", name="Messages").first.click()
    page.get_by_text(f"{TEXT}{count}", exact=True).wait_for(state="attached")
    shown = (time.monotonic() - from_s) * 1000
    asked = seen["asked"]["case.open"]["at"]
    facts = {
        "case_open_ms": seen["answered"]["case.open"] - asked, "first_screen_ms": seen["shown"] - seen["begun"],
        "longest_task_at_open_ms": at_open, "longest_task_ms": page.evaluate("window.bench.longest"),
        "all_messages_shown_ms": shown,
    }  # fmt: skip
    return seen["shown"] - asked, facts
