"""Signatures, checked only; making them is in keys.py, where a server does not go (SPEC 4).

`Ed25519(sk, frame('sig', H(X)))`, verified by libsodium alone: OpenSSL, WebCrypto and ZIP-215 verifiers accept a key
of small order, under which one signature fits every message. Source: RFC 8032. Vectors: tests/vectors/signing.json.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

import nacl.bindings as sodium
from nacl.exceptions import CryptoError

from crypto.errors import BadSignature, Malformed
from crypto.frame import H, frame, unframe

ZEROS32 = bytes(32)


def signed_bytes(x: bytes) -> bytes:
    """What Ed25519 signs for the frame `x`: frame 'sig' with its hash."""
    return frame("sig", {"hash": H(x)})


def verify(ed_pk: bytes, x: bytes, sig: bytes) -> None:
    """Nothing, if `sig` (64 bytes) is by `ed_pk` (32 bytes) over the frame `x`.

    Raises: BadSignature, also for every key that is not canonical and of prime order.
        ValueError: `ed_pk` is not 32 bytes.
    """
    verify_raw(ed_pk, signed_bytes(x), sig)


def verify_raw(ed_pk: bytes, message: bytes, sig: bytes) -> None:
    """As `verify`, over the message itself (C2SP notes sign their text, not a frame)."""
    if len(ed_pk) != 32:
        raise ValueError("a public key is 32 bytes")
    # libsodium's verify refuses small order itself; asking first keeps that true whatever it is built with.
    if len(sig) != 64 or not sodium.crypto_core_ed25519_is_valid_point(ed_pk):
        raise BadSignature("a signature or key that can't be right")
    try:
        sodium.crypto_sign_open(sig + message, ed_pk)
    except CryptoError:
        raise BadSignature("a signature does not verify") from None


def read_signed(data: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """The thing inside frame 'signed' and its signatures by signer; none of them is verified yet.

    Returns: (thing, {signer 32 bytes (a root key or a fingerprint): signature 64 bytes}).
    Raises: Malformed, also when one signer stands there twice.
    """
    fields = unframe("signed", data)
    sigs = {item[:32]: item[32:] for item in fields["sigs"]}
    if len(sigs) != len(fields["sigs"]):
        raise Malformed("one signer twice")
    return fields["thing"], sigs


def verify_signed(data: bytes, keys: Mapping[bytes, bytes]) -> list[bytes]:
    """Those of `keys` ({signer: ed_pk}) whose signature is on frame 'signed', in its order.

    An unknown signer is ignored. Raises: Malformed; BadSignature when a known signer's does not verify.
    """
    thing, sigs = read_signed(data)
    for signer in sigs.keys() & keys.keys():
        verify(keys[signer], thing, sigs[signer])
    return [signer for signer in sigs if signer in keys]


def read_authorization(header: str) -> dict[str, bytes]:
    """The parts of a header `AL1 <base64url>`: locator 16, nonce 32, act 32, sig 64 bytes. Raises: Malformed."""
    match = re.fullmatch(r"AL1 ([A-Za-z0-9_-]{192})", header, re.ASCII)
    if not match:
        raise Malformed("no such sign-in header")
    try:
        data = base64.urlsafe_b64decode(match[1])
    except binascii.Error:
        raise Malformed("no such sign-in header") from None
    return {"locator": data[:16], "nonce": data[16:48], "act": data[48:80], "sig": data[80:]}


def check_login(login_pk: bytes, site: bytes, header: str) -> dict[str, bytes]:
    """The header's locator, nonce and act, once its signature is by `login_pk` for this site.

    Whether the nonce is fresh and `act` fits the request (zeros to sign in, H(body) to change) is the server's to say.
    Raises: Malformed, BadSignature.
    """
    parts: dict[str, Any] = read_authorization(header)
    sig = parts.pop("sig")
    verify(login_pk, frame("login", {"site": site, **parts}), sig)
    return parts
