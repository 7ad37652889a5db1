"""The first submission: everything of it, or nothing, and once."""

from tests.support.people import Cast


def test_sara_sends_her_account_and_carl_finds_its_card_in_the_queue(cast: Cast) -> None:
    sara = cast.peer()
    answer = sara.submit({"text": "what happened"}, {"lines": [{"field": "what", "label": "What", "text": "pay"}]})
    assert set(answer["receipts"]) == {"roster", "record", "card"}
    (line,) = cast.carl.queue()
    assert line["state"] == "new" and line["mine"]
    assert cast.carl.card(sara.case).payload["lines"][0]["text"] == "pay"
    opened = sara.open(sara.case)
    assert opened.records[0]["payload"]["text"] == "what happened"
    nora = cast.supporter()
    cast.team(sara, nora)
    assert nora.open(sara.case).records[0]["payload"]["text"] == "what happened"
