"""Letters: who may write which, to whom, and who is handed them."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.letters import service
from crypto.frame import frame, unframe
from crypto.letter import seal_letter
from crypto.mail import letter_hash
from crypto.people import read_identity
from demo.client import ZERO16, Person
from demo.people import Peer, Supporter
from demo.wire import b64, unb64
from tests.support.people import CastInside, refusal


@pytest.fixture
def sara(cast: CastInside) -> Peer:
    return cast.with_sara()


@pytest.fixture
def nora(cast: CastInside) -> Supporter:
    return cast.with_nora()


def sealed(
    sender: Person, kind: str, to: bytes, recipients: list[bytes], about: bytes = ZERO16, **lies: object
) -> bytes:
    """A letter with any header. Args: recipients: identity frames."""
    facts = {"site": sender.site, "kind": kind, "to": to, "about": about, "day": sender.today, **lies}
    return seal_letter(
        sender.identity, payload={"kind": kind}, recipients=[read_identity(r) for r in recipients], **facts
    )  # type: ignore[arg-type]


def test_without_a_session_nothing_is_taken(cast: CastInside, sara: Peer) -> None:
    mail = sara.seal("word", {"type": "question", "text": "hello"}, about=sara.case)
    sara.post("/sign-in/lock")
    for path in ("/letters", "/letters/mine", "/letters/stanzas"):
        with refusal(401, "locked"):
            sara.post(path, mail=mail, kinds=["word"])


def test_text_where_a_sealed_letter_belongs_is_refused(cast: CastInside, sara: Peer) -> None:
    good = unframe("mail", sara.seal("word", {"text": "hello"}, about=sara.case))
    before = cast.count("letters")
    for mail in (
        b"dear desk",
        frame("mail", {**good, "body": b"dear desk, " * 40}),
        frame("mail", {**good, "stanzas": []}),
    ):
        with refusal(415, "not-sealed"):
            sara.post("/letters", mail=mail)
    assert cast.count("letters") == before


def test_omar_cannot_hand_in_a_letter_as_saras(cast: CastInside, sara: Peer) -> None:
    with refusal(403, "not-yours"):
        cast.peer("Omar").post("/letters", mail=sara.seal("word", {"text": "hello"}, about=sara.case))


@pytest.mark.parametrize("kind", ["invite", "offer", "answer", "statement", "profile", "card"])
def test_a_peer_writes_no_letter_of_the_staffs(cast: CastInside, sara: Peer, kind: str) -> None:
    with refusal(403, "not-yours"):
        sara.write(kind, {}, about=sara.case)


@pytest.mark.parametrize("kind", ["invite", "offer", "card"])
def test_a_supporter_writes_no_letter_of_the_desks(cast: CastInside, sara: Peer, nora: Supporter, kind: str) -> None:
    cast.carl.invite(sara.case, nora.fp)
    nora.invitations()
    with refusal(403, "not-yours"):
        nora.write(kind, {}, about=sara.case, to=sara.fp)


@pytest.mark.parametrize("kind", ["comment", "row"])
def test_letters_from_nobody_are_not_taken_here(cast: CastInside, sara: Peer, kind: str) -> None:
    mail = seal_letter(
        None, site=sara.site, kind=kind, to=sara.desk, about=ZERO16, day=sara.today, payload={"x": 1},
        recipients=[read_identity(cast.carl.identity.frame)],
    )  # fmt: skip
    with refusal(403, "not-yours"):
        sara.post("/letters", mail=mail)


def test_somebody_who_was_not_invited_is_told_the_same_as_of_a_case_that_is_not_there(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    omar, said = cast.peer("Omar"), []
    for person, kind in ((nora, "answer"), (nora, "word"), (omar, "word")):
        for case in (sara.case, os.urandom(16)):
            with refusal(404, "no-such-case") as refused:
                person.write(kind, {"text": "x"}, about=case)
            said.append(refused.error and refused.error.facts)
    assert all(one == said[0] for one in said)


def test_a_statement_goes_to_the_owner_and_to_nobody_else(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    cast.carl.invite(sara.case, nora.fp)
    omar = cast.peer("Omar")
    with refusal(403, "not-yours"):
        nora.post("/letters", mail=sealed(nora, "statement", omar.fp, [omar.identity.frame], sara.case))


def test_an_answer_goes_to_the_desk(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    cast.carl.invite(sara.case, nora.fp)
    with refusal(403, "not-yours"):
        nora.post("/letters", mail=sealed(nora, "answer", sara.fp, [sara.identity.frame], sara.case))


def test_only_a_listed_supporter_is_invited(cast: CastInside, sara: Peer) -> None:
    omar = cast.peer("Omar")
    cast.carl.meet(omar.identity.frame)
    with refusal(403, "not-yours"):
        cast.carl.write("invite", {}, about=sara.case, to=omar.fp)


def test_a_peer_writes_to_the_desk_and_not_to_another(cast: CastInside, sara: Peer, nora: Supporter) -> None:
    with refusal(403, "not-yours"):
        sara.post("/letters", mail=sealed(sara, "word", nora.fp, [nora.identity.frame]))


def test_a_letter_carries_keys_for_its_addressee_and_its_sender_alone(cast: CastInside, sara: Peer) -> None:
    omar = cast.peer("Omar")
    for recipients in ([cast.carl, omar], [omar], [sara]):
        with refusal(409, "recipients"):
            frames = [person.identity.frame for person in recipients]
            sara.post("/letters", mail=sealed(sara, "word", sara.desk, frames, sara.case))


@pytest.mark.parametrize("lie", [{"day": -2}, {"day": 2}])
def test_a_day_far_from_the_servers_is_refused(cast: CastInside, sara: Peer, lie: dict[str, int]) -> None:
    carl = cast.carl.identity.frame
    with refusal(409, "clock"):
        sara.post("/letters", mail=sealed(sara, "word", sara.desk, [carl], sara.case, day=sara.today + lie["day"]))


def test_a_letter_of_another_site_is_refused(cast: CastInside, sara: Peer) -> None:
    with refusal(400):
        mail = sealed(sara, "word", sara.desk, [cast.carl.identity.frame], sara.case, site=os.urandom(32))
        sara.post("/letters", mail=mail)


def test_the_same_letter_again_is_answered_again_and_another_under_its_number_is_refused(
    cast: CastInside, sara: Peer
) -> None:
    number, carl = os.urandom(16), [cast.carl.identity.frame]
    mail = sealed(sara, "word", sara.desk, carl, sara.case, letter=number)
    first = sara.post("/letters", mail=mail)
    before = cast.count("events")
    assert sara.post("/letters", mail=mail) == first and unb64(first["hash"]) == letter_hash(mail)
    with refusal(409, "other-letter"):
        sara.post("/letters", mail=sealed(sara, "word", sara.desk, carl, sara.case, letter=number))
    assert cast.count("events") == before


def test_a_letter_about_a_case_takes_the_next_act_and_a_complaint_takes_none(cast: CastInside, sara: Peer) -> None:
    about = sara.write("word", {"type": "question", "text": "when?"}, about=sara.case)
    told = sara.check_receipt(about["receipt"])
    assert (told["type"], told["subject"], told["object"]) == ("letter", sara.case, unb64(about["hash"]))
    complaint = sara.write("word", {"type": "complaint", "text": "about Nora"})
    told = sara.check_receipt(complaint["receipt"])
    assert told["type"] == "letter" and told["subject"] != sara.case
    acts = sara.open(sara.case).acts
    assert unb64(complaint["hash"]) not in [act.get("object") for act in acts]
    assert [act["n"] for act in acts] == list(range(1, len(acts) + 1))


@pytest.mark.slow
def test_letters_sent_at_once_take_numbers_without_gaps(cast: CastInside, sara: Peer) -> None:
    mails = [sara.seal("word", {"text": str(n)}, about=sara.case) for n in range(16)]
    with ThreadPoolExecutor(8) as at_once:
        receipts = list(at_once.map(lambda mail: sara.post("/letters", mail=mail), mails))
    assert len({receipt["hash"] for receipt in receipts}) == 16
    numbers = [act["n"] for act in sara.open(sara.case).acts]
    assert numbers == list(range(1, 19))  # the card, sixteen letters, this visit


@pytest.mark.slow
def test_one_letter_sent_many_times_at_once_lands_once(cast: CastInside, sara: Peer) -> None:
    mail = sara.seal("word", {"text": "hello"}, about=sara.case)
    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(lambda _: sara.post("/letters", mail=mail), range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert [act["n"] for act in sara.open(sara.case).acts] == [1, 2, 3]


def test_carl_answers_and_sara_reads_it(cast: CastInside, sara: Peer) -> None:
    cast.carl.card(sara.case)
    cast.carl.write("word", {"type": "waiting", "text": "soon"}, about=sara.case, to=sara.fp)
    (letter,) = sara.letters("word")
    assert letter.payload["text"] == "soon" and letter.sender == cast.carl.fp


def test_cards_are_not_handed_out_with_other_letters(cast: CastInside, sara: Peer) -> None:
    assert cast.carl.post("/letters/mine", kinds=["card"])["letters"] == []
    with refusal(400, "malformed"):
        cast.carl.post("/letters/mine", kinds=["everything"])


def test_letters_come_oldest_first_in_pages(cast: CastInside, sara: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        sara.write("word", {"text": str(n)}, about=sara.case)
        if n % 2:
            cast.clock.move(days=1)
            sara.sign_in()
    cast.carl.sign_in()
    monkeypatch.setattr(service, "PAGE", 2)
    letters = cast.carl.letters("word")
    assert sorted(letter.payload["text"] for letter in letters) == list("01234")
    assert [letter.payload["text"] for letter in letters][-1] == "4"
    page = cast.carl.post("/letters/mine", kinds=["word"])
    assert len(page["letters"]) == 2 and page["more"]


def test_handing_out_asks_the_database_the_same_number_of_times_however_many_letters(
    cast: CastInside, sara: Peer
) -> None:
    def asked() -> int:
        with cast.queries() as made:
            cast.carl.post("/letters/mine", kinds=["word"])
        return len(made)

    first = asked()
    for n in range(4):
        sara.write("word", {"text": str(n)}, about=sara.case)
    assert asked() == first <= 6


def test_a_coordinator_who_left_gets_no_letter_of_the_desks_any_more(cast: CastInside, sara: Peer) -> None:
    cleo = cast.coordinator("Cleo Coordinator")
    sara.write("word", {"text": "to the desk"}, about=sara.case)
    assert len(cleo.letters("word")) == 1
    cast.carl.list_people(revoke=(cleo.fp,))
    assert cleo.post("/letters/mine", kinds=["word"])["letters"] == []


def test_a_holder_shares_a_letter_of_the_desks_with_a_new_coordinator_and_with_nobody_else(
    cast: CastInside, sara: Peer, nora: Supporter
) -> None:
    sara.write("word", {"text": "to the desk"}, about=sara.case)
    cleo, omar = cast.coordinator("Cleo Coordinator"), cast.peer("Omar")
    assert cleo.letters("word") == []
    given = cast.carl.post("/letters/mine", kinds=["word"])["letters"][0]

    def stanza(fp: bytes) -> str:
        return b64(fp + os.urandom(1168))

    for person in (omar, nora, cleo):
        with refusal(404, "no-such-letter"):
            person.act("/letters/stanzas", hash=given["hash"], stanzas=[stanza(cleo.fp)])
    with refusal(404, "no-such-letter"):  # hers, but she is not the desk
        sara.act("/letters/stanzas", hash=given["hash"], stanzas=[stanza(cleo.fp)])
    with refusal(409, "recipients"):
        cast.carl.act("/letters/stanzas", hash=given["hash"], stanzas=[stanza(omar.fp)])
    with refusal(415, "not-sealed"):
        cast.carl.act("/letters/stanzas", hash=given["hash"], stanzas=[b64(cleo.fp)])
    for added in (stanza(cleo.fp), stanza(cleo.fp)):  # the first could have been no key at all
        answer = cast.carl.act("/letters/stanzas", hash=given["hash"], stanzas=[added, stanza(cast.carl.fp)])
        assert answer == {"added": [b64(cleo.fp)]}
    (hers,) = cleo.post("/letters/mine", kinds=["word"])["letters"]
    assert hers["stanza"] == added
    assert cast.carl.letters("word")[0].payload["text"] == "to the desk"


def test_a_newcomers_profile_comes_with_the_joining_and_reaches_the_desk(cast: CastInside) -> None:
    nina = Supporter(cast.wire.another(), "Nina Navigator", now_s=cast.clock.now_s)
    nina.join(cast.carl.invite_staff("supporter"), {"specialty": "surgery", "state": "OH"})
    cast.carl.certify(nina)
    (profile,) = cast.carl.letters("profile")
    assert profile.payload["specialty"] == "surgery" and profile.sender == nina.fp


def test_no_other_letter_comes_with_a_joining(cast: CastInside, sara: Peer) -> None:
    nina = Supporter(cast.wire.another(), "Nina Navigator", now_s=cast.clock.now_s)
    token = cast.carl.invite_staff("supporter")
    enrol, sig = nina.make_enrol()
    mail = nina.seal("statement", {"text": "hello"}, about=sara.case)
    with refusal(403, "not-yours"):
        nina.post(
            "/people/join", token=token, enrol=enrol, enrol_sig=sig, binding=nina.make_binding(nina.site), mail=mail
        )


def test_somebody_suspended_is_handed_no_invitation_any_more_but_hears_from_the_desk(
    cast: CastInside, sara: Peer
) -> None:
    nora = cast.supporter()
    cast.introduce(sara, nora)
    cast.carl.write("word", {"text": "we will call you"}, to=nora.fp)
    cast.carl.list_people(revoke=(nora.fp,))
    handed = nora.post("/letters/mine", kinds=["invite", "statement", "answer", "word", "profile"])["letters"]
    assert [unframe("letter", unb64(letter["header"]))["kind"] for letter in handed] == ["word"]
