"""Sara's own page, from waiting to a team, and when what the server says does not fit."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from crypto.frame import H, unframe
from demo.wire import b64, unb64
from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import Seeded, come_in
from tests.shots import told
from tests.shots.studio import Studio


def room(page: Page, name: str) -> None:
    page.locator("#rooms").get_by_role("button", name=name, exact=True).click()


def again(page: Page) -> None:
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Your page")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=SLOW_MS)


def talk(site: Seeded) -> None:
    """Nora, Sara and the desk write."""
    account = site.nora.open(site.sara.case).records[0]["hash"]
    site.nora.say(site.sara.case, {"kind": "read", "about": account.hex()})
    site.nora.say(site.sara.case, {"kind": "message", "text": told.FROM_NORA})
    site.sara.open(site.sara.case)
    site.sara.say(site.sara.case, {"kind": "message", "text": told.FROM_SARA})
    site.carl.meet(site.sara.identity.frame)
    asked = {"type": "question", "text": told.FROM_DESK}
    site.carl.write("word", asked, about=site.sara.case, to=site.sara.fp)


def case(studio: Studio) -> None:
    site = studio.site
    with studio.visit() as visit:
        page = come_in(visit, site.sara)
        studio.take(page, "case-home-before")
        room(page, "Letters")
        studio.take(page, "case-letters-none")
        studio.offered()
        again(page)
        studio.take(page, "case-home-offer")
        room(page, "Letters")
        studio.take(page, "case-letters")
        button(page, "Approve Nora Lind").click()
        studio.take(page, "case-letters-asking")
        button(page, "Yes, approve Nora Lind").click()
        expect(page.get_by_text("You approved Nora Lind on")).to_be_visible(timeout=SLOW_MS)
        page.get_by_role("button", name="No, thank you").first.click()
        expect(page.get_by_text("You said no on")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "case-letters-answered")
        talk(site)
        again(page)
        studio.take(page, "case-home-team")
        rooms(studio, page)


def rooms(studio: Studio, page: Page) -> None:
    room(page, "Messages")
    expect(page.get_by_text(told.FROM_NORA)).to_be_visible(timeout=SLOW_MS)
    studio.take(page, "case-messages")
    room(page, "What I sent")
    page.get_by_label("What you want to add").fill(told.ADDED)
    button(page, "Seal and add").click()
    added = page.locator("section.sheet").filter(has_text=told.ADDED)
    added.get_by_role("button", name="Erase").click(timeout=SLOW_MS)
    studio.take(page, "case-sent")
    room(page, "Team")
    button(page, "Remove Nora Lind").click()
    studio.take(page, "case-team-removing")
    room(page, "Who opened it")
    expect(page.locator(".trail li").first).to_be_visible(timeout=SLOW_MS)
    studio.take(page, "case-opened")
    room(page, "Your page")
    button(page, "What you agreed to").click()
    page.locator("#consent-research").get_by_label("Yes, I agree").check()
    studio.take(page, "case-agreed")
    button(page, "See what would go, line by line").click()
    page.locator("#app summary").first.click(timeout=SLOW_MS)
    studio.take(page, "case-research")
    room(page, "Your page")
    button(page, "Keep a copy").click()
    studio.take(page, "case-copy")
    button(page, "Make the file").click()
    expect(page.get_by_role("link", name="Save the file")).to_be_visible(timeout=SLOW_MS)
    studio.take(page, "case-copy-made")


def lies(studio: Studio) -> None:
    """Two lies that can be read past with a mark above, and one that closes the page (more: tests/hostile_server)."""
    site = studio.together()
    site.nora.say(site.sara.case, {"kind": "message", "text": told.FROM_NORA})
    newest = site.nora.open(site.sara.case).chain.seq

    def hide(entries: list[dict[str, Any]]) -> None:
        """The last words are not handed out at all; the log has a line for them."""
        entries[:] = [one for one in entries if one["seq"] < newest]

    for name, lie in (("withheld", changing(withhold)), ("refused", changing(swap)), ("hidden", changing(hide, 1))):
        with studio.visit() as visit:
            visit.context.route("**/cases/open", lie)
            come_in(visit, site.sara)
            expect(visit.page.get_by_role("alert")).to_be_visible(timeout=SLOW_MS)
            studio.take(visit.page, f"case-{name}")


def changing(lie: Callable[[list[dict[str, Any]]], None], least: int = 2) -> Callable[[Route], None]:
    def handle(route: Route) -> None:
        answer = (response := route.fetch(max_retries=3)).json()
        if len(answer["entries"]) >= least:  # the first telling; later ones have only what is new
            lie(answer["entries"])
        shown = [one["seq"] for one in answer["entries"]]
        answer["entry_events"] = [one for one in answer["entry_events"] if one["seq"] in shown]
        route.fulfill(response=response, json=answer)

    return handle


def withhold(entries: list[dict[str, Any]]) -> None:
    """The last words are held back, and said to be erased."""
    data = unb64(entries[-1].pop("entry"))
    entries[-1] |= {"header": b64(unframe("entry", data)["header"]), "hash": b64(H(data)), "erased": True}


def swap(entries: list[dict[str, Any]]) -> None:
    """The last two entries change places."""
    entries[-1]["entry"], entries[-2]["entry"] = entries[-2]["entry"], entries[-1]["entry"]
