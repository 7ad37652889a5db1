"""Those who help: a supporter's letters and cases, and the desk."""

from playwright.sync_api import Page, expect

from demo.people import Coordinator, Peer
from tests.browser.cast import SLOW_MS, button, heading
from tests.browser.seeded import come_in
from tests.shots import told
from tests.shots.case import room
from tests.shots.studio import Studio


def letters(studio: Studio) -> None:
    """Omar is asked, answers, and writes."""
    site = studio.site
    with studio.visit() as visit:
        page = come_in(visit, site.omar)
        studio.take(page, "supporter-nothing")
        site.carl.invite(site.sara.case, site.omar.fp, summary=told.SUMMARY)
        page.reload()
        expect(page.get_by_text(told.SUMMARY)).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "supporter-invited")
        page.get_by_label("Possibly").check()
        page.get_by_label("Anything the coordinator should know before calling you?").fill(told.NOTE)
        button(page, "Seal and send my answer").click()
        expect(page.get_by_text("You answered: possibly.")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "supporter-answered")
        page.get_by_label("Your letter to them").fill(told.LETTERS["Nora Lind"])
        button(page, "Seal and send my letter").click()
        expect(page.get_by_role("heading", name="Your letter is sealed and sent").first).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "supporter-letter-sent")


def cases(studio: Studio) -> None:
    """Nora is on a team."""
    site = studio.together()
    site.nora.say(site.sara.case, {"kind": "message", "text": told.FROM_NORA})
    with studio.visit() as visit:
        page = come_in(visit, site.nora)
        studio.take(page, "supporter-approved")
        visit.go("/case")
        heading(page, "Cases you are on")
        button(page, "Open it").or_(page.get_by_role("button", name="Open it")).first.wait_for()
        studio.take(page, "supporter-cases")
        page.get_by_role("button", name="Open it").click()
        heading(page, "What Sara wrote")
        studio.take(page, "supporter-account")
        room(page, "Messages")
        studio.take(page, "supporter-messages")
        room(page, "Team")
        button(page, "I know someone here").click()
        studio.take(page, "supporter-team-leaving")


def open_card(page: Page, name: str) -> None:
    """A name is known only once its card was opened, and both came in the same second: look into each."""
    cards = page.get_by_role("button", name="Open the card")
    expect(cards.first).to_be_visible(timeout=SLOW_MS)
    for number in range(cards.count()):
        cards.nth(number).click()
        expect(page.get_by_role("heading", name="People who could help")).to_be_visible(timeout=SLOW_MS)
        if name in page.locator("h1").inner_text():
            return
        button(page, "Back to the list").click()
        expect(cards.first).to_be_visible(timeout=SLOW_MS)
    raise AssertionError(f"{name}'s card is not at the desk")


def desk(studio: Studio) -> None:
    site = studio.site
    dana = Coordinator(site.carl.wire.another(), "Dana Reyes", now_s=site.server.clock.now_s)
    dana.use_words(email="dana@example.org")
    dana.join(site.carl.invite_staff("coordinator"))
    site.carl.certify(dana)
    maya = Peer(site.carl.wire.another(), "Maya", now_s=site.server.clock.now_s)
    maya.enrol()
    named = {"field": "name_use", "label": "What should we call you?", "text": "Maya"}
    maya.submit({"answers": {}, "instrument": "intake.v1"}, {**told.CARD, "lines": [named]})
    ruth, amara = site.team["Ruth Baum"], site.team["Amara Osei"]
    site.carl.claim(maya.case)
    site.carl.invite(maya.case, ruth.fp, amara.fp, summary=told.SUMMARY)
    ruth.answer(maya.case, "possible", told.NOTE)
    amara.answer(maya.case)  # and has not written yet
    ruth.statement(ruth.invitations()[-1], told.LETTERS["Nora Lind"])
    with studio.visit() as visit:
        page = come_in(visit, site.carl)
        expect(page.get_by_role("button", name="Open the card").first).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "desk-queue")
        open_card(page, "Sara")
        studio.take(page, "desk-card")
        button(page, "I will look after it").click()
        expect(page.get_by_role("checkbox", name="Ruth Baum ·")).to_be_visible(timeout=SLOW_MS)
        page.get_by_role("checkbox", name="Ruth Baum ·").check()
        page.get_by_label("A summary in your words, without names or places").fill(told.SUMMARY)
        studio.take(page, "desk-card-choosing")
        button(page, "Back to the list").click()
        open_card(page, "Maya")
        expect(page.get_by_role("group", name="Who is on it?")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "desk-card-answered")
        button(page, "Give it back").click()
        expect(page.get_by_text("Any coordinator can take this card now.")).to_be_visible(timeout=SLOW_MS)
        button(page, "Back to the list").click()
        page.get_by_text("Finished cards").click()
        expect(page.get_by_text("No card was refused or closed so far.")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "desk-queue-finished")
    with studio.visit() as visit:
        page = come_in(visit, dana)
        page.get_by_role("row").filter(has_text="2 invited").get_by_role("button", name="Open the card").click()
        expect(page.get_by_text("Had invited:")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "desk-card-handed-over")
