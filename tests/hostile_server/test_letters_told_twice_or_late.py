"""One letter is handed out twice; and the list of people has run out when Sara has something to say to the desk."""

from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import next_directory
from crypto.frame import frame, unframe
from demo.wire import b64
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS, room


def test_a_letter_that_is_handed_out_twice_is_one_letter(liar: Liar) -> None:
    sara, carl = liar.stage.sara(), liar.stage.carl
    carl.meet(sara.identity.frame)
    carl.write("word", {"type": "question", "text": "Which days suit you?"}, about=sara.case, to=sara.fp)

    def change(_asked: Any, answer: Any) -> None:
        answer["letters"] += answer["letters"]

    visit = liar.sit_down(sara, wire={"/letters/mine": change})
    room(visit.page, "Messages")
    expect(visit.page.get_by_text("Which days suit you?")).to_have_count(1, timeout=SLOW_MS)
    assert "/letters/mine" in liar.told


def test_sara_complains_while_the_list_of_people_has_run_out(liar: Liar) -> None:
    sara, _nora = liar.stage.together()
    carl = liar.stage.carl
    state = carl.directory().state
    fields = unframe("directory", next_directory(state, [], (), (), state.issued))
    ended = frame("directory", {**fields, "expires": fields["issued"] + 1})
    signed = b64(keys.sign_thing(ended, [(carl.fp, carl.identity.ed_seed)]))

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].append(signed)

    visit = liar.sit_down(sara, wire={"/people/directory": change})
    room(visit.page, "Messages")
    visit.page.get_by_label("Write to the desk").fill("Please call me about Nora.")
    visit.page.get_by_label("Yes, and they must not find a trace of it").check()
    visit.page.get_by_role("button", name="Seal and send to the desk").click()
    expect(visit.page.get_by_text("Your letter is sealed and sent to the coordinators.").first).to_be_visible(
        timeout=SLOW_MS
    )
    assert sara.letters("word")[-1].payload["type"] == "complaint"
