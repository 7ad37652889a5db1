"""The server holds back what Nora wrote, and says that it was erased."""

from typing import Any

from playwright.sync_api import expect

from crypto.frame import H, unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet, room
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/case_load.js",
    "return state.entries.some((one) => one.counts",
    "return true || state.entries.some((one) => one.counts",
)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    nora.say(sara.case, {"kind": "message", "text": "Call me tonight."})
    seq = nora.open(sara.case).chain.seq

    def change(_asked: Any, answer: Any) -> None:
        for one in [one for one in answer["entries"] if one["seq"] == seq]:
            data = unb64(one.pop("entry"))
            one |= {"header": b64(unframe("entry", data)["header"]), "hash": b64(H(data)), "erased": True}

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("It says that they were erased, and nobody signed that")
    expect(visit.page.get_by_text("Withheld. Handed in as Nora Lind")).to_be_visible()


def believed(visit: Visit) -> None:
    quiet(visit.page)
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Erased. Whoever read it has read it.").first).to_be_visible()


test_sara_is_told_that_nobody_signed_it_away = told_twice(CHECK, tell, refused, believed)
