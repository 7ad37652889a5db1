"""A third implementation, for reading only, written from crypto/SPEC.md alone. It imports neither side.

`python tests/vectors/decoder.py FILE` asks for the words of an exported case and prints what is in it.
What must be refused although it opens is in decoder_rules.py.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path

import nacl.bindings as sodium
import nacl.pwhash
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.exceptions import CryptoError

FIELDS = {  # SPEC 2: the frames that are read here
    "export": "site role kind locator fp wrap bundle bindings entries grants notebook mails receipts", "entry": "header body",
    "roster": "site case parent nonce seq prev e last_roster parent_roster issuer members kc link log_size log_root day",
    "record": "site case record seq prev e roster author day",
}  # fmt: skip
UNREADABLE = (AssertionError, ValueError, CryptoError, InvalidTag)


def H(data):  # noqa: N802
    return hashlib.sha256(data).digest()


def frame(tag, *fields):
    raw = [f.to_bytes(8, "big") if isinstance(f, int) else f.encode() if isinstance(f, str) else f for f in fields]
    head = b"AL1" + bytes([len(tag)]) + tag.encode() + bytes([len(raw)])
    return head + b"".join(len(f).to_bytes(4, "big") + f for f in raw)


def listed(data, size=None):
    """Items of one size, or each after its length."""
    out = []
    while data:
        start, end = (0, size) if size else (4, 4 + int.from_bytes(data[:4], "big"))
        assert end <= len(data), "a list cut short"
        out.append(data[start:end])
        data = data[end:]
    return out


def unframe(tag, data, fields=FIELDS):
    names, at = fields[tag].split(), 5 + len(tag)
    assert data[:at] == frame(tag, *[b""] * len(names))[:at], f"not a frame {tag}"
    return dict(zip(names, listed(data[at:]), strict=True))


def hkdf(ikm, info, n=32):
    return HKDF(SHA256(), n, None, info).derive(ikm)


def unbox(key, x, sealed):
    both = hkdf(key, frame("box", H(x)), 64)
    assert hmac.compare_digest(both[32:], sealed[:32]), "another key"
    padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[56:], x, sealed[32:56], both[:32])
    plain = padded.rstrip(b"\0")[:-1]
    n = max(len(plain) + 1, 256)  # Padmé
    step = 1 << (n.bit_length() - 1 - (n.bit_length() - 1).bit_length())
    assert padded[len(plain) :][:1] == b"\x80" and len(padded) == -(-n // step) * step, "another padding"
    return plain


def xwing(seed):
    wide = hashlib.shake_256(seed).digest(96)
    return mlkem.MLKEM768PrivateKey.from_seed_bytes(wide[:64]), x25519.X25519PrivateKey.from_private_bytes(wide[64:])


def unseal(seed, x, sealed):
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    return suite.decrypt(sealed, MLKEM768X25519PrivateKey(*xwing(seed)), info=x)


def fixed_by(roster, key):
    """The epoch's key, if it is the one that its roster fixes."""
    assert hkdf(key, frame("kc", roster["case"], roster["e"])) == roster["kc"], "not the key that the roster fixes"
    return key


def open_grant(grant, roster, seed):
    r = unframe("roster", roster)
    place = frame("grant", r["site"], r["case"], r["e"], H(roster), grant[:32])
    return fixed_by(r, unseal(seed, place, grant[32:]))


def open_link(roster, key, last):
    r = unframe("roster", roster)
    assert H(last) == r["last_roster"], "another roster before"
    return fixed_by(
        unframe("roster", last), unbox(key, frame("link", r["site"], r["case"], r["e"], H(last)), r["link"])
    )


def from_words(words, site, role="peer", email=""):
    salt = H(frame("kdf-salt", site, role, email))[:16]
    return nacl.pwhash.argon2id.kdf(32, words.encode(), salt, opslimit=3, memlimit=64 * 1024 * 1024)


def unlock(e, secret):
    """The identity's two seeds: Ed25519, X-Wing."""
    out = hkdf(secret, frame("method", e["site"], e["role"], e["kind"]), 80)
    assert out[:16] == e["locator"], "other words"
    ak = unbox(out[48:], frame("wrap", e["site"], e["role"], e["kind"], e["locator"], e["fp"]), e["wrap"])
    seeds = unbox(ak, frame("bundle", e["site"], e["role"], e["fp"]), e["bundle"])
    return seeds[:32], seeds[32:]


def open_case(data, secret):
    """(entry, plain) of each record in order: a signature of 64 bytes and JSON, None where it can't be read."""
    e = unframe("export", data)
    entries = [unframe("entry", item) for item in listed(e["entries"])]
    rosters = [x["header"] for x in entries if x["header"][4:10] == b"roster"]
    seed, keys = unlock(e, secret)[1], {}
    for grant in listed(e["grants"]):
        keys[grant[:8]] = open_grant(grant[8:], rosters[int.from_bytes(grant[:8], "big") - 1], seed)
    for i in range(len(rosters) - 1, 0, -1):  # back from an epoch's key to the one before
        r, before = unframe("roster", rosters[i]), unframe("roster", rosters[i - 1])
        if r["e"] in keys and before["e"] not in keys and r["link"]:
            keys[before["e"]] = open_link(rosters[i], keys[r["e"]], rosters[i - 1])
    for x in entries:
        if x["header"] not in rosters:
            try:
                yield x, unbox(keys[unframe("record", x["header"])["e"]], x["header"], x["body"])
            except (KeyError, *UNREADABLE):  # erased, or of an epoch without a key
                yield x, None


if __name__ == "__main__":
    file = Path(sys.argv[1]).read_bytes()
    for _, plain in open_case(file, from_words(input(), unframe("export", file)["site"])):
        print(json.dumps(json.loads(plain[64:]) if plain else None, ensure_ascii=False))
