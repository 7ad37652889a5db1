"""Drafts: sealed, one's own, and gone after thirty days."""

import os

import pytest

from crypto import keys
from demo.people import Peer
from demo.wire import unb64
from tests.support.people import CastInside, refusal


@pytest.fixture
def sara(cast: CastInside) -> Peer:
    return cast.stages.reach("Sara has enrolled", cast.peer)


def box(person: Peer, draft: bytes, text: str = "what happened") -> bytes:
    return keys.seal_draft(person.account_key, person.site, person.fp, draft, {"text": text})


def test_without_a_session_no_draft_is_taken(cast: CastInside, sara: Peer) -> None:
    draft = os.urandom(16)
    sara.post("/sign-in/lock")
    with refusal(401, "locked"):
        sara.octets("/intake/draft", draft + box(sara, draft))


@pytest.mark.parametrize("text", [b"", b"They said that I was", b"a" * (16 + 72 + 256), b"\xff" * 100])
def test_text_where_a_sealed_draft_belongs_is_refused(cast: CastInside, sara: Peer, text: bytes) -> None:
    with refusal(415, "not-sealed"):
        sara.octets("/intake/draft", text)
    assert cast.count("drafts") == 0


def test_a_draft_over_a_mebibyte_is_refused_and_the_one_before_is_kept(cast: CastInside, sara: Peer) -> None:
    draft = os.urandom(16)
    sara.octets("/intake/draft", draft + box(sara, draft))
    with refusal(413, "too-large"):
        sara.octets("/intake/draft", draft + box(sara, draft, "x" * 1_100_000))
    (kept,) = sara.post("/intake/drafts")["drafts"]
    assert unb64(kept["draft"]) == draft


def test_she_gets_back_what_she_saved_last_and_omar_gets_nothing(cast: CastInside, sara: Peer) -> None:
    draft = os.urandom(16)
    for text in ("what", "what happened"):
        sara.octets("/intake/draft", draft + box(sara, draft, text))
    (kept,) = sara.post("/intake/drafts")["drafts"]
    opened = keys.open_draft(sara.account_key, sara.site, sara.fp, unb64(kept["draft"]), unb64(kept["box"]))
    assert opened["text"] == "what happened"
    omar = cast.peer("Omar")
    assert omar.post("/intake/drafts")["drafts"] == []
    omar.post("/intake/drop", draft=draft)
    assert len(sara.post("/intake/drafts")["drafts"]) == 1
    sara.post("/intake/drop", draft=draft)
    assert sara.post("/intake/drafts")["drafts"] == []


def test_twenty_drafts_are_enough_and_the_next_is_refused_in_words(cast: CastInside, sara: Peer) -> None:
    drafts = [os.urandom(16) for _ in range(20)]
    for draft in drafts:
        sara.octets("/intake/draft", draft + box(sara, draft))
    with refusal(409, "too-many-drafts"):
        sara.octets("/intake/draft", os.urandom(16) + box(sara, drafts[0]))
    sara.octets("/intake/draft", drafts[0] + box(sara, drafts[0], "still saved"))


def test_drafts_have_room_together_that_one_answer_can_carry(cast: CastInside, sara: Peer) -> None:
    drafts = [os.urandom(16) for _ in range(5)]
    for draft in drafts[:4]:
        sara.octets("/intake/draft", draft + box(sara, draft, "x" * 950_000))
    with refusal(409, "too-many-drafts"):
        sara.octets("/intake/draft", drafts[4] + box(sara, drafts[4], "x" * 950_000))
    sara.octets("/intake/draft", drafts[0] + box(sara, drafts[0], "y" * 950_000))
    assert len(sara.post("/intake/drafts")["drafts"]) == 4


def test_what_was_being_written_is_kept_when_she_leaves_at_once(cast: CastInside, sara: Peer) -> None:
    draft = os.urandom(16)
    sara.octets("/exit", draft + box(sara, draft))
    with refusal(401, "locked"):
        sara.post("/intake/drafts")
    sara.sign_in()
    assert len(sara.post("/intake/drafts")["drafts"]) == 1


def test_after_thirty_days_an_unsent_draft_is_gone_and_a_later_one_is_not(cast: CastInside, sara: Peer) -> None:
    old, new, omar = os.urandom(16), os.urandom(16), cast.peer("Omar")
    sara.octets("/intake/draft", old + box(sara, old))
    cast.clock.move(days=30)
    for person in (sara, omar):
        person.sign_in()
    omar.octets("/intake/draft", new + box(omar, new))
    assert cast.count("drafts") == 2
    cast.clock.move(days=1)
    omar.sign_in()
    omar.octets("/intake/draft", new + box(omar, new))
    assert [bytes(row.fp) for row in cast.rows("drafts")] == [omar.fp]


def test_a_draft_of_somebody_who_has_sent_stays_as_long_as_she_likes(cast: CastInside) -> None:
    sara, omar = cast.sent(), cast.peer("Omar")
    draft = os.urandom(16)
    sara.octets("/intake/draft", draft + box(sara, draft))
    cast.clock.move(days=90)
    omar.sign_in()
    omar.octets("/intake/draft", draft + box(omar, draft))
    assert cast.count("drafts") == 2
