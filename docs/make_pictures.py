"""Takes the pictures of the README from the demo: `python docs/make_pictures.py`. Needs Chromium, like the tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright  # noqa: E402

from demo.seeding import Entry, seed  # noqa: E402
from demo.wire import unb64  # noqa: E402
from tests.browser.cast import SLOW_MS, button  # noqa: E402
from tests.shots.__main__ import a_server  # noqa: E402
from tests.support.browser import DESKTOP, PHONE, Visit, launch  # noqa: E402

OUT = ROOT / "docs" / "pictures"
SETTLE_MS = 600


def messages(page: Page) -> None:
    page.locator("#rooms").get_by_text("Messages", exact=True).click()


def nothing(_page: Page) -> None:
    """The page as it opens."""


# picture: who (nobody: the landing page), on what, and what they do before it is taken
PICTURES: dict[str, tuple[str, ViewportSize, Callable[[Page], None]]] = {
    "landing": ("", PHONE, nothing),
    "sara": ("Sara", PHONE, nothing),
    "dario": ("Dario", DESKTOP, messages),
    "desk": ("Ines", DESKTOP, nothing),
}


def come_in(visit: Visit, who: Entry) -> None:
    """Sign in by hand with the words that are printed."""
    page = visit.go("/sign-in")
    if who.email:
        button(page, "I am a volunteer or on staff").click()
        page.get_by_label("Your e-mail address here").fill(who.email)
    page.get_by_label("Your words", exact=True).fill(who.words)
    button(page, "Open").click()
    visit.until(lambda: "/sign-in" not in page.url, timeout_s=30)
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright, a_server() as server:
        address = next(word for word in server.run("first-steps").split() if "/setup#" in word)
        people = seed(server.url, unb64(address.split("#")[1]), server.clock.now_s).people
        chromium = launch(playwright)
        for name, (who, viewport, prepare) in PICTURES.items():
            with Visit(chromium, server.url, viewport) as visit:
                if who:
                    come_in(visit, next(one for one in people if one.name.startswith(who)))
                else:
                    visit.go("/")
                prepare(visit.page)
                visit.page.wait_for_timeout(SETTLE_MS)
                visit.page.screenshot(path=OUT / f"{name}-{viewport['width']}.png")
        chromium.close()


if __name__ == "__main__":
    main()
