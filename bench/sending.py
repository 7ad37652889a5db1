"""From pressing "send" to receipts that are verified, with an account of 20 KB whose words are derived already.

The limit does the same seals and hashes in a bare worker and makes one empty round trip to the same server. A row of
its own tells how long it takes from there until each receipt proves its place in the log's tree.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser as Chromium

from bench.browser import BLANK, Bare, at_site, tab
from bench.rounds import Pace, Round, Row, in_turns
from bench.site import Site
from tests.support.addresses import script

SIZE = 20_000
ACCOUNT: dict[str, Any] = {
    "answers": {"narrative": ("I wrote down what I saw, and gave it to the head of the unit. " * 400)[:SIZE]},
    "consents": {}, "exclusions": {"people": "", "employer": "", "states": []}, "instrument": "intake.v1", "told": [],
    "lines": [{"field": "name_use", "label": "What should we call you?", "text": "Sara"}],
    "excluded": {"people": "", "employer": "", "states": []},
}  # fmt: skip
# The page's own way to its worker; a new account each time, since an account is sent once.
SEND = """async (account) => {
  const { ask } = await import('ASK');
  await ask('account.begin', { role: 'peer' });
  await ask('account.enrol');
  await ask('intake.load');
  const { fps: named } = await ask('intake.desk');
  const from = performance.now();
  const { receipts } = await ask('intake.send', { account, named });
  const answered = performance.now();
  if (!receipts.record) throw new Error('no receipt');
  const placed = await ask('intake.included', { receipts });
  if (!(placed.line > 0)) throw new Error('no place in the log');
  return { took: answered - from, placed: performance.now() - answered };
}""".replace("ASK", script("parts/ask.js"))


def measure(what: str, pace: Pace) -> Row:
    """Args: what: seal_to_receipt, or receipt_in_log."""
    return _seal_to_receipt(pace) if what == "seal_to_receipt" else _receipt_in_log(pace)


def _send(browser: Chromium, site: Site) -> dict[str, float]:
    with tab(browser, site) as page:
        page.goto(BLANK)
        took: dict[str, float] = page.evaluate(SEND, ACCOUNT)
        return took


def _receipt_in_log(pace: Pace) -> Row:
    with at_site() as (site, browser):
        rounds = [Round(None, _send(browser, site)["placed"]) for _ in range(pace.rounds * 2)]
    row = Row("receipt_in_log", "ms", "2 s after the answer", rounds)
    slowest = max(one.product for one in rounds)
    row.facts = {"slowest_ms": slowest}
    return row.judge(
        (slowest <= 2000, "the log takes in what is new every half a second, and the page asks at most every half")
    )


def _seal_to_receipt(pace: Pace) -> Row:
    with at_site() as (site, browser), tab(browser, site) as beside:
        bare = Bare(beside)

        def limit() -> tuple[float, dict[str, Any]]:
            return bare.took("submission", {"account": SIZE, "card": 1024}), {}

        def product() -> tuple[float, dict[str, Any]]:
            return _send(browser, site)["took"], {}

        rounds = in_turns(pace, limit, product)
    row = Row("seal_to_receipt", "ms", "300 ms above the limit", rounds)
    row.facts = {"above_ms": row.over}
    return row.judge(
        (
            row.over <= 300,
            "requests that come one after the other: the directory, the kept draft, the send, the notebook",
        )
    )
