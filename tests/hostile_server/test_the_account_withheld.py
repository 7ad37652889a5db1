"""The server holds Sara's account back from her, and says that it was erased. The check is that of words withheld."""

from typing import Any

from playwright.sync_api import expect

from crypto.frame import H, unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import room, stopped
from tests.support.browser import Visit


def tell(liar: Liar) -> Visit:
    sara = liar.stage.sara()

    def change(_asked: Any, answer: Any) -> None:
        for one in [one for one in answer["entries"] if one["seq"] == 2]:
            data = unb64(one.pop("entry"))
            one |= {"header": b64(unframe("entry", data)["header"]), "hash": b64(H(data)), "erased": True}

    return liar.sit_down(sara, wire={"/cases/open": change})


def refused(visit: Visit) -> None:
    stopped(visit.page)
    room(visit.page, "What I sent")
    expect(visit.page.get_by_text("There is no account here. The site says that it was erased")).to_be_visible()


def test_sara_is_told_where_she_looks_for_it(liar: Liar) -> None:
    refused(tell(liar))
