"""The desk: the queue, a card, who looks after it, and how far it has come."""

import os

import pytest

from app.desk import service
from demo.people import Peer
from demo.wire import b64, unb64
from tests.support.people import CastInside, refusal


@pytest.fixture
def sara(cast: CastInside) -> Peer:
    return cast.with_sara()


def state(cast: CastInside, case: bytes) -> str:
    (line,) = [line for line in cast.carl.queue() if unb64(line["case"]) == case]
    return str(line["state"])


def test_only_coordinators_come_to_the_desk(cast: CastInside, sara: Peer) -> None:
    for person in (sara, cast.supporter(), cast.peer("Omar")):
        for path in ("/desk/queue", "/desk/standing", "/desk/loads", "/desk/card", "/desk/claim", "/desk/state"):
            with refusal(403, "not-yours"):
                person.post(path, case=sara.case, state="looking")
    sara.post("/sign-in/lock")
    with refusal(401, "locked"):
        sara.post("/desk/queue")


def test_a_coordinator_who_was_revoked_is_out_at_once(cast: CastInside, sara: Peer) -> None:
    cleo = cast.coordinator("Cleo Coordinator")
    cleo.queue()
    cast.carl.list_people(revoke=(cleo.fp,))
    with refusal(403, "not-yours"):
        cleo.queue()


def test_a_card_that_is_not_there_or_not_sealed_to_her_is_the_same_to_cleo(cast: CastInside, sara: Peer) -> None:
    cleo = cast.coordinator("Cleo Coordinator")  # listed after Sara had sent
    for case in (sara.case, os.urandom(16)):
        with refusal(404, "no-such-case"):
            cleo.post("/desk/card", case=case)
    (line,) = cleo.queue()
    assert not line["mine"]


def test_fetching_a_card_is_one_visit_a_day_and_coordinator(cast: CastInside, sara: Peer) -> None:
    for _ in range(3):
        card = cast.carl.card(sara.case)
    fetched = [act for act in sara.open(sara.case).acts if act["type"] == "visit" and act["actor"] == cast.carl.fp]
    assert [act["object"] for act in fetched] == [card.hash]
    cast.clock.move(days=1)
    for person in (cast.carl, sara):
        person.sign_in()
    cast.carl.card(sara.case)
    assert [act.get("actor") for act in sara.open(sara.case).acts].count(cast.carl.fp) == 2


def test_two_coordinators_do_not_claim_one_card(cast: CastInside, sara: Peer) -> None:
    cleo = cast.coordinator("Cleo Coordinator")
    cast.carl.claim(sara.case)
    cast.carl.claim(sara.case)
    with refusal(409, "claimed"):
        cleo.claim(sara.case)
    cleo.claim(sara.case, release=True)  # not hers to let go
    assert [unb64(line["claimed_by"]) for line in cleo.queue()] == [cast.carl.fp]
    cast.carl.claim(sara.case, release=True)
    cleo.claim(sara.case)
    with refusal(404, "no-such-case"):
        cleo.claim(os.urandom(16))


def test_only_whoever_claimed_a_card_says_how_far_it_has_come(cast: CastInside, sara: Peer) -> None:
    with refusal(403, "not-yours"):
        cast.carl.post("/desk/state", case=sara.case, state="looking")
    cast.carl.claim(sara.case)
    for said in ("looking", "waiting", "refused", "new"):
        cast.carl.post("/desk/state", case=sara.case, state=said)
        assert state(cast, sara.case) == said


@pytest.mark.parametrize("said", ["together", "offered", "gone", "", None, 3])
def test_a_state_that_is_not_the_desks_to_say_is_refused(cast: CastInside, sara: Peer, said: object) -> None:
    cast.carl.claim(sara.case)
    with refusal(400, "no-such-state"):
        cast.carl.post("/desk/state", case=sara.case, state=said)


def test_an_offer_and_a_team_show_by_themselves(cast: CastInside, sara: Peer) -> None:
    nora = cast.supporter()
    cast.carl.claim(sara.case)
    cast.carl.post("/desk/state", case=sara.case, state="looking")
    cast.introduce(sara, nora)
    (line,) = cast.carl.queue()
    assert line["state"] == "offered"
    assert line["sent"] == {"invite": 1, "answer": 1, "statement": 1, "offer": 1, "word": 0}
    cast.carl.post("/desk/state", case=sara.case, state="looking")  # she declined them all
    assert state(cast, sara.case) == "looking"
    cast.carl.offer(sara.case, nora.fp)
    assert state(cast, sara.case) == "offered"
    sara.approve(nora.fp)
    assert state(cast, sara.case) == "together"
    cast.carl.post("/desk/state", case=sara.case, state="closed")
    assert state(cast, sara.case) == "closed"


def test_whoever_has_nobody_any_more_waits_again(cast: CastInside, sara: Peer) -> None:
    nora = cast.supporter()
    cast.carl.claim(sara.case)
    cast.introduce(sara, nora)
    sara.approve(nora.fp)
    cast.carl.post("/desk/state", case=sara.case, state="waiting")
    assert state(cast, sara.case) == "together"
    nora.say(sara.case, {"kind": "leave"})
    assert state(cast, sara.case) == "waiting", "Nora's roster still names her, and she has gone"
    sara.open(sara.case).remove(nora.fp)
    assert state(cast, sara.case) == "waiting"


def test_a_letter_brings_a_finished_card_back_until_the_desk_has_said_something_to_it(
    cast: CastInside, sara: Peer
) -> None:
    cast.coordinator("Cora Coordinator").write("word", {"type": "handover", "text": ""}, about=sara.case)
    cast.carl.claim(sara.case)
    cast.carl.post("/desk/state", case=sara.case, state="refused")
    (line,) = cast.carl.queue()
    assert (line["over"], line["heard"]) == (True, 0), "coordinators write to each other"
    sara.write("word", {"type": "reply", "text": "It has become worse."}, about=sara.case)
    (line,) = cast.carl.post("/desk/queue")["cards"]
    assert (line["state"], line["over"], line["heard"]) == ("refused", False, 1)
    cast.carl.post("/desk/state", case=sara.case, state="refused")
    assert not cast.carl.post("/desk/queue")["cards"]
    assert [one["over"] for one in cast.carl.post("/desk/queue", over=True)["cards"]] == [True]


def test_a_card_of_a_suspended_coordinator_can_be_taken_over(cast: CastInside, sara: Peer) -> None:
    cora = cast.coordinator("Cora Coordinator")
    cora.claim(sara.case)
    with refusal(409, "claimed"):
        cast.carl.claim(sara.case)
    cast.carl.list_people(revoke=(cora.fp,))
    cast.carl.claim(sara.case)
    cast.carl.post("/desk/state", case=sara.case, state="looking")


def test_the_queue_comes_longest_waiting_first_in_pages(
    cast: CastInside, sara: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.sent("Second")
    cast.clock.move(days=1)
    third = cast.sent("Third")
    cast.carl.sign_in()
    monkeypatch.setattr(service, "PAGE", 2)
    lines = cast.carl.queue()
    assert len(lines) == 3 and unb64(lines[-1]["case"]) == third.case
    assert [line["day"] for line in lines] == sorted(line["day"] for line in lines)


def test_who_waits_comes_before_all_that_is_finished_in_pages(
    cast: CastInside, sara: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, third = cast.sent("Second"), cast.sent("Third")
    for peer, said in ((sara, "refused"), (second, "closed")):
        cast.carl.claim(peer.case)
        cast.carl.post("/desk/state", case=peer.case, state=said)
    monkeypatch.setattr(service, "PAGE", 1)
    assert [unb64(line["case"]) for line in cast.carl.post("/desk/queue")["cards"]] == [third.case]
    assert not cast.carl.post("/desk/queue")["more"]
    assert {unb64(line["case"]) for line in cast.carl.queue()[1:]} == {sara.case, second.case}


def test_a_finished_card_still_stands_as_the_queue_said(cast: CastInside, sara: Peer) -> None:
    cast.carl.claim(sara.case)
    cast.carl.post("/desk/state", case=sara.case, state="closed")
    assert cast.carl.post("/desk/standing", case=sara.case) == {**cast.carl.queue()[0], "others": [], "wrote": []}
    with refusal(404, "no-such-case"):
        cast.carl.post("/desk/standing", case=os.urandom(16))


def test_cleo_is_told_what_carl_sent_and_to_nobody_of_whom(cast: CastInside, sara: Peer) -> None:
    nora, tomas = cast.supporter(), cast.supporter("Tomas Vega")
    cleo = cast.coordinator("Cleo Coordinator")
    cast.introduce(sara, nora, tomas)
    cast.carl.write("word", {"type": "question", "text": "When?"}, about=sara.case, to=sara.fp)
    sara.write("word", {"type": "reply", "text": "Today."}, about=sara.case)
    by = {"by": b64(cast.carl.fp), "day": cast.carl.today}
    told = [{"kind": kind, "count": count, **by} for kind, count in (("invite", 2), ("offer", 1), ("word", 1))]
    assert cleo.post("/desk/standing", case=sara.case)["others"] == told
    assert cast.carl.post("/desk/standing", case=sara.case)["others"] == []


def test_the_desk_counts_every_invitation_that_nora_has_had(cast: CastInside, sara: Peer) -> None:
    nora, cleo = cast.supporter(), cast.coordinator("Cleo Coordinator")
    cast.carl.invite(sara.case, nora.fp, summary="a colleague")
    cleo.invite(cast.sent("Maya").case, nora.fp, summary="another")
    assert cleo.post("/desk/loads")["loads"] == [{"fp": b64(nora.fp), "count": 2}]


def test_carl_is_told_whose_letters_lie_with_sara(cast: CastInside, sara: Peer) -> None:
    nora, tomas = cast.supporter(), cast.supporter("Tomas Vega")
    cast.introduce(sara, nora)
    cast.carl.invite(sara.case, tomas.fp, summary="a colleague")
    tomas.answer(sara.case)
    assert cast.carl.post("/desk/standing", case=sara.case)["wrote"] == [b64(nora.fp)]


def test_a_card_that_somebody_is_invited_to_is_being_looked_after(cast: CastInside, sara: Peer) -> None:
    cast.carl.invite(sara.case, cast.supporter().fp, summary="a colleague")
    assert state(cast, sara.case) == "looking"
    cast.carl.claim(sara.case)
    cast.carl.post("/desk/state", case=sara.case, state="waiting")
    assert state(cast, sara.case) == "waiting"


def test_the_queue_asks_the_database_the_same_number_of_times_however_long_it_is(cast: CastInside, sara: Peer) -> None:
    def asked() -> int:
        with cast.queries() as made:
            cast.carl.post("/desk/queue")
        return len(made)

    first = asked()
    for n in range(4):
        cast.sent(f"Sara {n}")
    assert asked() == first <= 6


@pytest.mark.parametrize("case", ["", None, 5, b64(bytes(15)), {"case": 1}])
def test_what_names_no_case_is_refused_kindly(cast: CastInside, sara: Peer, case: object) -> None:
    for path in ("/desk/standing", "/desk/card", "/desk/claim", "/desk/state"):
        with refusal(400, "malformed"):
            cast.carl.post(path, case=case, state="new")
