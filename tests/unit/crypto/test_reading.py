"""A case as a member reads it, and what a bad record or a bad server can't do to it."""

import base64
from copy import deepcopy

import pytest

from crypto.box import box
from crypto.chain import Chain
from crypto.errors import BadSignature, CannotOpen, NotAllowed, WrongPlace
from crypto.frame import frame, unframe
from crypto.payload import to_json
from crypto.reading import read_case
from crypto.record import NOTHING_SEEN, say
from tests.unit.crypto.cast import CARL, EVERYBODY, NORA, OMAR, SARA, TODAY, Story, approved
from tests.vectors.make_export import erased, told


def read(story, who, entries=None, grants=None, **more):
    mine = {e: g[who.fp] for e, g in story.grants.items() if who.fp in g}
    return read_case(story.site, entries or story.entries, EVERYBODY, mine if grants is None else grants, who, **more)


def shown(reading):
    return [(i.get("payload") or {}).get("text") or i["unreadable"] for i in reading.items if i["kind"] == "record"]


def test_nora_reads_what_sara_told_before_she_came():
    story = approved()
    assert shown(read(story, NORA)) == ["what happened"]


def test_nora_reads_nothing_from_before_when_sara_gives_no_history():
    story = Story()
    story.take(story.roster(SARA))
    story.take(story.say(SARA, "account", text="for myself"))
    story.take(story.roster(SARA, NORA, history=False))
    story.take(story.say(SARA, "message", text="welcome"))
    assert shown(read(story, NORA)) == ["no key", "welcome"]
    assert shown(read(story, SARA)) == ["for myself", "welcome"]


def test_omar_reads_nothing():
    story = approved()
    with pytest.raises(NotAllowed):
        read(story, OMAR)
    with pytest.raises((NotAllowed, CannotOpen)):
        read(story, OMAR, grants={2: story.grants[2][NORA.fp]})


def test_one_bad_record_does_not_close_a_case():
    assert shown(read(told(), SARA)) == [
        "What happened, José", "I have read it.", "does not open", "not allowed", "unknown kind", None, "Thank you.",
    ]  # fmt: skip


def test_an_erased_record_keeps_its_place():
    story = told()
    assert shown(read(story, SARA, erased(story, 4)))[:2] == ["What happened, José", "erased"]


def test_the_record_after_an_erased_one_says_what_stood_there():
    story = told()
    entries = erased(story, 4)
    entries[3] = frame("entry", {**unframe("entry", entries[3]), "body": bytes(32)})
    with pytest.raises(WrongPlace):
        read(story, SARA, entries)


def test_a_forged_grant_opens_nothing_and_closes_nothing():
    story = approved()
    forged = {1: story.grants[1][SARA.fp], 2: SARA.fp + bytes(1168)}
    assert shown(read(story, SARA, grants=forged)) == ["what happened"]


def test_nora_may_leave_carl_out_only_when_he_has_left():
    story = approved()
    story.take(story.say(CARL, "message", text="I stay"))
    out = story.roster(SARA, NORA, by=NORA)
    with pytest.raises(NotAllowed):
        read(story, SARA, [*story.entries, out])
    story = approved()
    story.take(story.say(CARL, "leave"))
    out = story.roster(SARA, NORA, by=NORA)
    assert len(read(story, SARA, [*story.entries, out]).chain.members) == 2


def test_who_was_asked_back_has_not_left():
    story = approved()
    story.take(story.say(CARL, "leave"))
    story.take(story.roster(SARA, NORA))
    story.take(story.roster(SARA, NORA, CARL))
    assert read(story, SARA).left == set()
    out = story.roster(SARA, NORA, by=NORA)
    with pytest.raises(NotAllowed):
        read(story, SARA, [*story.entries, out])


def test_who_left_has_still_left_when_somebody_else_is_removed():
    story = Story()
    story.take(story.roster(SARA, NORA, CARL, OMAR, leads=(OMAR,)))
    story.take(story.say(CARL, "leave"))
    story.take(story.roster(SARA, CARL, OMAR, by=OMAR, leads=(OMAR,)))
    assert read(story, SARA).left == {CARL.fp}


def test_a_record_is_erased_by_its_author_or_the_owner_alone():
    story = approved()
    note = story.take(story.say(NORA, "message", text="a slip"))
    chain = story.chain
    named = {
        "record": unframe("record", unframe("entry", note)["header"])["record"].hex(),
        "entry": base64.urlsafe_b64encode(chain.head).decode().rstrip("="),
    }
    for who, counts in ((NORA, True), (SARA, True), (CARL, False)):
        items = read(story, SARA, [*story.entries, story.say(who, "erase", **named)]).items
        assert (items[-1]["unreadable"] is None) == counts


def test_a_lead_revoked_later_does_not_close_the_past():
    story = approved()
    story.take(story.roster(SARA, CARL, by=CARL, leads=(CARL,)))
    assert len(read(story, SARA, new=False, revoked=[CARL.fp]).items) == 4
    with pytest.raises(NotAllowed):
        read(story, SARA, revoked=[CARL.fp])


def test_nobody_writes_in_nora_s_name():
    story = approved()
    header = unframe("entry", story.say(NORA, "message", text="hers"))["header"]
    payload = to_json({"kind": "message", "seen": NOTHING_SEEN, "text": "as if hers"})

    def said_by(who):
        return frame("entry", {"header": header, "body": box(story.keys[2], header, say(who, header, payload))})

    assert shown(read(story, SARA, [*story.entries, said_by(NORA)]))[-1] == "as if hers"
    assert shown(read(story, SARA, [*story.entries, said_by(CARL)]))[-1] == "does not open"


def test_a_refused_entry_changes_nothing():
    story = approved()
    before = deepcopy(vars(story.chain))
    for bad, error in ((story.roster(SARA, CARL, OMAR, by=CARL), NotAllowed), (story.entries[0], WrongPlace)):
        with pytest.raises(error):
            story.chain.accept(bad, EVERYBODY)
    with pytest.raises(BadSignature):
        story.chain.accept(story.roster(SARA), {})
    assert vars(story.chain) == before


def test_a_chain_goes_on_from_where_it_was_kept():
    story = approved()
    c = story.chain
    kept = Chain.at(story.site, c.case, seq=c.seq, head=c.head, roster=c.roster, day=c.day)
    note = story.say(NORA, "message", text="hello")
    assert kept.accept(note, {})["author_fp"] == NORA.fp
    assert (kept.owner, kept.members, kept.nonce) == (c.owner, c.members, c.nonce)


def test_a_team_room_is_for_the_team_and_without_the_peer():
    story = approved()
    parent = story.chain

    def room(*members, **more):
        made = Story(owner=CARL, site=story.site)
        fields = {"parent": parent.case, "parent_roster": parent.roster_hash, **more}
        made.take(made.roster(*members, day=TODAY, **fields))
        return made.chain

    room(CARL, NORA).check_team_room(parent)
    for members in ((CARL, SARA), (CARL, OMAR)):
        with pytest.raises(NotAllowed):
            room(*members).check_team_room(parent)
    with pytest.raises(WrongPlace):
        room(CARL, NORA, parent_roster=b"o" * 32).check_team_room(parent)


def test_a_case_is_written_on_from_where_it_was_read():
    story = approved()
    reading = read(story, NORA)
    reading.take(reading.write(NORA, {"kind": "message", "text": "hello"}, day=TODAY - 3))
    assert reading.items[-1]["payload"]["text"] == "hello"
    with pytest.raises(NotAllowed):
        reading.write(OMAR, {"kind": "message"}, day=TODAY)


def test_sara_removes_carl_and_the_next_words_are_under_a_new_key():
    story = approved()
    reading = read(story, SARA)
    made = reading.rekey(SARA, [{"identity": p.frame, "lead": False} for p in (SARA, NORA)], day=TODAY)
    reading.take(made["entry"])
    reading.keys[3] = made["epoch_key"]
    entry = reading.write(SARA, {"kind": "message", "text": "without Carl"}, day=TODAY)
    reading.take(entry)
    assert shown(reading)[-1] == "without Carl"
    entries = [*story.entries, made["entry"], entry]
    assert shown(read(story, CARL, entries))[-1] == "no key"
