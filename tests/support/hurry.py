"""What nobody is named on waits up to a minute in the browser. Here it waits a moment, or a test would take as long.

The pause as it is: tests/unit/worker/research.test.mjs.
"""

from __future__ import annotations

from playwright.sync_api import Route

from tests.support.browser import Visit
from tests.support.databases import ROOT

PAUSE = ROOT / "static" / "js" / "worker" / "clock.js"
SOON = {"LEAST_MS = 5000": "LEAST_MS = 100", "MOST_MS = 60_000": "MOST_MS = 400"}


def hurry(visit: Visit, *, slack_ms: int = 1600) -> Visit:
    """This browser gets the one script with other numbers in it; of two times, the later counts.

    Args: slack_ms: so long after all that waited has gone does everybody's page make its save.
    """
    text = PAUSE.read_text(encoding="utf-8")
    for before, now in {**SOON, "SLACK_MS = 6000": f"SLACK_MS = {slack_ms}"}.items():
        assert text.count(before) == 1, f"{PAUSE.name} has this {text.count(before)} times: {before}"
        text = text.replace(before, now)

    def give(route: Route) -> None:
        headers = {
            **route.fetch(max_retries=3).headers,
            "content-encoding": "identity",
            "content-type": "text/javascript",
        }
        route.fulfill(body=text, headers=headers)

    visit.context.route(f"**/js/worker/{PAUSE.name}", give)
    return visit
