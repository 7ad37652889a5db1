"""Sara complains about Nora. The server says that it has logged her letter in the case, where Nora would see that she wrote."""

from typing import Any

from playwright.sync_api import expect

from crypto import log
from crypto.frame import H, frame, unframe
from demo.wire import b64, unb64
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS, room, stopped


def test_a_receipt_that_puts_saras_complaint_into_her_case_is_refused(liar: Liar) -> None:
    sara, _nora = liar.stage.together()

    def change(asked: Any, answer: Any) -> None:
        mail = unframe("mail", unb64(asked["mail"]))
        tag = log.lane_tag(liar.lane_key(sara.case), "act", 9)
        digest = H(mail["header"] + mail["body"])
        told = liar.event("letter", tag=tag, case=sara.case, actor=sara.fp, digest=digest)
        fields = {"salt": unb64(told["salt"]), "event": unb64(told["event"]), "tag": tag, "index": 0, "proof": []}
        answer["receipt"] = b64(frame("receipt", {**fields, "checkpoint": told["promise"]}))

    visit = liar.sit_down(sara, wire={"/letters": change})
    room(visit.page, "Messages")
    visit.page.get_by_label("Write to the desk").fill("Please call me about Nora.")
    visit.page.get_by_label("Yes, and they must not find a trace of it").check()
    visit.page.get_by_role("button", name="Seal and send to the desk").click()
    stopped(visit.page)
    expect(visit.page.get_by_label("Write to the desk")).to_have_value("Please call me about Nora.", timeout=SLOW_MS)
    assert "/letters" in liar.told
