"""Who is in a case: a signed roster, by a signed act, with one grant a member. Nobody but the owner adds."""

import os

import pytest

from crypto.errors import CannotOpen
from crypto.frame import H, frame, unframe
from crypto.record import open_record
from demo.people import Peer, Supporter
from demo.wire import b64
from tests.support.people import CastInside, refusal


@pytest.fixture
def sara(cast: CastInside) -> Peer:
    return cast.with_sara()


@pytest.fixture
def nora(cast: CastInside, sara: Peer) -> Supporter:
    return cast.with_team(sara)


def member(person: Supporter | Peer, lead: bool = False) -> dict[str, object]:
    return {"identity": person.identity.frame, "lead": lead}


def test_a_stolen_cookie_alone_changes_no_roster(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    case = sara.open(sara.case)
    rekey = case.make_rekey([member(sara)])["rekey"]
    with refusal(401, "not-signed"):
        sara.post("/cases/rekey", rekey=rekey)
    header = {"Authorization": sara.authorize(os.urandom(32))}
    with refusal(401, "other-act"):
        sara.send("/cases/rekey", f'{{"rekey":"{b64(rekey)}"}}'.encode(), "application/json", header).json()
    assert cast.count("members") == 3


def test_nora_cannot_sign_for_sara(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    omar = cast.peer("Omar")
    rekey = sara.open(sara.case).make_rekey([member(sara), member(nora), member(omar)])
    with refusal(403, "not-yours"):
        nora.act("/cases/rekey", rekey=rekey["rekey"])


def test_a_member_who_is_not_the_owner_adds_nobody(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    nils = cast.supporter("Nils Navigator")
    case = nora.open(sara.case)
    for added in ([member(nils)], [member(nils, lead=True)]):
        rekey = case.make_rekey([*case.members(), *added])
        with refusal(400) as said:
            nora.act("/cases/rekey", rekey=rekey["rekey"])
        assert said.error and said.error.facts["kind"] == "NotAllowed"
    assert cast.count("members") == 3


def test_a_member_cannot_take_the_case_over_or_make_herself_lead(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    case = nora.open(sara.case)
    for members in ([member(nora)], [member(sara), member(nora, lead=True)]):
        with refusal(400):
            nora.act("/cases/rekey", rekey=case.make_rekey(members)["rekey"])


@pytest.mark.parametrize("wrong", ["none for one", "two for one", "one for an outsider"])
def test_a_roster_comes_with_exactly_one_grant_a_member(cast: CastInside, sara: Peer, wrong: str) -> None:
    nora = cast.supporter()
    made = sara.open(sara.case).make_rekey([member(sara), member(nora)])["rekey"]
    fields = unframe("rekey", made)
    grants = {
        "none for one": fields["grants"][:1],
        "two for one": [*fields["grants"], fields["grants"][0][:32] + os.urandom(1168)],
        "one for an outsider": [*fields["grants"], os.urandom(1200)],
    }[wrong]
    with refusal(415 if wrong == "two for one" else 400):
        sara.act("/cases/rekey", rekey=frame("rekey", {**fields, "grants": grants}))
    assert cast.count("grants") == 1


def test_a_roster_behind_a_newer_entry_is_stale(cast: CastInside, sara: Peer) -> None:
    nora = cast.supporter()
    case = sara.open(sara.case)
    rekey = case.make_rekey([member(sara), member(nora)])
    sara.say(sara.case, {"kind": "message", "text": "meanwhile"})
    with refusal(409, "stale") as said:
        sara.act("/cases/rekey", rekey=rekey["rekey"])
    assert said.error and said.error.facts["seq"] == 3


def test_somebody_revoked_is_not_let_in(cast: CastInside, sara: Peer) -> None:
    nora = cast.supporter()
    cast.carl.list_people(revoke=(nora.fp,))
    with refusal(409, "revoked"):
        sara.open(sara.case).add(member(nora))


def test_somebody_whom_the_server_never_met_needs_her_keys_beside_the_roster(cast: CastInside, sara: Peer) -> None:
    ruth = cast.peer("Ruth", enrolled=False)
    case = sara.open(sara.case)
    with refusal(409, "unknown-person"):
        case.hand_in(case.make_rekey([member(sara), member(ruth)]))
    case.add(member(ruth))
    assert {m["fp"] for m in case.chain.members} == {sara.fp, ruth.fp}


def test_text_where_a_roster_belongs_is_refused(cast: CastInside, sara: Peer) -> None:
    with refusal(415, "not-sealed"):
        sara.act("/cases/rekey", rekey=b"let her in")


def test_the_same_roster_again_is_answered_again(cast: CastInside, sara: Peer) -> None:
    nora = cast.supporter()
    rekey = sara.open(sara.case).make_rekey([member(sara), member(nora)])
    first = sara.act("/cases/rekey", rekey=rekey["rekey"])
    assert sara.act("/cases/rekey", rekey=rekey["rekey"]) == first
    assert sara.check_receipt(first["receipt"])["type"] == "roster" and cast.count("members") == 3


def test_a_roster_may_travel_as_plain_octets(cast: CastInside, sara: Peer) -> None:
    rekey = sara.open(sara.case).make_rekey([member(sara), member(cast.supporter())])["rekey"]
    header = {"Authorization": sara.authorize(H(rekey))}
    sara.send("/cases/rekey", rekey, "application/octet-stream", header).json()
    assert sara.open(sara.case).chain.epoch == 2


def test_nora_reads_what_was_written_before_her_only_if_sara_gives_history(cast: CastInside, sara: Peer) -> None:
    nora, nils = cast.supporter(), cast.supporter("Nils Navigator")
    case = sara.open(sara.case)
    case.hand_in(case.make_rekey([member(sara), member(nora)], history=False))
    assert nora.open(sara.case).records[0]["payload"] is None
    case.hand_in(case.make_rekey([member(sara), member(nora), member(nils)]))
    assert nils.open(sara.case).records[0]["payload"] is None
    assert sara.open(sara.case).records[0]["payload"] is not None


def test_a_removed_member_reads_nothing_later_and_is_handed_no_key(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    before = nora.open(sara.case)
    sara.open(sara.case).remove(nora.fp)
    sara.say(sara.case, {"kind": "message", "text": "now she is gone"})
    with refusal(404, "no-such-case"):
        nora.open(sara.case)
    with refusal(404, "no-such-case"):
        nora.post("/cases/append", case=sara.case, entry=before.seal({"kind": "message", "text": "x"}))
    assert nora.cases() == []
    assert not [row for row in cast.rows("grants") if bytes(row.fp) == nora.fp]
    last = sara.open(sara.case).entries[-1]
    with pytest.raises(CannotOpen):
        open_record(last, before.key, sara.identity.ed_pk)


@pytest.fixture
def nils(cast: CastInside, sara: Peer, nora: Supporter) -> Supporter:
    def added() -> Supporter:
        nils = cast.supporter("Nils Navigator")
        sara.open(sara.case).add(member(nils))
        return nils

    return cast.stages.reach("Nils is on the team, too", added)


def test_a_plain_member_puts_nobody_out_who_did_not_leave(sara: Peer, nora: Supporter, nils: Supporter) -> None:
    with refusal(403, "not-yours") as said:
        nora.open(sara.case).remove(nils.fp)
    assert said.error and "Only the person whose case it is" in said.error.words
    sara.say(sara.case, {"kind": "message", "text": "still open"})
    assert nils.open(sara.case).records[-1]["payload"]["text"] == "still open"


def test_a_plain_member_makes_a_key_without_whoever_left_also_when_others_came_between(
    cast: CastInside, sara: Peer, nora: Supporter, nils: Supporter
) -> None:
    nils.say(sara.case, {"kind": "leave"})
    sara.open(sara.case).add(member(cast.supporter("Uma Reed")))
    nora.open(sara.case).remove(nils.fp)
    assert [case["epoch"] for case in sara.cases()] == [5]
    with refusal(404):
        nils.open(sara.case)


def test_whoever_was_asked_back_has_not_left(sara: Peer, nora: Supporter, nils: Supporter) -> None:
    nils.say(sara.case, {"kind": "leave"})
    assert [case["left"] for case in nils.cases()] == [True], "the roster names him until somebody makes the next one"
    sara.open(sara.case).remove(nils.fp)
    sara.open(sara.case).add(member(nils))
    assert [case["left"] for case in nils.cases()] == [False]
    with refusal(403, "not-yours"):
        nora.open(sara.case).remove(nils.fp)


def test_a_plain_member_makes_a_key_without_whoever_was_suspended(
    cast: CastInside, sara: Peer, nora: Supporter, nils: Supporter
) -> None:
    cast.carl.list_people(revoke=(nils.fp,))
    nora.open(sara.case).remove(nils.fp)
    assert [case["epoch"] for case in sara.cases()] == [4]


def test_a_lead_may_leave_others_out(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    lead = cast.supporter("Lea Lead")
    sara.open(sara.case).add(member(lead, lead=True))
    lead.open(sara.case).remove(nora.fp)
    assert [case["epoch"] for case in sara.cases()] == [4]


def test_each_epoch_counts_its_own_acts_and_entries_are_numbered_under_the_epoch_before(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    nora.open(sara.case)
    opened = sara.open(sara.case)  # checks every tag it has the key of
    by_epoch: dict[int, list[int]] = {}
    for act in opened.acts:
        by_epoch.setdefault(act["epoch"], []).append(act["n"])
    assert set(by_epoch) == {1, 2}
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_epoch.values())
