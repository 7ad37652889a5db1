"""What /intake costs to load, in bytes over the wire as Chromium counted them, with brotli.

`first_paint`: what the page loads by itself, before anything that seals; and it is painted with script switched off.
What it fetches once somebody scrolls or moves a pointer is told beside it.
`page_weight`: with all that writing takes, libsodium and lit-html included, once somebody has begun.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Request

from bench.browser import BLANK, at_site, tab, until
from bench.rounds import Pace, Round, Row
from bench.site import Site

KB = 1000
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
SCRIPTLESS = 5  # loads of each page with script off


@dataclass
class Wire:
    """Bytes of the bodies that came in, by address."""

    bodies: dict[str, int] = field(default_factory=dict)
    plain: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.context.on("requestfinished", self._finished)

    def _finished(self, request: Request) -> None:
        response = request.response()
        if response is None or request.method != "GET" or not response.ok:
            return
        size = request.sizes()["responseBodySize"]  # of what the browser had already, nothing or less
        self.bodies[request.url] = max(self.bodies.get(request.url, 0), size)
        if response.header_value("content-encoding") != "br":
            self.plain.append(request.url)

    @property
    def total(self) -> float:
        return sum(self.bodies.values()) / KB

    @property
    def html(self) -> float:
        return sum(size for url, size in self.bodies.items() if url.endswith("/intake")) / KB

    def part(self, name: str) -> float:
        return sum(size for url, size in self.bodies.items() if name in url) / KB


def measure(name: str, pace: Pace) -> Row:
    with at_site() as (site, browser):
        return _first_paint(site, browser, pace) if name == "first_paint" else _page_weight(site, browser)


def _first_paint(site: Site, browser: Chromium, pace: Pace) -> Row:
    with tab(browser, site) as page:
        whole = _load(page)
        wire = Wire(dict(whole.bodies))
        page.mouse.move(50, 300)
        page.mouse.move(60, 320)
        until(page, lambda: page.evaluate("document.body.dataset.ahead !== undefined"), "the rest was fetched")
    painted = [_paint(site, browser, "/intake") for _ in range(min(pace.rounds, SCRIPTLESS))]
    blank = [_paint(site, browser, BLANK) for _ in painted]
    rounds = [
        Round(None, wire.total, {"painted_ms": ms, "blank_page_ms": other})
        for ms, other in zip(painted, blank, strict=True)
    ]
    row = Row("first_paint", "KB", "40 KB before anything seals, painted with script off", rounds)
    row.facts = {
        "html": wire.html, "css": wire.part(".css"), "js": wire.part(".js"), "files": len(wire.bodies),
        "fetched_once_somebody_reads_on": whole.total - wire.total,
        "painted_without_script_ms": row.fact("painted_ms"), "blank_page_ms": row.fact("blank_page_ms"),
    }  # fmt: skip
    return row.judge(
        (wire.total <= 40, f"the heaviest: {_heaviest(wire)}"), (all(painted), "not painted with script off")
    )


def _page_weight(site: Site, browser: Chromium) -> Row:
    with tab(browser, site) as page:
        wire = _load(page)
        page.locator("#go-full").click()
        until(page, lambda: page.evaluate("!document.querySelector('[data-step=words]').hidden"), "the words are shown")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
    row = Row("page_weight", "KB", "210 KB with libsodium and lit-html", [Round(None, wire.total)])
    row.facts = {
        "libsodium": wire.part("/libsodium/"), "lit_html": wire.part("/lit-html/"),
        "words_list": wire.part("words.txt"), "worker": wire.part("/js/worker/"), "crypto": wire.part("/js/crypto/"),
        "pages": wire.part("/js/pages/"), "parts": wire.part("/js/parts/"), "square_code": wire.part("/uqr/"),
        "html_css": wire.html + wire.part(".css"), "files": len(wire.bodies), "not_brotli": len(wire.plain),
    }  # fmt: skip
    why = "the rest is many small modules with their comments, each compressed alone; the heaviest"
    return row.judge((wire.total <= 210, f"{why}: {_heaviest(wire)}"))


def _load(page: Page) -> Wire:
    wire = Wire()
    wire.listen(page)
    page.goto("/intake")
    until(page, lambda: page.evaluate("document.body.dataset.ready !== undefined"), "the page is ready")
    page.wait_for_load_state("networkidle")
    return wire


def _paint(site: Site, browser: Chromium, address: str) -> float:
    """Milliseconds to the first words on the screen with script off; 0 when nothing is painted."""
    with tab(browser, site, java_script_enabled=False) as page:
        page.goto(address)
        page.wait_for_timeout(300)
        return float(page.evaluate(PAINT) or 0)


def _heaviest(wire: Wire) -> str:
    largest = sorted(wire.bodies.items(), key=lambda item: -item[1])[:6]
    return ", ".join(f"{url.split('/', 3)[3]} {size / KB:.1f}" for url, size in largest)
