"""Sara comes back to what she was writing, and the server hands out garbled keys, so that she would take new ones.

No single check stands behind it: the box, the fingerprint in its frame and the one computed from the seeds each refuse it.
"""

from collections.abc import Callable

from playwright.sync_api import Route, expect

from crypto import keys
from demo.wire import b64, unb64
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS

WAYS_ON = ("/sign-in/enrol", "/sign-in/notebook/save", "/sign-in/methods", "/intake/draft", "/intake/submit")


def test_no_keys_are_made_anew_and_her_draft_is_kept(liar: Liar) -> None:
    sara = liar.stage.peer("Sara", enrolled=False)
    sara.use_words()
    sara.enrol()
    number = bytes(16)
    sara.octets(
        "/intake/draft", number + keys.seal_draft(sara.account_key, sara.site, sara.fp, number, {"answers": {}})
    )
    kept = ("select box from drafts where fp = :fp", "select bundle from enrolments where fp = :fp")
    before = [liar.rows(one, fp=sara.fp) for one in kept]
    visit = liar.begin(watched=True)
    for what in (("bundle",), ("notebook", "box")):
        visit.context.route("**/sign-in", garbling(*what))
        page = visit.go("/sign-in")
        page.get_by_label("Your words", exact=True).fill(sara.words)
        page.get_by_role("button", name="Open", exact=True).click()
        expect(page.locator(".wrong-words", has_text="Nothing is lost")).to_be_visible(timeout=SLOW_MS)
        visit.context.unroute("**/sign-in")
        assert page.evaluate("sessionStorage.getItem('tab')") is None
        assert not [one.url for one in visit.record.requests if one.url.endswith(WAYS_ON)]
        assert [liar.rows(one, fp=sara.fp) for one in kept] == before

    page.get_by_role("button", name="Open", exact=True).click()
    visit.until(lambda: page.url.endswith("/intake"), timeout_s=20)


def garbling(*place: str) -> Callable[[Route], None]:
    """Args: place: of what is sealed, in the answer to somebody who signs in. Its last bit is turned."""

    def garbled(route: Route) -> None:
        if route.request.method == "GET":
            route.continue_()
            return
        response = route.fetch(max_retries=3)
        answer = given = response.json()
        for name in place[:-1]:
            given = given[name]
        sealed = unb64(given[place[-1]])
        given[place[-1]] = b64(sealed[:-1] + bytes([sealed[-1] ^ 1]))
        route.fulfill(response=response, json=answer)

    return garbled
