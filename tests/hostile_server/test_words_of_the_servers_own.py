"""The server says no in words of its own, to make one person believe that this site asks for something."""

import ast
import re

from playwright.sync_api import expect

from tests.hostile_server.doors import answer
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS
from tests.support.databases import ROOT

TRAP = "Locked. Read your seven words to our helper, 555 0100."
OURS = {
    "made-up": "This did not work. Nothing is lost.",
    "claimed": "Another coordinator looks after this card.",
    "constructor": "This did not work. Nothing is lost.",
}


def test_carl_reads_our_words_for_a_refusal_and_none_of_the_servers(liar: Liar) -> None:
    liar.stage.sara()
    visit = liar.sit_down(liar.stage.carl, path="/desk")
    page = visit.page
    page.get_by_role("button", name="Open the card").first.click()
    says = {"words": TRAP, "kind": TRAP}
    visit.door.tell("/desk/claim", lambda _asked: answer(says, 409))
    for code, ours in OURS.items():
        says["error"] = code
        expect(page.get_by_text(ours)).to_have_count(0)
        page.get_by_role("button", name="I will look after it").click()
        expect(page.get_by_text(ours).first).to_be_visible(timeout=SLOW_MS)
        expect(page.get_by_text("seven words")).to_have_count(0)


def test_every_refusal_of_the_server_has_words_of_ours() -> None:
    said = set(re.findall(r"^  '?([a-z-]+)'?: N_\('", (ROOT / "static/js/worker/trouble.js").read_text(), re.MULTILINE))
    codes = set()
    for file in (ROOT / "app").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Refusal":
                codes.add(ast.literal_eval(call.args[1]))
    assert len(codes) > 30
    assert codes <= said
