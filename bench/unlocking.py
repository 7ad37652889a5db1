"""Seven words to the first line that can be read on /case, by hand in the real pages, beside Argon2id alone.

Pressed once the page has fetched what the next one takes, as by whoever types words; `pressed_at_once_ms`: before that.
"""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from bench.browser import Bare, at_site, tab, until, watched
from bench.rounds import Pace, Row, in_turns
from bench.site import Site
from demo.people import Peer
from demo.wire import Over

AT_ONCE = 3  # rounds of whoever pastes and presses
FIRST_LINE = "Where things stand"
AT_HAND = "document.body.dataset.ahead !== undefined"


def peer_with_words(site: Site) -> Peer:
    """A peer who has sent an account."""
    peer = Peer(Over(site.server.url), "Sara", now_s=time.time)
    peer.use_words()
    peer.enrol()
    peer.submit({"answers": {"narrative": "What happened."}, "instrument": "intake.v1"})
    return peer


def unlock(page: Page, peer: Peer, *, at_once: bool = False) -> dict[str, Any]:
    """Fill in the words and press the button; what was seen until the first line (WATCH)."""
    page.goto("/sign-in")
    page.locator("body[data-ready]").wait_for(state="attached")
    page.locator("#words").fill(peer.words)
    if not at_once:
        until(page, lambda: page.evaluate(AT_HAND), "all has come that the page fetches while somebody types")
        page.wait_for_timeout(300)
    page.locator("#open").click()
    return watched(page)


def steps(seen: dict[str, Any]) -> dict[str, float]:
    """Where the time went, in milliseconds, one after the other."""
    asked, answered = {name: one["at"] for name, one in seen["asked"].items()}, seen["answered"]
    return {
        "words_to_case_page_ms": seen["begun"] - seen["pressed"],
        "page_and_its_modules_ms": asked["account.resume"] - seen["begun"],
        "worker_starts_and_resumes_ms": answered["account.resume"] - asked["account.resume"],
        "list_ms": answered["case.list"] - asked["case.list"],
        "case_open_ms": answered["case.open"] - asked["case.open"],
        "letters_drafts_drawing_ms": seen["shown"] - answered["case.open"],
    }


def _at_once(browser: Chromium, site: Site, peer: Peer) -> float:
    with tab(browser, site, watch=FIRST_LINE) as page:
        seen = unlock(page, peer, at_once=True)
        return float(seen["shown"] - seen["pressed"])


def measure(pace: Pace) -> Row:
    with at_site() as (site, browser), tab(browser, site) as beside:
        bare, peer = Bare(beside), peer_with_words(site)

        def product() -> tuple[float, dict[str, Any]]:
            with tab(browser, site, watch=FIRST_LINE) as page:
                seen = unlock(page, peer)
                return seen["shown"] - seen["pressed"], steps(seen)

        rounds = in_turns(pace, lambda: (bare.took("argon2"), {}), product)
        hurried = sorted(_at_once(browser, site, peer) for _ in range(AT_ONCE))[AT_ONCE // 2]
    row = Row("unlock", "ms", "400 ms above the limit", rounds)
    row.facts = {"above_ms": row.over, "pressed_at_once_ms": hurried} | {
        name: row.fact(name) for name in rounds[0].facts
    }
    return row.judge(
        (
            row.over <= 400,
            "the second page reads some hundred modules, its own and the worker's, and starts libsodium anew",
        )
    )
