"""Vectors of signatures, sign-in headers, people and their bindings."""

import base64
import hashlib
from typing import Any

import nacl.bindings as sodium

from crypto import keys
from crypto.frame import H, frame
from tests.unit.crypto.cast import (
    CARL,
    NORA,
    OMAR,
    SARA,
    by,
    fixed,
    organisation,
)
from tests.vectors.make_frames import sample

ORDER_EIGHT = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
SMALL_ORDER = bytes.fromhex("01" + "00" * 31)


def make(v: Any) -> None:
    _signing(v)
    _people(v)


def mixed_order(x: bytes) -> tuple[bytes, bytes]:
    """A key with a part of order 8, and a signature that libsodium's verify alone would take."""
    secret = sodium.crypto_core_ed25519_scalar_reduce(fixed("mixed", 64))
    pk = sodium.crypto_core_ed25519_add(sodium.crypto_scalarmult_ed25519_base_noclamp(secret), ORDER_EIGHT)
    message = frame("sig", {"hash": H(x)})
    for i in range(200):
        r = sodium.crypto_core_ed25519_scalar_reduce(fixed(f"r{i}", 64))
        point = sodium.crypto_scalarmult_ed25519_base_noclamp(r)
        k = sodium.crypto_core_ed25519_scalar_reduce(hashlib.sha512(point + pk + message).digest())
        if k[0] % 8 == 0:  # eight times the small part is nothing
            product = sodium.crypto_core_ed25519_scalar_mul(k, secret)
            sig = point + sodium.crypto_core_ed25519_scalar_add(r, product)
            assert sodium.crypto_sign_open(sig + message, pk) == message
            return pk, sig
    raise AssertionError("one in eight fits")


def _signing(v: Any) -> None:
    x = frame("kc", sample("kc"))
    sig = keys.sign(SARA.ed_seed, x)
    v.gives("signing", "Sara's signature", "verify", ed_pk=SARA.ed_pk, x=x, sig=sig)
    v.refuses("signing", "BadSignature", "over another frame", "verify", ed_pk=SARA.ed_pk, x=frame("lane", sample("kc")),
              sig=sig)  # fmt: skip
    v.refuses("signing", "BadSignature", "by another key", "verify", ed_pk=NORA.ed_pk, x=x, sig=sig)
    v.refuses("signing", "BadSignature", "of 63 bytes", "verify", ed_pk=SARA.ed_pk, x=x, sig=sig[:63])
    v.refuses("signing", "BadSignature", "a bit changed", "verify", ed_pk=SARA.ed_pk, x=x, sig=b"\x01" + sig[1:])
    v.refuses("signing", "BadSignature", "a small-order key, which fits every message", "verify", ed_pk=SMALL_ORDER, x=x,
              sig=SMALL_ORDER + bytes(32))  # fmt: skip
    v.refuses("signing", "BadSignature", "the key zero", "verify", ed_pk=bytes(32), x=x, sig=bytes(64))
    pk, forged = mixed_order(x)
    v.refuses("signing", "BadSignature", "a key with a part of small order", "verify", ed_pk=pk, x=x, sig=forged)
    v.refuses("signing", "ValueError", "a key of 31 bytes", "verify", ed_pk=bytes(31), x=x, sig=sig)
    both = by(x, SARA, NORA)
    pairs = lambda *p: [[q.fp, q.ed_pk] for q in p]  # noqa: E731
    v.gives("signing", "two signers", "read_signed", data=both)
    v.gives("signing", "one of two known", "verify_signed", data=both, keys=pairs(NORA))
    v.gives("signing", "both known, in the frame's order", "verify_signed", data=both, keys=pairs(SARA, NORA))
    v.gives("signing", "none known", "verify_signed", data=both, keys=pairs(OMAR))
    fake = frame("signed", {"thing": x, "sigs": [SARA.fp + bytes(64)]})
    v.refuses("signing", "BadSignature", "a known signer's zeros", "verify_signed", data=fake, keys=pairs(SARA))
    twice = frame("signed", {"thing": x, "sigs": [SARA.fp + bytes(64), SARA.fp + sig]})
    v.refuses("signing", "Malformed", "one signer twice", "read_signed", data=twice)
    _logins(v)


def _logins(v: Any) -> None:
    site, nonce = fixed("site"), fixed("nonce")
    given = {"secret": fixed("secret"), "site": site, "role": "peer", "kind": "words"}
    header = keys.authorization(keys.method(**given), site, nonce, bytes(32))
    pk = keys.method(**given).login_pk
    v.gives("signing", "a header", "read_authorization", header=header)
    v.gives("signing", "a sign-in", "check_login", login_pk=pk, site=site, header=header)
    v.refuses("signing", "BadSignature", "a sign-in at another site", "check_login", login_pk=pk, site=bytes(32),
              header=header)  # fmt: skip
    body = (
        header[:4] + base64.urlsafe_b64encode(base64.urlsafe_b64decode(header[4:])[:48] + H(b"x") + bytes(64)).decode()
    )
    v.refuses(
        "signing", "BadSignature", "an act that was not signed", "check_login", login_pk=pk, site=site, header=body
    )
    for name, bad in {"without its scheme": header[4:], "too short": header[:-4], "with padding": header[:-1] + "=",
                      "with a plus": "AL1 +" + header[5:], "with a line after it": header + "\n"}.items():  # fmt: skip
        v.refuses("signing", "Malformed", f"a header {name}", "read_authorization", header=bad)


def _people(v: Any) -> None:
    org = organisation()
    v.gives("people", "Sara's fingerprint", "fingerprint", identity_frame=SARA.frame)
    v.gives("people", "Sara's identity", "read_identity", identity_frame=SARA.frame)
    v.refuses("people", "Malformed", "an identity cut short", "fingerprint", identity_frame=SARA.frame[:-1])
    for who, name in ((SARA, "Sara"), (NORA, "Nora"), (CARL, "Carl")):
        v.gives("people", f"{name}'s six words", "safety_words", fp=who.fp)
    for name in ("Nora O'Neil-Østergård", "Dr. José 3", "李小龍", "देवी"):
        v.gives("people", f"the name {name}", "check_name", name=name)
    for name in ("", " Nora", "Nora ", "No  ra", "<b>", "Nora\n", "123", "e\u0301", "a" * 121, "Nora\u202e", "N_a"):
        v.refuses("people", "Malformed", f"no name: {name!r}", "check_name", name=name)
    nora = org.bind(NORA, "Nora", "supporter")
    v.gives("people", "Nora's binding", "read_binding", signed_or_frame=nora)
    v.gives("people", "Nora's binding, signed by her", "read_binding", signed_or_frame=by(nora, NORA))
    v.gives("people", "two roles", "read_binding", signed_or_frame=org.bind(CARL, "Carl", "coordinator,supporter"))
    v.refuses("people", "BadSignature", "Nora's key taken by Omar", "read_binding", signed_or_frame=by(nora, OMAR))
    for roles in ("supporter,coordinator", "supporter,supporter", "", "owner", "supporter, steward"):
        bad = org.bind(NORA, "Nora", roles)
        v.refuses("people", "Malformed", f"the roles {roles!r}", "read_binding", signed_or_frame=bad)
    for seq, prev in ((0, bytes(32)), (1, H(b"")), (2, bytes(32))):
        bad = org.bind(NORA, "Nora", "supporter", seq, prev)
        v.refuses("people", "Malformed", f"number {seq} after {prev[:1].hex()}", "read_binding", signed_or_frame=bad)
    v.refuses(
        "people", "Malformed", "a name of markup", "read_binding", signed_or_frame=org.bind(NORA, "<i>", "auditor")
    )
