"""What a member is handed, and that the handing out is on the log."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.cases import reading
from crypto.frame import unframe
from demo.client import Person
from demo.people import Peer, Supporter
from demo.wire import unb64
from tests.support.people import CastInside, refusal
from tests.support.tree import take_in


@pytest.fixture
def sara(cast: CastInside) -> Peer:
    return cast.with_sara()


@pytest.fixture
def nora(cast: CastInside, sara: Peer) -> Supporter:
    return cast.with_team(sara)


def visits(person: Person, case: bytes) -> list[tuple[bytes, int]]:
    """Whose visits, and on which day, as this person's browser shows them."""
    return [(act["actor"], act["day"]) for act in person.open(case).acts if act.get("type") == "visit"]


@pytest.mark.parametrize("case", ["", None, 7, "AAAA", "!!!!", ["AAAAAAAAAAAAAAAAAAAAAA"]])
def test_a_case_that_is_no_case_is_refused_kindly(cast: CastInside, sara: Peer, case: object) -> None:
    with refusal(400, "malformed"):
        sara.post("/cases/open", case=case)


@pytest.mark.parametrize("after", [-1, "2", 1.5, True, 2**40])
def test_a_place_that_is_no_number_is_refused_kindly(cast: CastInside, sara: Peer, after: object) -> None:
    with refusal(400, "malformed"):
        sara.post("/cases/open", case=sara.case, after=after)
    with refusal(400, "malformed"):
        sara.post("/cases/open", case=sara.case, after_act={"epoch": after, "n": 0})


def test_nora_is_given_her_grants_alone(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    grants = nora.post("/cases/open", case=sara.case)["grants"]
    assert [grant["epoch"] for grant in grants] == [2]
    assert all(unb64(grant["grant"])[:32] == nora.fp for grant in grants)


def test_one_visit_a_member_a_case_and_a_day_with_the_head_that_was_served(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    head = nora.open(sara.case).chain.head
    for _ in range(3):
        nora.open(sara.case)
    sara.say(sara.case, {"kind": "message", "text": "more"})
    nora.open(sara.case)
    assert [fp for fp, _ in visits(sara, sara.case)].count(nora.fp) == 1
    (visit,) = [act for act in sara.open(sara.case).acts if act.get("actor") == nora.fp and act["type"] == "visit"]
    assert visit["object"] == head
    cast.clock.move(days=1)
    for person in (nora, sara):
        person.sign_in()
    nora.open(sara.case)
    assert [day for fp, day in visits(sara, sara.case) if fp == nora.fp] == [nora.today - 1, nora.today]


def test_the_visit_is_in_the_very_answer_that_carried_the_bytes(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    first = nora.post("/cases/open", case=sara.case)
    told = [unframe("event", unb64(act["event"])) for act in first["acts"] if "event" in act]
    assert any(event["type"] == "visit" and event["actor"] == nora.fp for event in told)


def test_asking_without_being_given_a_byte_is_no_visit(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    answer = nora.post("/cases/open", case=sara.case, after=3)
    assert answer["entries"] == [] and answer["head"]["seq"] == 3
    assert nora.fp not in [fp for fp, _ in visits(sara, sara.case)]


@pytest.mark.slow
def test_many_openings_at_once_are_one_visit_and_leave_no_gap(cast: CastInside, sara: Peer) -> None:
    team = [cast.supporter(name) for name in ("Nora Navigator", "Nils Navigator", "Nell Navigator")]
    cast.team(sara, *team)
    for person in team:
        person._facts = sara.facts

    def opening(person: Supporter) -> int:
        return len(person.post("/cases/open", case=sara.case)["entries"])

    with ThreadPoolExecutor(12) as at_once:
        assert set(at_once.map(opening, team * 4)) == {3}
    acts = sara.open(sara.case).acts
    seen = [act["actor"] for act in acts if act.get("type") == "visit"]
    assert sorted(seen) == sorted([person.fp for person in (*team, sara, cast.carl)])  # Carl fetched the card
    numbers = [act["n"] for act in acts if act["epoch"] == 2]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_long_case_comes_in_pages_and_the_acts_with_the_last(
    cast: CastInside, sara: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        sara.say(sara.case, {"kind": "message", "text": str(n)})
    monkeypatch.setattr(reading, "MOST_ENTRIES", 3)
    first = sara.post("/cases/open", case=sara.case)
    assert [entry["seq"] for entry in first["entries"]] == [1, 2, 3] and first["more"] and "acts" not in first
    last = sara.post("/cases/open", case=sara.case, after=6)
    assert [entry["seq"] for entry in last["entries"]] == [7] and not last["more"] and last["acts"]
    assert len(sara.open(sara.case).records) == 6


def test_large_records_come_one_by_one(cast: CastInside, sara: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    sara.say(sara.case, {"kind": "message", "text": "x" * 5000})
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert [entry["seq"] for entry in sara.post("/cases/open", case=sara.case)["entries"]] == [1]
    assert len(sara.open(sara.case).records) == 2


def test_the_acts_come_in_pages(cast: CastInside, sara: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        cast.clock.move(days=1)
        sara.sign_in()
        sara.open(sara.case)
    monkeypatch.setattr(reading, "MOST_ACTS", 3)
    first = sara.post("/cases/open", case=sara.case, after=2)
    assert [act["n"] for act in first["acts"]] == [1, 2, 3] and first["more_acts"]
    rest = sara.post("/cases/open", case=sara.case, after=2, after_act={"epoch": 1, "n": 3})
    assert [act["n"] for act in rest["acts"]] == [4] and not rest["more_acts"]


def test_of_a_letter_only_its_ends_and_the_owner_are_told(cast: CastInside, sara: Peer) -> None:
    nora, nils = cast.supporter(), cast.supporter("Nils Navigator")
    cast.team(sara, nora, nils)
    told_to = {
        person.name: [act for act in person.open(sara.case).acts if not act["told"] or act["type"] == "letter"]
        for person in (sara, nora, nils)
    }
    everyone = told_to["Sara"]
    assert all(act["told"] for act in everyone) and len(everyone) == 8  # card, 2 invite, 2 answer, 2 statement, offer
    for person in (nora, nils):
        shown = [act for act in told_to[person.name] if act["told"]]
        assert len(told_to[person.name]) == 8
        assert {act["actor"] for act in shown if act["actor"] != cast.carl.fp} == {person.fp}
        assert len(shown) == 3  # her invitation, her answer, her statement
    hidden = nora.post("/cases/open", case=sara.case)["acts"]
    assert all({"tag", "commit", "promise"} <= set(act) for act in hidden if "event" not in act)


def test_opening_asks_the_database_the_same_number_of_times_however_long_the_case(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    def asked() -> int:
        with cast.queries() as made:
            nora.post("/cases/open", case=sara.case)
        return len(made)

    asked()
    first = asked()
    for n in range(6):
        sara.say(sara.case, {"kind": "message", "text": str(n)})
    assert asked() == first <= 15


def test_a_list_of_cases_comes_in_pages(cast: CastInside, sara: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    nora = cast.supporter()
    others = [cast.sent(f"Sara {n}") for n in range(2)]
    for peer in (sara, *others):
        cast.team(peer, nora)
    monkeypatch.setattr(reading, "MOST_CASES", 2)
    first = nora.post("/cases/mine")
    rest = nora.post("/cases/mine", after=first["cases"][-1]["case"])
    assert first["more"] and not rest["more"]
    listed = {unb64(case["case"]) for case in first["cases"] + rest["cases"]}
    assert listed == {peer.case for peer in (sara, *others)}
    assert not any(case["owner"] for case in first["cases"])
    assert [case["owner"] for case in sara.cases()] == [True]


def test_each_event_says_where_its_leaf_is_once_it_is_in_the_tree(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    take_in(cast)
    told = nora.post("/cases/open", case=sara.case, after=0)
    placed = {bytes(row.tag): (row.log, row.position) for row in cast.rows("events")}
    shown = {unb64(one["tag"]): (one["log"], one["position"]) for one in told["entry_events"] + told["acts"]}
    assert shown == {tag: placed[tag] for tag in shown} and len(shown) > 6
    (waiting,) = [tag for tag, place in shown.items() if place == (None, None)]
    assert waiting == unb64(told["acts"][-1]["tag"]), "her visit was logged by this very answer"
    assert all(place[0] == 1 for tag, place in shown.items() if tag != waiting)


def test_an_export_needs_a_signed_act_and_is_on_the_log(cast: CastInside, sara: Peer) -> None:
    with refusal(401, "not-signed"):
        sara.post("/cases/export", case=sara.case)
    with refusal(404, "no-such-case"):
        cast.peer("Omar").act("/cases/export", case=sara.case)
    given = sara.act("/cases/export", case=sara.case)
    assert given["kind"] == "passkey" and len(unb64(given["wrap"])) == len(unb64(given["bundle"])) == 328
    assert "export" in [act["type"] for act in sara.open(sara.case).acts]
    with refusal(404):
        sara.act("/cases/export", case=os.urandom(16))
