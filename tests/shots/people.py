"""Who is who: the coordinator's view, a newcomer's, and the ceremony that begins it all."""

from playwright.sync_api import expect

from demo.people import Supporter
from tests.browser.cast import (
    SLOW_MS,
    button,
    founding_link,
    give_words_back,
    heading,
    keep_sheet,
    sheet_words,
    waiting_card,
)
from tests.shots.studio import Studio
from tests.support.stage import sit_down

PROFILE = {
    "kind": "profile", "specialty": "Anesthesiology", "state": "wa", "stage": "mid", "availability": "Sundays",
    "employers": ["Cascade General"],
}  # fmt: skip


def people(studio: Studio) -> None:
    site = studio.site
    new = Supporter(site.carl.wire.another(), "Uma Reed", now_s=site.server.clock.now_s)
    new.use_words(email="uma@example.org")
    new.join(site.carl.invite_staff("supporter"), PROFILE)
    with studio.visit() as visit:
        page = sit_down(visit, site.carl, "/people")
        card = waiting_card(page, new.name)
        expect(card.locator(".safety li").first).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "people-coordinator")
        button(card, "They differ").click()
        studio.take(page, "people-words-differ")
        visit.go("/people")
        button(page, "Make a link").click()
        link = page.locator("#invitation-link").inner_text()
        studio.take(page, "people-invited")
    with studio.visit() as visit:
        page = sit_down(visit, new, "/people")
        expect(page.get_by_role("heading", name="One step left: a call")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "people-newcomer")
    with studio.visit() as visit:
        page = sit_down(visit, site.team["Ruth Baum"], "/people")
        expect(page.get_by_role("heading", name="Who is who")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "people-supporter")
    join(studio, "/" + link.split("/", 3)[3])


def join(studio: Studio, link: str) -> None:
    with studio.visit(complains="40[04]|410") as visit:
        page = visit.go(link)
        heading(page, "Thank you for coming to help")
        studio.take(page, "people-join")
        button(page, "Make my key").click()
        studio.take(page, "people-join-wrong")
        page.goto("about:blank")
        visit.go(link[:-2])
        expect(page.get_by_role("heading", name="This invitation does not open")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "people-join-broken-link")


def setup(studio: Studio) -> None:
    """Carl founds the bare site."""
    with studio.visit(studio.bare) as visit:
        page = visit.go(founding_link(studio.bare))
        heading(page, "You are the first one here")
        studio.take(page, "setup-first")
        page.get_by_label("Your name, as others will see it").fill("Carl Brandt")
        page.get_by_label("Your e-mail address").fill("carl@example.org")
        button(page, "Make the keys").click()
        heading(page, "The root sheet")
        expect(page.locator(".keysheet > p.mono")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "setup-root-sheet")
        root_sheet = keep_sheet(page, "Go on")
        page.get_by_label("Last group of five").fill(root_sheet.split()[-1])
        button(page, "Go on").click()
        heading(page, "These six words are your key")
        words = sheet_words(page)
        studio.take(page, "setup-words")
        button(page, "I have kept them").click()
        give_words_back(page, words)
        heading(page, "Your recovery sheet")
        keep_sheet(page, "I have kept it")
        heading(page, "The site stands")
        studio.take(page, "setup-stands")
