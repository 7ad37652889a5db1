"""Vectors of letters and submissions."""

from typing import Any

from crypto import keys
from crypto.frame import frame, unframe
from crypto.letter import add_stanza, seal_letter
from crypto.mail import role_address
from crypto.record import make_submission
from tests.unit.crypto.cast import (
    CARL,
    CORA,
    NORA,
    OMAR,
    SARA,
    STAN,
    TODAY,
    Story,
    fixed,
)
from tests.vectors.make_frames import again


def make(v: Any) -> None:
    _letters(v)
    _submissions(v)


def _letters(v: Any) -> None:
    site = fixed("site")
    desk, about = role_address(site, "coordinator"), fixed("case", 16)
    common: dict[str, Any] = {"site": site, "day": TODAY, "about": about}
    card = seal_letter(
        SARA, kind="card", to=desk, payload={"needs": ["call"]}, recipients=_to(CARL, CORA, NORA, SARA), **common
    )
    statement = seal_letter(
        NORA, kind="statement", to=SARA.fp, payload={"text": "I can help"}, recipients=_to(SARA), **common
    )
    row = seal_letter(None, kind="row", to=role_address(site, "steward"), payload={"wave": 1}, recipients=_to(STAN),
                      **{**common, "about": bytes(16)})  # fmt: skip
    desk_reader = {"identity": _who(CARL), "sender_ed_pk": SARA.ed_pk, "site": site, "roles": ["coordinator"]}
    v.gives("letter", "the desk's address", "role_address", site=site, role="coordinator")
    v.refuses("letter", "ValueError", "an address of no role", "role_address", site=site, role="desk")
    v.gives("letter", "a card from outside", "read_mail", data=card)
    v.gives("letter", "a letter's hash", "letter_hash", mail=card)
    v.gives("letter", "Carl reads the card", "open_letter", mail=card, **desk_reader)
    v.gives(
        "letter",
        "Sara reads her own copy",
        "open_letter",
        mail=card,
        **{**desk_reader, "identity": _who(SARA), "roles": []},
    )
    v.gives("letter", "Sara reads a statement", "open_letter", mail=statement, identity=_who(SARA), sender_ed_pk=NORA.ed_pk,
            site=site, roles=[])  # fmt: skip
    v.gives("letter", "Stan reads a row", "open_letter", mail=row, identity=_who(STAN), sender_ed_pk=None, site=site,
            roles=["steward"])  # fmt: skip
    v.gives("letter", "a stanza added for Omar", "open_letter", mail=add_stanza(card, CARL, _to(OMAR)[0]),
            **{**desk_reader, "identity": _who(OMAR)})  # fmt: skip
    for name, expect, change in (
        ("without the role", "NotAllowed", {"roles": []}), ("with another role", "NotAllowed", {"roles": ["steward"]}),
        ("not delivered to Omar", "NotAllowed", {"identity": _who(OMAR)}), ("as Nora's", "BadSignature", {"sender_ed_pk": NORA.ed_pk}),
        ("as nobody's", "BadSignature", {"sender_ed_pk": None}), ("at another site", "WrongPlace", {"site": bytes(32)}),
    ):  # fmt: skip
        v.refuses("letter", expect, f"a card read {name}", "open_letter", mail=card, **{**desk_reader, **change})
    v.refuses("letter", "BadSignature", "a row with an author", "open_letter", mail=row, identity=_who(STAN),
              sender_ed_pk=SARA.ed_pk, site=site, roles=["steward"])  # fmt: skip
    parts = unframe("mail", card)
    for name, header in {"of another kind": {"kind": "gossip"}, "from nobody": {"from": bytes(32)},
                         "a row from Sara": {"kind": "row", "about": bytes(16)},
                         "a comment about a case": {"kind": "comment", "from": bytes(32)}}.items():  # fmt: skip
        bad = frame("mail", {**parts, "header": again("letter", parts["header"], **header)})
        v.refuses("letter", "Malformed", f"a letter {name}", "read_mail", data=bad)
    v.refuses("letter", "CannotOpen", "a letter about another case", "open_letter", **desk_reader,
              mail=frame("mail", {**parts, "header": again("letter", parts["header"], about=bytes(16))}))  # fmt: skip
    v.refuses("letter", "Malformed", "a letter to nobody", "read_mail", data=frame("mail", {**parts, "stanzas": []}))
    v.refuses(
        "letter", "Malformed", "a letter in the open", "read_mail", data=frame("mail", {**parts, "body": b"a" * 328})
    )


def _submissions(v: Any) -> None:
    site, story = b"S" * 32, Story()
    story.take(story.roster(SARA, NORA))
    chain = story.chain
    assert chain is not None
    record = story.say(SARA, "account", text="what happened")
    desk = role_address(site, "coordinator")
    common: dict[str, Any] = {"site": site, "day": TODAY, "payload": {}, "recipients": _to(CARL)}
    card = seal_letter(SARA, kind="card", to=desk, about=chain.case, **common)
    rekey = story.rekeys[0]
    m = keys.method(fixed("words"), site, "peer", "words")
    enrol, sig = keys.make_enrol(SARA, m, fixed("ak"), site=site, role="peer", notebook={})
    v.gives("submission", "an enrolment", "check_enrol", enrol=enrol, sig=sig, site=site)
    v.refuses("submission", "BadSignature", "an enrolment signed by another", "check_enrol", enrol=enrol, site=site,
              sig=keys.sign(NORA.ed_seed, enrol))  # fmt: skip
    v.refuses("submission", "WrongPlace", "an enrolment elsewhere", "check_enrol", enrol=enrol, sig=sig, site=bytes(32))
    v.refuses("submission", "Malformed", "an enrolment with an open wrap", "check_enrol", site=site, sig=sig,
              enrol=again("enrol", enrol, wrap=b"a" * 328))  # fmt: skip
    both = make_submission(enrol=enrol, rekey=rekey, record=record, card=card)
    later = make_submission(rekey=rekey, record=record, card=card)
    v.gives("submission", "with an enrolment", "read_submission", data=both, site=site)
    v.gives("submission", "of one enrolled before", "read_submission", data=later, site=site, identity=SARA.frame)
    v.refuses("submission", "ValueError", "no identity at all", "read_submission", data=later, site=site)
    v.refuses(
        "submission", "ValueError", "two identities", "read_submission", data=both, site=site, identity=SARA.frame
    )
    other = story.say(NORA, "message", text="x")
    r = unframe("rekey", rekey)
    for name, expect, change in (
        ("without Nora's grant", "NotAllowed", {"rekey": again("rekey", rekey, grants=[g for g in r["grants"] if g[:32] == SARA.fp])}),
        ("with Omar's grant", "NotAllowed", {"rekey": again("rekey", rekey, grants=[*r["grants"], OMAR.fp + bytes(1168)])}),
        ("with somebody else's account", "WrongPlace", {"record": other}),
        ("with a second roster for an account", "NotAllowed", {"record": story.roster(SARA, NORA, by=NORA)}),
        ("with a card of another case", "WrongPlace", {"card": seal_letter(SARA, kind="card", to=desk, about=bytes(16), **common)}),
        ("with Omar's card", "WrongPlace", {"card": seal_letter(OMAR, kind="card", to=desk, about=chain.case, **common)}),
        ("with a word for a card", "WrongPlace", {"card": seal_letter(SARA, kind="word", to=desk, about=chain.case, **common)}),
        ("with a card for Carl alone", "WrongPlace", {"card": seal_letter(SARA, kind="card", to=CARL.fp, about=chain.case, **common)}),
    ):  # fmt: skip
        data = frame("submission", {**unframe("submission", later), **change})
        v.refuses(
            "submission", expect, f"a submission {name}", "read_submission", data=data, site=site, identity=SARA.frame
        )
    v.refuses("submission", "BadSignature", "a submission by Omar of Sara's case", "read_submission", data=later, site=site,
              identity=OMAR.frame)  # fmt: skip


def _to(*people: keys.Identity) -> list[dict[str, bytes]]:
    return [{"fp": p.fp, "xwing_pk": p.xwing_pk} for p in people]


def _who(p: keys.Identity) -> dict[str, bytes]:
    return {"ed_seed": p.ed_seed, "xwing_seed": p.xwing_seed}
