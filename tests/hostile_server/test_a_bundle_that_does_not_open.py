"""Sara comes back to what she was writing, and the server hands out garbled keys, so that she would take new ones.

No single check stands behind it: the box, the fingerprint in its frame and the one computed from the seeds each refuse it.
"""

import json

from playwright.sync_api import expect

from crypto import keys
from demo.wire import b64, unb64
from tests.hostile_server.doors import Answer, Asked, Tell
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
        visit.door.tell("/sign-in", garbling(*what))
        page = visit.go("/sign-in")
        page.get_by_label("Your words", exact=True).fill(sara.words)
        page.get_by_role("button", name="Open", exact=True).click()
        expect(page.locator(".wrong-words", has_text="Nothing is lost")).to_be_visible(timeout=SLOW_MS)
        visit.door.be_honest("/sign-in")
        assert page.evaluate("sessionStorage.getItem('tab')") is None
        assert visit.sent(*WAYS_ON) == []
        assert [liar.rows(one, fp=sara.fp) for one in kept] == before

    page.get_by_role("button", name="Open", exact=True).click()
    visit.until(lambda: page.url.endswith("/intake"), timeout_s=20)


def garbling(*place: str) -> Tell:
    """Args: place: of what is sealed, in the answer to somebody who signs in. Its last bit is turned."""

    def garbled(asked: Asked) -> Answer:
        honest = asked.honest()
        if asked.method == "GET":
            return honest
        told = given = honest.json()
        for name in place[:-1]:
            given = given[name]
        sealed = unb64(given[place[-1]])
        given[place[-1]] = b64(sealed[:-1] + bytes([sealed[-1] ^ 1]))
        return honest.but(json.dumps(told))

    return garbled
