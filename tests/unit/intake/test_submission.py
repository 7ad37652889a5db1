"""The first submission: everything of it, or nothing, and once."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from crypto.frame import H, frame, unframe
from crypto.grant import make_rekey
from crypto.letter import seal_letter
from crypto.people import read_identity
from crypto.record import seal_record
from demo.client import Person
from demo.people import Peer
from demo.wire import b64
from tests.support.people import CastInside, refusal

WRITTEN = ("cases", "entries", "members", "grants", "lanes", "letters", "stanzas", "submissions")


def changed(submission: bytes, **parts: bytes) -> bytes:
    return frame("submission", {**unframe("submission", submission), **parts})


def nothing_was_stored(cast: CastInside) -> bool:
    return not any(cast.count(table) for table in WRITTEN)


def test_without_a_session_and_without_an_enrolment_inside_nothing_is_taken(cast: CastInside) -> None:
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})
    stranger = cast.wire.another()
    with refusal(401, "locked"):
        stranger.post(
            "/intake/submit", f'{{"submission":"{b64(submission)}"}}'.encode(), {"Content-Type": "application/json"}
        ).json()
    assert nothing_was_stored(cast)


@pytest.mark.parametrize("text", [b"My name is Sara and this happened.", b"", b"\x00" * 400])
def test_text_where_a_sealed_submission_belongs_is_refused(cast: CastInside, text: bytes) -> None:
    with refusal(415, "not-sealed"):
        cast.peer().post("/intake/submit", submission=text)


def test_text_in_the_account_or_the_card_is_refused(cast: CastInside) -> None:
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})
    parts = unframe("submission", submission)
    header = unframe("entry", parts["record"])["header"]
    for size in (328, 1352):
        with refusal(415, "not-sealed"):
            sara.post(
                "/intake/submit",
                submission=changed(submission, record=frame("entry", {"header": header, "body": b"a" * size})),
            )
    card = unframe("mail", parts["card"])
    with refusal(415, "not-sealed"):
        sara.post("/intake/submit", submission=changed(submission, card=frame("mail", {**card, "body": b"a" * 328})))
    assert nothing_was_stored(cast)


def test_omar_cannot_hand_in_what_sara_sealed(cast: CastInside) -> None:
    submission = cast.peer().make_submission({"text": "what happened"})
    with refusal(400):
        cast.peer("Omar").post("/intake/submit", submission=submission)
    assert nothing_was_stored(cast)


def test_staff_cannot_open_a_case_with_their_staff_account(cast: CastInside) -> None:
    nora = cast.supporter()
    as_peer = Peer(nora.wire, "Nora", nora.identity, now_s=cast.clock.now_s)
    with refusal(403, "not-yours"):
        as_peer.submit({"text": "what happened"})


def test_a_submission_without_a_grant_for_its_owner_is_refused(cast: CastInside) -> None:
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})
    rekey = unframe("rekey", unframe("submission", submission)["rekey"])
    for grants in ([], [*rekey["grants"], os.urandom(1200)]):
        with refusal(400):
            sara.post(
                "/intake/submit", submission=changed(submission, rekey=frame("rekey", {**rekey, "grants": grants}))
            )
    assert nothing_was_stored(cast)


def with_first_readers(sara: Peer, *readers: Person) -> bytes:
    """A submission whose roster 1 names these people too."""
    key, people = os.urandom(32), [sara, *readers]
    rekey = make_rekey(
        sara.identity, None, site=sara.site, nonce=sara.nonce, epoch_key=key, last_key=None, owner_fp=sara.fp,
        members=[{"identity": person.identity.frame, "lead": False} for person in people], day=sara.today,
    )  # fmt: skip
    record = seal_record(
        sara.identity, site=sara.site, case=sara.case, seq=2, prev=H(rekey["entry"]), e=1, roster=H(rekey["roster"]),
        author=sorted(person.fp for person in people).index(sara.fp), day=sara.today, epoch_key=key,
        payload={"kind": "account", "text": "what happened"},
    )  # fmt: skip
    return changed(sara.make_submission({"text": "x"}), rekey=rekey["rekey"], record=record)


def test_one_listed_supporter_may_be_the_first_reader_and_nobody_else(cast: CastInside) -> None:
    sara, omar, nora, nils = cast.peer(), cast.peer("Omar"), cast.supporter(), cast.supporter("Nils Navigator")
    for readers in ([omar], [nora, nils], [nora, omar]):
        with refusal(403, "not-yours"):
            sara.post("/intake/submit", submission=with_first_readers(sara, *readers))
    assert nothing_was_stored(cast)
    sara.hand_in(with_first_readers(sara, nora))
    assert nora.open(sara.case).records[0]["payload"]["text"] == "what happened"


def test_a_card_sealed_to_an_outsider_is_refused(cast: CastInside) -> None:
    sara, omar = cast.peer(), cast.peer("Omar")
    submission = sara.make_submission({"text": "what happened"})
    leaky = seal_letter(
        sara.identity, site=sara.site, kind="card", to=sara.desk, about=sara.case, day=sara.today,
        payload={"kind": "card"},
        recipients=[*sara.directory().holders("coordinator"), read_identity(omar.identity.frame)],
    )  # fmt: skip
    with refusal(409, "recipients"):
        sara.post("/intake/submit", submission=changed(submission, card=leaky))
    assert nothing_was_stored(cast)


def test_a_card_that_no_coordinator_can_open_is_refused(cast: CastInside) -> None:
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})
    unread = seal_letter(
        sara.identity, site=sara.site, kind="card", to=sara.desk, about=sara.case, day=sara.today,
        payload={"kind": "card"}, recipients=[read_identity(sara.identity.frame)],
    )  # fmt: skip
    with refusal(409, "recipients"):
        sara.post("/intake/submit", submission=changed(submission, card=unread))


@pytest.mark.parametrize("days", [-2, 2])
def test_a_day_far_from_the_servers_is_refused_and_one_day_off_is_not(cast: CastInside, days: int) -> None:
    sara = cast.peer()
    with refusal(409, "clock") as said:
        sara.post("/intake/submit", submission=sara.make_submission({"text": "x"}, day=sara.today + days))
    assert "date" in str(said.error and said.error.words)
    sara.hand_in(sara.make_submission({"text": "x"}, day=sara.today + days // 2))


def test_the_same_bytes_are_answered_with_the_same_bytes_and_stored_once(cast: CastInside) -> None:
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})
    first = sara.hand_in(submission)
    rows = {table: cast.count(table) for table in (*WRITTEN, "events")}
    cast.clock.move(days=9)
    sara.sign_in()
    assert sara.post("/intake/submit", submission=submission) == first
    assert {table: cast.count(table) for table in (*WRITTEN, "events")} == rows


def test_another_account_for_the_same_case_is_refused(cast: CastInside) -> None:
    sara = cast.sent()
    with refusal(409, "other-submission"):
        sara.submit({"text": "something else"})
    assert sara.open(sara.case).records[0]["payload"]["text"] == "what happened"


def test_a_peer_account_owns_one_case(cast: CastInside) -> None:
    sara = cast.sent()
    sara.nonce = os.urandom(16)
    with refusal(409, "already-sent"):
        sara.submit({"text": "a second case"})
    assert cast.count("cases") == 1


def test_a_case_is_not_sent_if_its_enrolment_cannot_be_made(cast: CastInside) -> None:
    omar, sara = cast.peer("Omar"), cast.peer(enrolled=False)
    sara.method = omar.method
    enrol, sig = sara.make_enrol()
    with refusal(409, "taken"):
        sara.hand_in(sara.make_submission({"text": "x"}, enrol=enrol), sig)
    assert nothing_was_stored(cast)


def test_an_enrolment_inside_needs_its_signature(cast: CastInside) -> None:
    sara = cast.peer(enrolled=False)
    enrol, _sig = sara.make_enrol()
    submission = sara.make_submission({"text": "x"}, enrol=enrol)
    for sig in (None, os.urandom(64)):
        with refusal(400):
            sara.hand_in(submission, sig)
    assert nothing_was_stored(cast) and cast.count("enrolments") == 1


def test_an_account_and_its_enrolment_land_together_and_she_is_signed_in(cast: CastInside) -> None:
    sara = cast.peer(enrolled=False)
    enrol, sig = sara.make_enrol()
    submission = sara.make_submission({"text": "what happened"}, enrol=enrol)
    answer = sara.hand_in(submission, sig)
    assert answer["share"] and sara.check_receipt(answer["receipts"]["notebook"])["type"] == "notebook"
    assert sara.open(sara.case).records[0]["payload"]["text"] == "what happened"
    again = sara.hand_in(submission, sig)
    assert again["receipts"] == answer["receipts"] and cast.count("cases") == 1


def test_her_drafts_are_gone_once_her_account_is_sent(cast: CastInside) -> None:
    sara = cast.peer()
    box = unframe("entry", unframe("submission", sara.make_submission({"text": "x"}))["record"])["body"]
    sara.octets("/intake/draft", os.urandom(16) + box)
    sara.submit({"text": "what happened"})
    assert sara.post("/intake/drafts")["drafts"] == [] and cast.count("drafts") == 0


def test_a_submission_asks_the_database_the_same_number_of_times_however_many_there_are(cast: CastInside) -> None:
    def asked() -> list[str]:
        sara = cast.peer()
        submission = sara.make_submission({"text": "what happened"})
        with cast.queries() as made:
            sara.post("/intake/submit", submission=submission)
        return made

    first = asked()
    for _ in range(3):
        cast.sent()
    assert len(asked()) == len(first) <= 19, "\n".join(first)


def test_pressed_twice_at_once_it_lands_once_and_both_are_told_the_same(cast: CastInside) -> None:
    sara = cast.peer()
    submission = sara.make_submission({"text": "what happened"})

    def press(_: int) -> dict[str, Any]:
        return sara.post("/intake/submit", submission=submission)

    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(press, range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert cast.count("cases") == 1 and cast.count("entries") == 2


def test_sara_sends_her_account_and_it_goes_all_the_way_to_nora(cast: CastInside) -> None:
    sara = cast.peer()
    answer = sara.submit({"text": "what happened"}, {"lines": [{"field": "what", "label": "What", "text": "pay"}]})
    assert set(answer["receipts"]) == {"roster", "record", "card"}
    (line,) = cast.carl.queue()
    assert line["state"] == "new" and line["mine"]
    assert cast.carl.card(sara.case).payload["lines"][0]["text"] == "pay"
    nora = cast.supporter()
    cast.team(sara, nora)
    assert nora.open(sara.case).records[0]["payload"]["text"] == "what happened"
