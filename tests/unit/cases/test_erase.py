"""One record erased: its body goes, its place stays, and the chain still holds."""

import os

import pytest

from demo.people import Peer, Supporter
from tests.support.people import CastInside, refusal


@pytest.fixture
def sara(cast: CastInside) -> Peer:
    return cast.with_sara()


@pytest.fixture
def nora(cast: CastInside, sara: Peer) -> Supporter:
    return cast.with_team(sara)


def wrote(person: Peer | Supporter, case: bytes, text: str) -> bytes:
    """The hash of a message that this person has just added."""
    person.say(case, {"kind": "message", "text": text})
    return person.open(case).chain.head


def test_it_needs_a_signed_act(cast: CastInside, sara: Peer) -> None:
    case = sara.open(sara.case)
    entry = case.seal({"kind": "erase"})
    with refusal(401, "not-signed"):
        sara.post("/cases/erase", case=sara.case, entry=entry, names=case.chain.head)
    assert all(row.body is not None for row in cast.rows("entries"))


def test_nora_cannot_erase_what_sara_wrote_but_sara_can_erase_what_nora_wrote(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    hers, other = wrote(sara, sara.case, "a patient's name"), wrote(nora, sara.case, "another")
    with refusal(403, "not-yours"):
        nora.open(sara.case).erase(hers)
    sara.open(sara.case).erase(other)
    erased = [record["hash"] for record in sara.open(sara.case).records if record["erased"]]
    assert erased == [other]


def test_what_is_not_a_record_of_this_case_cannot_be_erased(cast: CastInside, sara: Peer) -> None:
    case = sara.open(sara.case)
    first_roster = case._raw[0][0]["hash"]
    for names in (os.urandom(32), first_roster):
        entry = case.seal({"kind": "erase"})
        with refusal(404, "no-such-entry"):
            sara.act("/cases/erase", case=sara.case, entry=entry, names=names)


def test_an_outsider_is_told_nothing(cast: CastInside, sara: Peer) -> None:
    case = sara.open(sara.case)
    with refusal(404, "no-such-case"):
        cast.peer("Omar").act("/cases/erase", case=sara.case, entry=case.seal({"kind": "x"}), names=case.chain.head)


def test_its_body_is_gone_and_the_chain_still_holds_for_everybody(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    wrong = wrote(nora, sara.case, "a patient's name")
    wrote(sara, sara.case, "later")
    body = bytes(next(row.body for row in cast.rows("entries") if bytes(row.hash) == wrong))
    receipt = nora.open(sara.case).erase(wrong)["receipt"]
    assert nora.check_receipt(receipt)["type"] == "record"
    for person in (sara, nora):
        opened = person.open(sara.case)
        (gone,) = [record for record in opened.records if record["erased"]]
        assert gone["payload"] is None and gone["hash"] == wrong
        assert opened.records[-1]["payload"]["kind"] == "erase" and opened.chain.erased
        told = [act for act in opened.acts if act.get("type") == "erased"]
        assert [(act["actor"], act["object"]) for act in told] == [(nora.fp, wrong)]
    assert not any(body in bytes(row.body) for row in cast.rows("entries") if row.body)


def test_asked_again_it_is_answered_again_and_logged_once(cast: CastInside, sara: Peer) -> None:
    wrong = wrote(sara, sara.case, "a patient's name")
    case, record = sara.open(sara.case), os.urandom(16)
    entry = case.seal({"kind": "erase"}, record=record)
    first = sara.act("/cases/erase", case=sara.case, entry=entry, names=wrong)
    assert sara.act("/cases/erase", case=sara.case, entry=entry, names=wrong) == first
    assert [act.get("type") for act in sara.open(sara.case).acts].count("erased") == 1
