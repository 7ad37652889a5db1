"""Sara writes. The server's receipt says that it is in the log already: a log of one line, which is this one, and needs no proof."""

from typing import Any

from playwright.sync_api import expect

from crypto import checkpoint, keys, log
from crypto.frame import frame, unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet, room, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/log.js", "  if (size === 1) throw new WrongPlace('a tree of one leaf proves nothing');\n", "")
WORDS = "I need you on Tuesday."


def goes_on(visit: Visit) -> None:
    room(visit.page, "Messages")
    visit.page.get_by_label("Write to them").fill(WORDS)
    visit.page.get_by_role("button", name="Seal and send", exact=True).click()


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.together()

    def change(_asked: Any, answer: Any) -> None:
        fields = unframe("receipt", unb64(answer["receipt"]))
        leaf = log.leaf_hash(log.leaf(fields["tag"], log.commit(fields["salt"], fields["event"])))
        head = checkpoint.checkpoint_text(liar.site, 1, 1, leaf)
        note = keys.sign_note(head, checkpoint.origin(liar.site, 1), liar.log_seed)
        answer["receipt"] = b64(frame("receipt", {**fields, "checkpoint": note}))

    visit = liar.sit_down(sara, wire={"/cases/append": change})
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_label("Write to them")).to_have_value(WORDS)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_label("Write to them")).to_have_value("", timeout=SLOW_MS)
    quiet(visit.page)


test_a_log_of_one_line_is_no_log = told_twice(CHECK, tell, refused, believed, goes_on)
