"""Sealing under a key that both sides hold (SPEC 3).

`key32 || commit32 = HKDF(k, frame('box', H(X)), 64)`; `commit32 || nonce24 || XChaCha20-Poly1305(key, nonce, pad(pt),
AAD = X)`. Poly1305 does not commit to its key (one ciphertext can open under two), so the commitment is compared
first. Source: draft-irtf-cfrg-xchacha-03; RFC 5869; Padme. Vectors: tests/vectors/box.json.
"""

import hmac
import os

import nacl.bindings as sodium
from nacl.exceptions import CryptoError

from crypto.errors import CannotOpen
from crypto.frame import H, frame
from crypto.hkdf import hkdf
from crypto.outer import OVERHEAD, padme


def box(key: bytes, x: bytes, plaintext: bytes, nonce: bytes | None = None) -> bytes:
    """`plaintext` sealed under `key` (32 bytes), for the place that the frame `x` names and no other.

    Args: nonce: 24 bytes, for vectors only. Raises: ValueError: a key or nonce of another length.
    """
    aead_key, commitment = _keys(key, x)
    nonce = os.urandom(24) if nonce is None else nonce
    if len(nonce) != 24:
        raise ValueError("a nonce is 24 bytes")
    sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(pad(plaintext), x, nonce, aead_key)
    return commitment + nonce + bytes(sealed)


def unbox(key: bytes, x: bytes, sealed: bytes) -> bytes:
    """What `box` sealed under this key for this place. Raises: CannotOpen; ValueError: a key of another length."""
    aead_key, commitment = _keys(key, x)
    if len(sealed) < OVERHEAD or not hmac.compare_digest(commitment, sealed[:32]):
        raise CannotOpen("does not open")
    try:
        padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[56:], x, sealed[32:56], aead_key)
    except CryptoError:
        raise CannotOpen("does not open") from None
    return unpad(bytes(padded))


def pad(plaintext: bytes) -> bytes:
    """`plaintext`, 0x80, then zeros up to the Padme length, 256 at least."""
    return (plaintext + b"\x80").ljust(padme(len(plaintext) + 1), b"\x00")


def unpad(padded: bytes) -> bytes:
    """What `pad` was given. Raises: CannotOpen: any other length or filling."""
    end = len(padded.rstrip(b"\x00")) - 1
    if end < 0 or padded[end] != 0x80 or padme(end + 1) != len(padded):
        raise CannotOpen("does not open")
    return padded[:end]


def _keys(key: bytes, x: bytes) -> tuple[bytes, bytes]:
    if len(key) != 32:
        raise ValueError("a key is 32 bytes")
    both = hkdf(key, frame("box", {"hash": H(x)}), 64)
    return both[:32], both[32:]
