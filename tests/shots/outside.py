"""Pages that anyone can open: each shell as it comes, the ways an address fails, and the door."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Route, expect

from app.shells import ERRORS, SHELLS, error_path
from tests.browser.cast import SLOW_MS, button
from tests.shots.studio import Studio
from tests.support.databases import ROOT


def shells(studio: Studio) -> None:
    """Every shell, on a site that nobody founded and by somebody who is not signed in."""
    for address, (_, page) in SHELLS.items():
        with studio.visit(studio.bare, complains="40[134]") as visit:
            visit.go(address)
            visit.page.wait_for_timeout(600)
            if visit.page.url != visit.base_url + address:  # asks for her words, as /sign-in does
                continue
            studio.take(visit.page, f"shell-{address.strip('/') or page}")


def errors(studio: Studio) -> None:
    for status, (template, _) in ERRORS.items():
        with studio.visit(studio.bare, complains=str(status)) as visit:
            if status != 404:
                visit.context.route("**/no-such-page", answering(status))
            visit.go("/no-such-page")
            studio.take(visit.page, f"error-{Path(template).stem}")


def answering(status: int) -> Callable[[Route], None]:
    """The page for this status, in place of the server's answer."""
    page = error_path(ROOT / "build", status).read_bytes()
    return lambda route: route.fulfill(status=status, body=page, content_type="text/html; charset=utf-8")


def sign_in(studio: Studio) -> None:
    with studio.visit(complains="401") as visit:
        page = visit.go("/sign-in")
        words = studio.site.sara.words.split()
        page.get_by_label("Show the words as I type").check()
        page.get_by_label("Your words", exact=True).fill(" ".join([*words[:2], "abacuss", *words[3:]]))
        button(page, "Open").click()
        expect(page.locator(".wrong-words", has_text="is not in our list")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "sign-in-unknown-word")
        page.get_by_label("Your words", exact=True).fill(" ".join([words[1], words[0], *words[2:]]))
        button(page, "Open").click()
        expect(page.locator(".wrong-words", has_text="did not open anything")).to_be_visible(timeout=SLOW_MS)
        studio.take(page, "sign-in-wrong-order")
        button(page, "I am a volunteer or on staff").click()
        studio.take(page, "sign-in-staff")


def leave(studio: Studio) -> None:
    with studio.visit() as visit:
        visit.go("/intake").locator("#leave").click()
        visit.until(lambda: visit.page.url.endswith("/exit"))
        studio.take(visit.page, "exit")
