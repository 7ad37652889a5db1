"""The site hands out the head that witnesses signed beside another log, in which that head is no beginning."""

from playwright.sync_api import expect

from crypto import checkpoint, keys
from tests.hostile_server.at_the_log import open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.hostile_server.test_a_log_that_nobody_watches import NAME, cosigner, watched_by_one
from tests.hostile_server.twice import told_twice
from tests.support.axe import assert_accessible
from tests.support.browser import Visit

CHECK = Check("worker/log_page.js", "    throw logTrouble('witnesses-otherwise', { size });\n", "")


def tell(liar: Liar) -> Visit:
    liar.stage.sara()
    liar.until_logged()
    fork = liar.fork()
    text = checkpoint.checkpoint_text(liar.site, 1, 2, bytes(32))
    fork.cosign = lambda _note: keys.sign_note(text, checkpoint.origin(liar.site, 1), liar.log_seed)
    visit = liar.device()
    open_log(visit, fork)
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "signed another log than the one that the site shows here")


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name="How it stands")).to_be_visible(timeout=SLOW_MS)


test_what_witnesses_signed_is_the_beginning_of_what_is_shown = told_twice(CHECK, tell, refused, believed)


def test_who_signed_and_when_is_shown_and_is_in_the_signature_to_keep(liar: Liar) -> None:
    liar.stage.sara()
    liar.until_logged()
    fork = liar.fork()
    fork.cosign = cosigner(liar, days=2)
    visit = liar.device()
    liar.tells(visit, {"/people/directory": watched_by_one(liar)})
    page = open_log(visit, fork)
    expect(page.get_by_role("row").filter(has_text=NAME)).to_contain_text("2 days ago", timeout=SLOW_MS)
    expect(page.get_by_role("heading", name="The signatures from outside are old")).to_be_visible()
    expect(page.get_by_text("This site asks for one of them.")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save today’s signature").click()
    assert f"\u2014 {NAME} " in saved.value.path().read_text("utf-8")
