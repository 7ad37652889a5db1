"""What a decoder must refuse although it opens: who signed, who may issue, whose case it is. From crypto/SPEC.md alone.

And letters, whose rules differ from a case's.
"""

import json

import nacl.bindings as sodium

from tests.vectors import decoder
from tests.vectors.decoder import H, frame, listed, unbox, unseal

FIELDS = decoder.FIELDS | {
    "signed": "thing sigs", "binding": "site person seq prev roles name ed_pk xwing_pk day", "identity": "ed_pk xwing_pk",
    "mail": "header body stanzas",
}  # fmt: skip


def unframe(tag, data):
    return decoder.unframe(tag, data, FIELDS)


def public(ed_seed, xwing_seed):
    """An identity's Ed25519 key and its fingerprint."""
    ed_pk = sodium.crypto_sign_seed_keypair(ed_seed)[0]
    both = b"".join(key.public_key().public_bytes_raw() for key in decoder.xwing(xwing_seed))
    return ed_pk, H(frame("identity", ed_pk, both))


def verify(pk, x, sig):
    assert sodium.crypto_core_ed25519_is_valid_point(pk)
    sodium.crypto_sign_open(sig + frame("sig", H(x)), pk)


def heard(pk, header, plain):
    """What was said, if it was said under this header by the holder of pk."""
    verify(pk, frame("said", H(header), H(plain[64:])), plain[:64])
    return json.loads(plain[64:])


def open_record(entry, key, pk):
    e = unframe("entry", entry)
    return heard(pk, e["header"], unbox(key, e["header"], e["body"]))


def open_mail(mail, fp, seed, pk):
    m = unframe("mail", mail)
    (sealed,) = (s[32:] for s in listed(m["stanzas"], 1200) if s[:32] == fp)
    plain = unbox(unseal(seed, frame("stanza", H(m["header"]), fp), sealed), m["header"], m["body"])
    return heard(pk, m["header"], plain) if pk else json.loads(plain[64:])


def may_issue(r, last):
    """Rules (a) and (b), and of (c) what can be told without opening."""
    members, before = listed(r["members"], 33), listed(last["members"], 33) if last else []
    (owner,) = (m[:32] for m in members if m[32] == 1)
    assert r["case"] == H(frame("case", r["site"], owner, r["parent"], r["nonce"]))[:16], "another owner's case"
    assert r["issuer"] in {m[:32] for m in members}
    assert r["issuer"] == owner or set(members) < set(before), "only the owner adds"
    return members


def people(e):
    """{fp: Ed25519 key} of everybody whose identity lies in the file."""
    found = {}
    for item in listed(e["bindings"]):
        alone = item[4:12] == b"identity"
        who = unframe("identity", item) if alone else unframe("binding", unframe("signed", item)["thing"])
        found[H(frame("identity", who["ed_pk"], who["xwing_pk"]))] = who["ed_pk"]
    return found


def checked(e, known):
    """Yield each record's author's key, in order, along a chain in which each entry is the next one and each roster is allowed."""
    head, last, members = bytes(32), None, []
    for seq, item in enumerate(listed(e["entries"]), 1):
        x = unframe("entry", item)
        kind = "roster" if x["header"][4:10] == b"roster" else "record"
        h = unframe(kind, x["header"])
        assert (int.from_bytes(h["seq"], "big"), h["prev"], h["site"]) == (seq, head, e["site"]), "not the next entry"
        head = H(item) if len(x["body"]) != 32 else x["body"]  # an erased one keeps its hash
        if kind == "roster":
            members, last = may_issue(h, last), h
            verify(known[h["issuer"]], x["header"], x["body"])
        else:
            assert h["e"] == last["e"], "another epoch"
            yield known[members[int.from_bytes(h["author"], "big")][:32]]


def said(pk, entry, plain):
    """What a record says; None where nobody can tell: the chain goes on over it."""
    try:
        return heard(pk, entry["header"], plain) if plain else None
    except decoder.UNREADABLE:
        return None


def open_case(data, secret):
    """What every record of an exported case says, in order."""
    e = unframe("export", data)
    ed_pk, fp = public(*decoder.unlock(e, secret))
    assert fp == e["fp"], "another identity"
    authors = list(checked(e, people(e) | {fp: ed_pk}))
    rosters = [
        unframe("roster", h)
        for h in (unframe("entry", item)["header"] for item in listed(e["entries"]))
        if h[4:10] == b"roster"
    ]
    assert not rosters or fp in {m[:32] for r in rosters for m in listed(r["members"], 33)}, "a case of others"
    return [said(pk, entry, plain) for pk, (entry, plain) in zip(authors, decoder.open_case(data, secret), strict=True)]
