"""People who write what no page of ours writes, to stop the pages of others. Each is unreadable in its place, and the rest is there."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from demo.wire import b64
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import ACCOUNT, Stage, device

pytestmark = one_database

SLOW_MS = 20_000
THROWS: Any = {"toString": 1, "valueOf": 1}
Begin = Callable[..., Visit]


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def room(page: Page, name: str) -> None:
    page.locator("#rooms").get_by_role("button", name=name, exact=True).click()


def test_crooked_messages_letters_and_accounts_stop_nobodys_page(stage: Stage, visit: Begin) -> None:
    told = [{"label": THROWS, "text": THROWS}, *ACCOUNT["told"]]
    sara = stage.sara(
        {**ACCOUNT, "told": told, "consents": {"consent_service": THROWS}, "answers": {"name_use": THROWS}}
    )
    nora, tomas, uma = (stage.supporter(name) for name in ("Nora Lind", "Tomas Vega", "Uma Reed"))
    stage.team(sara, nora)
    for said in ({"text": THROWS}, {"text": "Late", "at": 9007199254740991}, {"text": "Now", "at": THROWS}):
        nora.say(sara.case, {"kind": "message", **said})
    nora.say(sara.case, {"kind": "note", "text": ["a"]})
    stage.introduce(sara, tomas, uma)
    tomas.write("statement", {"text": THROWS, "at_ms": THROWS}, about=sara.case, to=sara.fp)
    stage.carl.meet(sara.identity.frame)
    stage.carl.write("word", {"type": THROWS, "text": "a"}, about=sara.case, to=sara.fp)

    page = device(visit, stage, sara).page
    room(page, "Messages")
    expect(page.get_by_text("Unreadable, handed in as Nora Lind")).to_have_count(2, timeout=SLOW_MS)
    expect(page.get_by_text("Unreadable, handed in as Carl")).to_be_visible()
    for words in ("Late", "Now"):
        expect(page.get_by_text(words, exact=True)).to_be_visible()
    expect(page.get_by_text("When exactly")).to_have_count(0)
    page.get_by_label("Write to them").fill("We go on.")
    page.get_by_role("button", name="Seal and send", exact=True).click()
    expect(page.locator("li.letter.mine").get_by_text("We go on.")).to_be_visible(timeout=SLOW_MS)
    room(page, "Letters")
    expect(page.get_by_text("Unreadable, handed in as Tomas Vega")).to_be_visible()
    expect(page.get_by_role("button", name="Approve Uma Reed", exact=True)).to_be_visible()

    page = device(visit, stage, nora).page
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("In March I put it in writing.")).to_be_visible(timeout=SLOW_MS)


def test_strangers_and_supporters_stop_no_desk(stage: Stage, visit: Begin) -> None:
    sara, nora, omar, lee = stage.sara(), stage.supporter("Nora Lind"), stage.peer("Omar"), stage.peer("Lee")
    stage.carl.invite(sara.case, nora.fp, summary="a colleague")
    omar.write("word", {"type": THROWS, "text": THROWS, "identity": b64(omar.identity.frame)})
    lee.write("word", {"type": "complaint", "text": "Please call me.", "identity": b64(lee.identity.frame)})
    nora.write("word", {"type": "reply", "text": "a", "identity": "!"})
    nora.write("answer", {"conflict": "__defineGetter__", "note": THROWS}, about=sara.case)
    nora.write("profile", {"specialty": "Surgery", "employers": "everywhere", "languages": THROWS})
    page = device(visit, stage, stage.carl, path="/desk").page
    expect(page.get_by_text("Please call me.")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("Unreadable here")).to_have_count(2)
    page.get_by_role("button", name="Open the card").first.click()
    expect(page.get_by_text("An answer came that does not open here")).to_be_visible(timeout=SLOW_MS)
    page.goto("/people")
    page.get_by_text("Profile of Nora Lind").click()
    expect(page.get_by_text("Surgery")).to_be_visible(timeout=SLOW_MS)
