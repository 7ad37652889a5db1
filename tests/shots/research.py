"""Research: what anybody sees, a steward before publishing, a researcher with the terms, a release, and one that was exchanged."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, Route, expect

from demo.people import Staff
from demo.releases import Researcher, Steward
from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import come_in
from tests.shots.studio import Studio
from tests.support.browser import Visit
from tests.support.releases import folder


def joined(studio: Studio, person: Staff, email: str) -> None:
    person.use_words(email=email)
    person.join(studio.site.carl.invite_staff(person.roles))
    studio.site.carl.certify(person)


def opened(visit: Visit) -> Page:
    page = visit.go("/research")
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)
    return page


def research(studio: Studio) -> None:
    wire, now_s = studio.site.carl.wire, studio.site.server.clock.now_s
    stan, rita = Steward(wire.another(), "Stan Kim", now_s=now_s), Researcher(wire.another(), "Rita Roe", now_s=now_s)
    joined(studio, stan, "stan@example.org")
    joined(studio, rita, "rita@example.org")
    with studio.visit() as visit:
        studio.take(opened(visit), "research-nothing-yet")
    for product in ("microdata", "public"):
        stan.publish(folder(product))
    with studio.visit() as visit:
        studio.take(opened(visit), "research")
    with studio.visit() as visit, TemporaryDirectory() as home:
        page = come_in(visit, stan)
        for name, data in folder("tables").items():
            (Path(home) / name).write_bytes(data)
        page.get_by_label("Folder of the release").set_input_files(home)
        button(page, "Sign and publish").click(timeout=SLOW_MS)
        studio.take(page, "research-steward")
        button(page, "Sign and publish release 3").click()
        expect(page.get_by_role("heading", name="Release 3 is published")).to_be_visible(timeout=SLOW_MS)
    with studio.visit() as visit:
        page = come_in(visit, rita)
        expect(page.get_by_role("heading", name="Read this first, then sign")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "research-terms")
        button(page, "I agree, and I sign").click()
        button(page, "Make a token").click(timeout=SLOW_MS)
        page.get_by_text("How a script asks").click(timeout=SLOW_MS)
        studio.take(page, "research-researcher")
        for number, name in ((3, "tables"), (1, "rows")):
            page.get_by_role("button", name=f"Open release {number}").click(timeout=SLOW_MS)
            page.get_by_text("What each of them found").click(timeout=SLOW_MS)
            studio.take(page, f"research-{name}")
            button(page, "All releases").click()


def exchanged(studio: Studio) -> None:
    def change(route: Route) -> None:
        answer = (response := route.fetch(max_retries=3)).json()
        answer["releases"][0]["manifest"] += " "
        route.fulfill(response=response, json=answer)

    with studio.visit() as visit:
        visit.context.route("**/research/public", change)
        studio.take(opened(visit), "research-stop")
