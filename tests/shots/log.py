"""The log: as a visitor finds it, checked, with counts for a coordinator, and when it does not add up."""

from playwright.sync_api import Page, Route, expect

from demo.wire import b64, unb64
from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import come_in
from tests.shots.studio import Studio
from tests.support.browser import Visit


def opened(visit: Visit) -> Page:
    page = visit.go("/log")
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
    return page


def log(studio: Studio) -> None:
    with studio.visit(studio.site.server) as visit:
        page = opened(visit)
        studio.take(page, "log")
        button(page, "Check every line").click()
        expect(page.get_by_text("All of them fit.")).to_be_visible(timeout=SLOW_MS)
        page.get_by_label("The line").fill("3")
        button(page, "Prove it").click()
        page.get_by_text("For someone who knows this field").click(timeout=SLOW_MS)
        note = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"something else"}
        page.get_by_label("A signature that you saved before").set_input_files([note])  # type: ignore[list-item]
        expect(page.locator("#note-wrong")).to_contain_text("no signature", timeout=SLOW_MS)
        studio.take(page, "log-checked")


def counts(studio: Studio) -> None:
    def month(route: Route) -> None:
        counted = {"record": 212, "visit": 1340, "letter": 96, "roster": 31, "directory": 5, "notebook": 640}
        told = [
            {"month": when, "type": kind, "count": many}
            for when in ("2026-09", "2026-10")
            for kind, many in counted.items()
        ]
        route.fulfill(json={"before": "2026-11", "counts": told})

    with studio.visit() as visit:
        come_in(visit, studio.site.carl)
        visit.context.route("**/log/counts", month)
        page = opened(visit)
        expect(page.get_by_text("What was done, by month")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "log-counts")


def stop(studio: Studio) -> None:
    def change(route: Route) -> None:
        answer = (response := route.fetch(max_retries=3)).json()
        lines = bytearray(unb64(answer["leaves"]))
        lines[40] ^= 1
        route.fulfill(response=response, json={**answer, "leaves": b64(bytes(lines))})

    with studio.visit() as visit:
        visit.context.route("**/log/since", change)
        studio.take(opened(visit), "log-stop")
