"""Chromium for the rows that a person at a page would notice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error, Page, sync_playwright

from bench.site import Site, disks, founded, home
from tests.support.browser import DESKTOP, launch

BLANK = "/static/bench/page.html"
TIMEOUT_S = 120

# Runs before a page's own scripts, in every page of a tab. Times are milliseconds since 1970, so that they compare
# across a navigation. `shown`: when a text is on the page. `asked`, `answered`: of the worker, by method.
WATCH = """(text) => {
  const now = () => performance.timeOrigin + performance.now();
  const seen = window.bench = {begun: performance.timeOrigin, shown: null, longest: 0, asked: {}, answered: {}};
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) seen.longest = Math.max(seen.longest, one.duration);
  }).observe({type: 'longtask', buffered: true});
  let waiting = false;
  const look = () => {
    waiting = false;
    if (!seen.shown && document.getElementById('app')?.textContent.includes(text)) seen.shown = now();
  };
  new MutationObserver(() => {
    if (!waiting && !seen.shown) { waiting = true; requestAnimationFrame(look); }
  }).observe(document, {subtree: true, childList: true, characterData: true});
  addEventListener('click', () => sessionStorage.setItem('bench-pressed', now()), true);
  const post = Worker.prototype.postMessage;
  const watched = new WeakSet();
  Worker.prototype.postMessage = function (message, ...rest) {
    if (!watched.has(this)) {
      watched.add(this);
      this.addEventListener('message', ({data}) => {
        const method = Object.keys(seen.asked).find((name) => seen.asked[name].id === data.id);
        if (method) seen.answered[method] ??= now();
      });
    }
    if (message?.method) seen.asked[message.method] ??= {id: message.id, at: now()};
    return post.call(this, message, ...rest);
  };
}"""
# A worker of its own for each job: a page that was just loaded has not warmed up either.
BARE = """async ([job, args, given]) => {
  window.address ??= trustedTypes.createPolicy('alongside', {createScriptURL: (url) => url})
    .createScriptURL('/static/bench/limit.js');
  const worker = new Worker(window.address, {type: 'module'});
  try {
    const result = await new Promise((done, fail) => {
      worker.addEventListener('error', () => fail(new Error('the bare worker did not start')));
      worker.addEventListener('message', ({data}) => data.failed ? fail(new Error(data.failed)) : done(data.result));
      worker.postMessage({job, args: given ? window[given] : args});
    });
    if (typeof result === 'number') return result;
    window[job] = result;
  } finally {
    worker.terminate();
  }
}"""


@contextmanager
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def at_site() -> Iterator[tuple[Site, Chromium]]:
    """A founded site on SQLite, and a browser."""
    with (
        home() as folder,
        disks("sqlite", folder) as databases,
        founded(databases.fresh("product"), folder / "site") as site,
        chromium() as browser,
    ):
        yield site, browser


@contextmanager
def tab(browser: Chromium, site: Site, *, watch: str = "", **options: Any) -> Iterator[Page]:
    """A tab with nothing from before. Args: watch: the text whose showing is timed (WATCH)."""
    context = browser.new_context(base_url=site.server.url, viewport=DESKTOP, reduced_motion="reduce", **options)
    context.set_default_timeout(TIMEOUT_S * 1000)
    try:
        if watch:
            context.add_init_script(f"({WATCH})({watch!r})")
        yield context.new_page()
    finally:
        context.close()


class Bare:
    """Bare workers, in a tab beside."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.goto(BLANK)

    def took(self, job: str, args: dict[str, Any] | None = None, *, given: str = "") -> float:
        """Milliseconds of one job of bench/page/limit.js. Args: given: the job whose result it takes, made before."""
        return float(self._page.evaluate(BARE, [job, args or {}, given]))

    def make(self, job: str, args: dict[str, Any]) -> None:
        """Have the result of a job lie ready in the page."""
        self._page.evaluate(BARE, [job, args, ""])


def until(page: Page, is_so: Callable[[], Any], what: str) -> Any:
    """What `is_so` gives once it is true. `wait_for_function` breaks under the product's CSP."""
    end = time.monotonic() + TIMEOUT_S
    while not (found := _try(is_so)):
        assert time.monotonic() < end, f"it did not happen within {TIMEOUT_S} s: {what}"
        page.wait_for_timeout(50)
    return found


def _try(is_so: Callable[[], Any]) -> Any:
    try:
        return is_so()
    except Error as gone:
        if "context was destroyed" not in str(gone):
            raise
        return None  # the page is on its way to the next


def watched(page: Page) -> dict[str, Any]:
    """What WATCH has seen once its text is shown; also `pressed`, the last click before."""
    seen = until(page, lambda: page.evaluate("window.bench?.shown ? window.bench : null"), "the text is shown")
    pressed = page.evaluate("sessionStorage.getItem('bench-pressed')")
    return {**seen, "pressed": float(pressed) if pressed else None}
