"""Vectors of a case: its chain, its rosters, grants, records."""

from typing import Any

from crypto import keys
from crypto.box import box
from crypto.entry import read_entry
from crypto.frame import H, frame, unframe
from crypto.grant import _grant
from crypto.record import KINDS, say
from crypto.seal import seal
from tests.unit.crypto.cast import (
    CARL,
    NORA,
    OMAR,
    SARA,
    TODAY,
    Story,
    approved,
    fixed,
)
from tests.vectors.make_frames import again


def make(v: Any) -> None:
    _chain(v)
    _rosters(v)
    _grants(v)
    _records(v)


def _given(story: Story, *more: Any, **changes: Any) -> dict[str, Any]:
    chain = story.chain
    assert chain is not None
    return {"site": story.site, "case": chain.case, "entries": [*story.entries, *more],
            "identities": [p.frame for p in (SARA, NORA, CARL, OMAR)], **changes}  # fmt: skip


def _resigned(entry: bytes, who: keys.Identity, **changes: Any) -> bytes:
    """The roster changed, and signed anew by `who`."""
    header = again("roster", unframe("entry", entry)["header"], **changes)
    return frame("entry", {"header": header, "body": keys.sign(who.ed_seed, header)})


def _chain(v: Any) -> None:
    story = approved()
    note = story.say(NORA, "message", text="hello")
    v.gives("chain", "Sara alone", "chain", **_given(story, entries=story.entries[:1]))
    v.gives("chain", "approved", "chain", **_given(story))
    v.gives("chain", "Nora writes", "chain", **_given(story, note))
    v.gives("chain", "an entry read", "read_entry", data=note)
    v.gives("chain", "a roster read", "read_entry", data=story.entries[2])
    v.gives("chain", "a re-keying read", "read_rekey", data=story.rekeys[1])
    first = unframe("roster", unframe("entry", story.entries[0])["header"])
    v.gives("chain", "the case's id", "case_id", owner=SARA.fp, **{k: first[k] for k in ("site", "parent", "nonce")})
    header, body = (unframe("entry", note)[k] for k in ("header", "body"))
    record = lambda **c: frame("entry", {"header": again("record", header, **c), "body": body})  # noqa: E731
    for name, expect, entry in (
        ("another case", "WrongPlace", record(case=bytes(16))), ("another site", "WrongPlace", record(site=bytes(32))),
        ("a number skipped", "WrongPlace", record(seq=5)), ("another predecessor", "WrongPlace", record(prev=bytes(32))),
        ("the epoch before", "WrongPlace", record(e=1)), ("another roster", "WrongPlace", record(roster=bytes(32))),
        ("an author beyond the members", "NotAllowed", record(author=3)), ("a day before", "NotAllowed", record(day=TODAY - 1)),
        ("an open text for a box", "Malformed", frame("entry", {"header": header, "body": b"he said that " * 25 + b"no!"})),
        ("another header", "Malformed", frame("entry", {"header": frame("kc", {"case": bytes(16), "e": 1}), "body": body})),
        ("a byte after", "Malformed", note + b"\0"), ("the entry before, again", "WrongPlace", story.entries[2]),
    ):  # fmt: skip
        v.refuses("chain", expect, f"a record: {name}", "chain", **_given(story, entry))
    first_record = _given(story, entries=story.entries[1:2])
    v.refuses("chain", "WrongPlace", "a record before any roster", "chain", **first_record)
    erased = {"header": header, "hash": read_entry(note)["hash"]}
    v.gives("chain", "a record erased", "chain", **_given(story, erased))
    story.take(note)
    after = story.say(SARA, "message", text="more")
    v.gives("chain", "after an erased record", "chain", **_given(story, entries=[*story.entries[:3], erased, after]))
    roster = unframe("entry", story.entries[2])["header"]
    v.refuses("chain", "Malformed", "a roster is never erased", "chain",
              **_given(story, entries=[*story.entries[:2], {"header": roster, "hash": bytes(32)}]))  # fmt: skip


def _rosters(v: Any) -> None:
    story = approved()
    v.gives("chain", "the owner adds Omar", "chain", **_given(story, story.roster(SARA, NORA, CARL, OMAR)))
    v.gives("chain", "the owner goes on alone", "chain", **_given(story, story.roster(SARA, history=False)))
    v.gives(
        "chain", "the lead removes Nora", "chain", **_given(story, story.roster(SARA, CARL, by=CARL, leads=(CARL,)))
    )
    out = story.roster(SARA, NORA, by=NORA)
    v.gives("chain", "Nora re-keys when Carl has left", "chain", **_given(story, out, left=[CARL.fp]))
    v.gives("chain", "Nora re-keys when Carl is revoked", "chain", **_given(story, out, revoked=[CARL.fp]))
    v.gives("chain", "a server can't know who left", "chain", **_given(story, out, left=None))
    v.gives("chain", "who was revoked later could sign then", "chain", **_given(story, revoked=[SARA.fp], new=False))
    own = story.roster(SARA, NORA, CARL, leads=(CARL,))
    hers = {"owner changed": [NORA.fp + b"\1", SARA.fp + b"\0"], "no owner": [SARA.fp + b"\0"],
            "two owners": [SARA.fp + b"\1", NORA.fp + b"\1"], "a flag of 3": [SARA.fp + b"\1", NORA.fp + b"\3"],
            "Nora twice": [SARA.fp + b"\1", NORA.fp + b"\0", NORA.fp + b"\2"], "nobody": [],
            "twenty-one": [SARA.fp + b"\1", *(bytes([i]) * 32 + b"\0" for i in range(20))]}  # fmt: skip
    refused: dict[str, tuple[str, bytes]] = {
        f"a roster: {n}": ("NotAllowed", _resigned(own, SARA, members=m)) for n, m in hers.items()
    }  # fmt: skip
    refused |= {
        f"a roster: {n}": (expect, _resigned(own, SARA, **c))
        for n, expect, c in (
            ("the epoch skipped", "WrongPlace", {"e": 4}), ("another last roster", "WrongPlace", {"last_roster": bytes(32)}),
            ("another nonce", "NotAllowed", {"nonce": bytes(16)}), ("a parent", "NotAllowed", {"parent": b"p" * 16}),
            ("a parent's roster without parent", "NotAllowed", {"parent_roster": b"p" * 32}),
            ("an earlier day", "NotAllowed", {"day": TODAY - 1}), ("a link of another length", "Malformed", {"link": b"\xff" * 327}),
            ("a number skipped", "WrongPlace", {"seq": 5}), ("another predecessor", "WrongPlace", {"prev": bytes(32)}),
            ("an issuer outside", "NotAllowed", {"issuer": OMAR.fp}),
        )
    }  # fmt: skip
    refused |= {
        "a roster: signed by another": ("BadSignature", _resigned(own, CARL)),
        "a roster: not signed": ("BadSignature", again("entry", own, body=bytes(64))),
        "a roster: a signature cut": ("Malformed", again("entry", own, body=bytes(63))),
        "the lead adds Omar": ("NotAllowed", story.roster(SARA, CARL, OMAR, by=CARL, leads=(CARL,))),
        "the lead drops the owner": ("NotAllowed", _resigned(own, CARL, issuer=CARL.fp, members=[CARL.fp + b"\2"])),
        "the lead makes Nora lead": ("NotAllowed", story.roster(SARA, CARL, NORA, by=CARL, leads=(CARL, NORA))),
        "the lead leaves everybody": ("NotAllowed", story.roster(SARA, NORA, CARL, by=CARL, leads=(CARL,))),
        "the lead removes himself": ("NotAllowed", _resigned(own, CARL, issuer=CARL.fp, members=[SARA.fp + b"\1"])),
        "Nora removes Carl, who has not left": ("NotAllowed", out),
    }  # fmt: skip
    for name, (expect, entry) in refused.items():
        v.refuses("chain", expect, name, "chain", **_given(story, entry))
    v.refuses("chain", "NotAllowed", "the lead is revoked", "chain", revoked=[CARL.fp],
              **_given(story, story.roster(SARA, CARL, by=CARL, leads=(CARL,))))  # fmt: skip
    v.refuses("chain", "BadSignature", "no identity of the issuer", "chain", **_given(story, identities=[NORA.frame]))
    _first_rosters(v)


def _first_rosters(v: Any) -> None:
    story = Story()
    story.take(story.roster(SARA))
    (first,) = story.entries
    for name, expect, entry in (
        ("epoch 2", "WrongPlace", _resigned(first, SARA, e=2)), ("a last roster", "WrongPlace", _resigned(first, SARA, last_roster=b"l" * 32)),
        ("a link", "NotAllowed", _resigned(first, SARA, link=box(bytes(32), first, bytes(32)))),
        ("another owner", "NotAllowed", _resigned(first, OMAR, issuer=OMAR.fp, members=[OMAR.fp + b"\1"])),
        ("issued by a guest", "NotAllowed", _resigned(first, NORA, issuer=NORA.fp, members=[SARA.fp + b"\1", NORA.fp + b"\0"])),
    ):  # fmt: skip
        v.refuses("chain", expect, f"a first roster: {name}", "chain", **_given(story, entries=[entry]))


def _grants(v: Any) -> None:
    story = approved()
    chain = story.chain
    assert chain is not None
    r1, r2 = chain.rosters[1], chain.rosters[2]
    v.gives("grant", "kc", "kc", epoch_key=fixed("k"), case=chain.case, e=1)
    v.gives("grant", "a lane key", "lane_key", epoch_key=fixed("k"), case=chain.case, e=2)
    for name, who in (("Sara", SARA), ("Nora", NORA), ("Carl", CARL)):
        v.gives("grant", f"{name}'s grant", "open_grant", grant=story.grants[2][who.fp], roster=r2, identity=_who(who))
    nora = story.grants[2][NORA.fp]
    # What a server would forge, with a key of its own.
    own = NORA.fp + seal(NORA.xwing_pk, _grant(story.site, chain.case, 2, r2, NORA.fp), bytes(32))
    v.refuses(
        "grant",
        "CannotOpen",
        "a grant forged with another key",
        "open_grant",
        grant=own,
        roster=r2,
        identity=_who(NORA),
    )
    v.refuses(
        "grant", "WrongPlace", "Nora's grant handed to Carl", "open_grant", grant=nora, roster=r2, identity=_who(CARL)
    )
    v.refuses("grant", "CannotOpen", "Nora's grant relabelled for Carl", "open_grant", grant=CARL.fp + nora[32:], roster=r2,
              identity=_who(CARL))  # fmt: skip
    v.refuses("grant", "CannotOpen", "an old grant for a new roster", "open_grant", grant=story.grants[1][SARA.fp],
              roster=r2, identity=_who(SARA))  # fmt: skip
    v.refuses("grant", "Malformed", "a grant cut short", "open_grant", grant=nora[:-1], roster=r2, identity=_who(NORA))
    v.gives("grant", "the key before", "open_link", roster=r2, epoch_key=story.keys[2], last_roster=r1)
    v.refuses(
        "grant", "CannotOpen", "a link under another key", "open_link", roster=r2, epoch_key=bytes(32), last_roster=r1
    )
    v.refuses("grant", "WrongPlace", "a link from another roster", "open_link", roster=r2, epoch_key=story.keys[2],
              last_roster=r2)  # fmt: skip
    x = frame("link", {"site": story.site, "case": chain.case, "e": 2, "last_roster": H(r1)})
    lying = again("roster", r2, link=box(story.keys[2], x, bytes(32)))
    v.refuses("grant", "CannotOpen", "a link to a key that was never fixed", "open_link", roster=lying,
              epoch_key=story.keys[2], last_roster=r1)  # fmt: skip
    alone = again("roster", r2, link=b"")
    v.refuses("grant", "CannotOpen", "a roster without history", "open_link", roster=alone, epoch_key=story.keys[2],
              last_roster=r1)  # fmt: skip


def _records(v: Any) -> None:
    story = approved()
    chain = story.chain
    assert chain is not None
    key = story.keys[2]
    note = story.say(NORA, "message", text="Hello, José \U0001d11e", seen={"size": 3, "root": "A" * 43})
    v.gives("record", "Nora's message", "open_record", entry=note, epoch_key=key, author_ed_pk=NORA.ed_pk)
    v.gives(
        "record",
        "Sara's account",
        "open_record",
        entry=story.entries[1],
        epoch_key=story.keys[1],
        author_ed_pk=SARA.ed_pk,
    )
    header, body = (unframe("entry", note)[k] for k in ("header", "body"))
    moved = again("record", header, seq=9)
    made = lambda text, who=NORA: frame("entry", {"header": header, "body": box(key, header, say(who, header, text))})  # noqa: E731
    for name, expect, entry in (
        ("moved to another place", "CannotOpen", frame("entry", {"header": moved, "body": body})),
        ("said by somebody else", "BadSignature", made(b'{"kind":"message","seen":{"size":0,"root":"' + b"A" * 43 + b'"}}', CARL)),
        ("no JSON", "Malformed", made(b"hello")), ("no kind", "Malformed", made(b'{"seen":{"size":0,"root":"' + b"A" * 43 + b'"}}')),
        ("nothing seen", "Malformed", made(b'{"kind":"message"}')),
        ("a root of 42 letters", "Malformed", made(b'{"kind":"message","seen":{"size":0,"root":"' + b"A" * 42 + b'"}}')),
        ("a root that is no text", "Malformed", made(b'{"kind":"message","seen":{"size":0,"root":{"toString":1}}}')),
        ("a root in a list", "Malformed", made(b'{"kind":"message","seen":{"size":0,"root":["' + b"A" * 43 + b'"]}}')),
        ("shorter than a signature", "CannotOpen", frame("entry", {"header": header, "body": box(key, header, b"short")})),
        ("a roster", "Malformed", story.entries[2]),
    ):  # fmt: skip
        v.refuses(
            "record", expect, f"a record {name}", "open_record", entry=entry, epoch_key=key, author_ed_pk=NORA.ed_pk
        )
    v.refuses("record", "CannotOpen", "a record under the key before", "open_record", entry=note, epoch_key=story.keys[1],
              author_ed_pk=NORA.ed_pk)  # fmt: skip
    for kind in (*KINDS, "letter"):
        for owner, own in ((True, True), (True, False), (False, True), (False, False)):
            v.gives("record", f"{kind}, owner {owner}, about self {own}", "author_allowed", kind=kind, is_owner=owner,
                    is_about_self=own)  # fmt: skip


def _who(p: keys.Identity) -> dict[str, bytes]:
    return {"ed_seed": p.ed_seed, "xwing_seed": p.xwing_seed}
