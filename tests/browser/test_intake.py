"""Sara writes and sends her account, and nobody but her can read a word of it."""

import json

import pytest
from playwright.sync_api import Download, expect

from demo.wire import unb64
from tests.browser.cast import button, heading
from tests.browser.intake import answer, choose, founded, keep, open_account, question, send, start
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, ViewportSize, Visit
from tests.support.server import Server

ANSWERS = {
    "urgent_harm": "thoughts", "urgent_deadline": ["hearing"], "contact_ok": ["email", "text"], "email_safe": "sara@example.org",
    "phone_safe": "(555) 010-0199", "wi_type": ["disc", "retal"], "verify_how": "npi", "specialty": "oth",
    "exclude_states": ["oh", "ca"],
}  # fmt: skip
PICTURED = {
    "urgent_harm",
    "contact_ok",
    "exclude_people",
    "exclude_states",
    "deadline_date",
    "narrative",
    "miniz_burnout",
}


@pytest.mark.parametrize(
    ("database_kind", "viewport"), [("sqlite", DESKTOP), ("postgres", PHONE)], indirect=["database_kind"],
    ids=["sqlite-desktop", "postgres-phone"],
)  # fmt: skip
def test_sara_sends_her_account_and_no_word_of_it_is_anywhere(server: Server, visit, viewport: ViewportSize) -> None:
    carl = founded(server).carl
    device: Visit = visit(server.url, viewport, watched=True)
    sara = start(device)
    page = sara.page
    assert len(set(sara.words)) >= 6 and len(sara.words) == 7
    assert_accessible(page)
    button(page, "I have kept them").click()
    heading(page, "Two words, to be sure")
    assert_accessible(page)
    button(page, "Show me the words again").click()
    open_account(sara)
    assert_accessible(page)
    choose(page)
    heading(page, "Any order. Skip what you like.")
    assert_accessible(page)
    button(page, "Begin with the first").click()
    put = []
    while page.locator("section[data-step=question]").is_visible():
        name = question(page)
        if name in PICTURED:
            assert_accessible(page)
        put.append(answer(sara, **ANSWERS))
        if name == "urgent_harm":
            expect(page.locator("#question-help").get_by_text("988")).to_be_visible()
        keep(page)
    heading(page, "This card is all the coordinators will see")
    assert {"email_safe", "phone_safe", "deadline_date", "disc_basis", "ret_form", "narrative"} <= set(put)
    assert len(sara.typed) >= 10, "words were typed in every field that takes them"
    assert_accessible(page)
    expect(page.locator("#card")).to_contain_text("sara@example.org")
    page.get_by_role("button", name="Take off My phone").click()
    expect(page.get_by_text("(555) 010-0199")).to_have_count(0)
    expect(page.locator("#card-readers")).to_contain_text("Carl Coordinator")
    send(sara)
    assert_accessible(page)
    with page.expect_download() as saved:
        button(page, "Save the receipt").click()
    download: Download = saved.value
    receipts = json.loads(download.path().read_text())["receipts"]
    assert carl.check_receipt(receipts["record"])["type"] == "record"

    (waiting,) = carl.queue()
    card = carl.card(unb64(waiting["case"])).payload
    lines = {line["field"]: line["text"] for line in card["lines"]}
    assert lines["email_safe"] == "sara@example.org"
    assert "phone_safe" not in lines, "what she took off is not on the card"
    assert card["excluded"]["people"] == sara.typed["exclude_people"] and card["excluded"]["states"] == ["ca", "oh"]
    assert card["deadline"] == "2030-01-15"
    assert "narrative" not in json.dumps(card) and sara.typed["narrative"] not in json.dumps(card, ensure_ascii=False)

    sara.search([*server.places(), *device.places()])
    page.locator("#leave").click()
    device.until(lambda: page.url.endswith("/exit"))
    sara.search(device.places())
