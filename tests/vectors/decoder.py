"""A third implementation, for reading only, written from crypto/SPEC.md alone. It imports neither side.

`python tests/vectors/decoder.py FILE` asks for the words of an exported case and prints what is in it.
"""

import hashlib
import hmac
import json
import struct
import sys
from pathlib import Path

import nacl.bindings as sodium
import nacl.pwhash
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from nacl.exceptions import CryptoError

FIELDS = {  # SPEC 2: the frames that are read here
    "export": "site role kind locator fp wrap bundle bindings entries grants notebook mails receipts", "signed": "thing sigs",
    "binding": "site person seq prev roles name ed_pk xwing_pk day", "identity": "ed_pk xwing_pk", "entry": "header body",
    "roster": "site case parent nonce seq prev e last_roster parent_roster issuer members kc link log_size log_root day",
    "record": "site case record seq prev e roster author day", "mail": "header body stanzas",
    "letter": "site kind letter to from about day",
}  # fmt: skip
Z = bytes(32)


def H(data):  # noqa: N802
    return hashlib.sha256(data).digest()


def frame(tag, *fields):
    raw = [struct.pack(">Q", f) if isinstance(f, int) else f.encode() if isinstance(f, str) else f for f in fields]
    head = b"AL1" + bytes([len(tag)]) + tag.encode() + bytes([len(raw)])
    return head + b"".join(struct.pack(">I", len(f)) + f for f in raw)


def unframe(tag, data):
    names, out = FIELDS[tag].split(), {}
    at = 5 + len(tag)
    assert data[:at] == frame(tag, *[b""] * len(names))[:at], f"not a frame {tag}"
    for name in names:
        end = at + 4 + int.from_bytes(data[at : at + 4], "big")
        out[name], at = data[at + 4 : end], end
    assert at == len(data), "cut short, or too long"
    return out


def listed(data, size=None):
    """Items of one size, or each after its length."""
    out = []
    while data:
        start, end = (0, size) if size else (4, 4 + int.from_bytes(data[:4], "big"))
        assert end <= len(data), "a list cut short"
        out.append(data[start:end])
        data = data[end:]
    return out


def number(field):
    return int.from_bytes(field, "big")


def hkdf(ikm, info, n=32):
    prk, out, block = hmac.digest(Z, ikm, "sha256"), b"", b""
    while len(out) < n:
        block = hmac.digest(prk, block + info + bytes([len(out) // 32 + 1]), "sha256")
        out += block
    return out[:n]


def padme(n):
    n = max(n, 256)
    step = 1 << (n.bit_length() - 1 - (n.bit_length() - 1).bit_length())
    return -(-n // step) * step


def unbox(key, x, sealed):
    both = hkdf(key, frame("box", H(x)), 64)
    assert hmac.compare_digest(both[32:], sealed[:32]), "another key"
    padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[56:], x, sealed[32:56], both[:32])
    plain = padded.rstrip(b"\0")[:-1]
    assert padded[len(plain) :][:1] == b"\x80" and len(padded) == padme(len(plain) + 1), "another padding"
    return plain


def xwing(seed):
    wide = hashlib.shake_256(seed).digest(96)
    return mlkem.MLKEM768PrivateKey.from_seed_bytes(wide[:64]), x25519.X25519PrivateKey.from_private_bytes(wide[64:])


def fp_of(ed_seed, xwing_seed):
    both = b"".join(key.public_key().public_bytes_raw() for key in xwing(xwing_seed))
    return H(frame("identity", sodium.crypto_sign_seed_keypair(ed_seed)[0], both))


def unseal(seed, x, sealed):
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    return suite.decrypt(sealed, MLKEM768X25519PrivateKey(*xwing(seed)), info=x)


def verify(pk, x, sig):
    assert sodium.crypto_core_ed25519_is_valid_point(pk)
    sodium.crypto_sign_open(sig + frame("sig", H(x)), pk)


def heard(pk, header, plain):
    verify(pk, frame("said", H(header), H(plain[64:])), plain[:64])
    return json.loads(plain[64:])


def open_grant(grant, roster, seed):
    r = unframe("roster", roster)
    key = unseal(seed, frame("grant", r["site"], r["case"], r["e"], H(roster), grant[:32]), grant[32:])
    assert hkdf(key, frame("kc", r["case"], r["e"])) == r["kc"], "not the key that the roster fixes"
    return key


def open_link(roster, key, last):
    r, before = unframe("roster", roster), unframe("roster", last)
    older = unbox(key, frame("link", r["site"], r["case"], r["e"], r["last_roster"]), r["link"])
    assert H(last) == r["last_roster"] and hkdf(older, frame("kc", before["case"], before["e"])) == before["kc"]
    return older


def open_record(entry, key, pk):
    e = unframe("entry", entry)
    return heard(pk, e["header"], unbox(key, e["header"], e["body"]))


def shown(entry, key, pk):
    """What a record says; None where it was erased or can't be read: the chain goes on over it."""
    try:
        return open_record(entry["raw"], key, pk) if key and len(entry["body"]) != 32 else None
    except (AssertionError, ValueError, CryptoError):
        return None


def open_mail(mail, fp, seed, pk):
    m = unframe("mail", mail)
    (sealed,) = (s[32:] for s in listed(m["stanzas"], 1200) if s[:32] == fp)
    plain = unbox(unseal(seed, frame("stanza", H(m["header"]), fp), sealed), m["header"], m["body"])
    return heard(pk, m["header"], plain) if pk else json.loads(plain[64:])


def unlock(e, secret):
    """The identity's two seeds."""
    out = hkdf(secret, frame("method", e["site"], e["role"], e["kind"]), 80)
    assert out[:16] == e["locator"], "other words"
    ak = unbox(out[48:], frame("wrap", e["site"], e["role"], e["kind"], e["locator"], e["fp"]), e["wrap"])
    seeds = unbox(ak, frame("bundle", e["site"], e["role"], e["fp"]), e["bundle"])
    assert fp_of(seeds[:32], seeds[32:]) == e["fp"], "another identity"
    return seeds[:32], seeds[32:]


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


def open_case(data, secret):
    """What every record of an exported case says, in order; None where one can't be read."""
    e = unframe("export", data)
    ed_seed, xwing_seed = unlock(e, secret)
    known = people(e) | {e["fp"]: sodium.crypto_sign_seed_keypair(ed_seed)[0]}
    entries = [unframe("entry", item) | {"raw": item} for item in listed(e["entries"])]
    rosters = [x["header"] for x in entries if x["header"][4:10] == b"roster"]
    keys = {number(g[:8]): open_grant(g[8:], rosters[number(g[:8]) - 1], xwing_seed) for g in listed(e["grants"])}
    for i in range(len(rosters) - 1, 0, -1):
        if i + 1 in keys and i not in keys and unframe("roster", rosters[i])["link"]:
            keys[i] = open_link(rosters[i], keys[i + 1], rosters[i - 1])
    listed_in = {m[:32] for r in rosters for m in listed(unframe("roster", r)["members"], 33)}
    assert e["fp"] in listed_in or not entries, "a case of others"
    said, head, last, members = [], Z, None, []
    for seq, x in enumerate(entries, 1):
        kind = "roster" if x["header"] in rosters else "record"
        h = unframe(kind, x["header"])
        assert (number(h["seq"]), h["prev"], h["site"]) == (seq, head, e["site"]), "not the next entry"
        head = H(x["raw"]) if len(x["body"]) != 32 else x["body"]
        if kind == "roster":
            members, last = may_issue(h, last), h
            verify(known[h["issuer"]], x["header"], x["body"])
        else:
            assert h["e"] == last["e"], "another epoch"
            said.append(shown(x, keys.get(number(h["e"])), known[members[number(h["author"])][:32]]))
    return said


def from_words(words, site, role="peer", email=""):
    salt = H(frame("kdf-salt", site, role, email))[:16]
    return nacl.pwhash.argon2id.kdf(32, words.encode(), salt, opslimit=3, memlimit=64 * 1024 * 1024)


if __name__ == "__main__":
    file = Path(sys.argv[1]).read_bytes()
    for payload in open_case(file, from_words(input(), unframe("export", file)["site"])):
        print(json.dumps(payload, ensure_ascii=False))
