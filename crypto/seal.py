"""Sealing one key to one person (SPEC 3).

HPKE base mode, X-Wing (ML-KEM-768 with X25519, KEM 0x647a), HKDF-SHA256, ChaCha20-Poly1305; everything is bound in
`info`, the aad is empty. Source: RFC 9180; draft-connolly-cfrg-xwing-kem. Vectors: tests/vectors/seal.json, CCTV age.
"""

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from crypto.errors import CannotOpen, Malformed

LENGTH = 1168  # enc 1120, key 32, tag 16
PUBLIC, ML_KEM = 1216, 1184

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def public_key(xwing_seed: bytes) -> bytes:
    """The 1216-byte X-Wing public key of a 32-byte seed."""
    kem, dh = _private(xwing_seed)
    return kem.public_key().public_bytes_raw() + dh.public_key().public_bytes_raw()


def seal(xwing_pk: bytes, x: bytes, key32: bytes) -> bytes:
    """`key32` (32 bytes) sealed to `xwing_pk` (1216 bytes) for the place that frame `x` names: 1168 bytes.

    Raises: ValueError: another length. Malformed: no X-Wing key has these bytes.
    """
    if len(key32) != 32 or len(xwing_pk) != PUBLIC:
        raise ValueError("a key of 32 bytes is sealed to a public key of 1216")
    try:
        kem = mlkem.MLKEM768PublicKey.from_public_bytes(xwing_pk[:ML_KEM])
        dh = x25519.X25519PublicKey.from_public_bytes(xwing_pk[ML_KEM:])
        return _SUITE.encrypt(key32, MLKEM768X25519PublicKey(kem, dh), info=x)
    except ValueError:
        raise Malformed("no public key to seal to") from None


def open_seal(xwing_seed: bytes, x: bytes, sealed: bytes) -> bytes:
    """The 32 bytes that were sealed to this seed's key for this place.

    Raises: Malformed: not 1168 bytes, so not 32 bytes inside. CannotOpen. ValueError: a seed of another length.
    """
    private = MLKEM768X25519PrivateKey(*_private(xwing_seed))
    if len(sealed) != LENGTH:
        raise Malformed("a sealed key has one length")
    try:
        return _SUITE.decrypt(sealed, private, info=x)
    except (InvalidTag, ValueError):
        raise CannotOpen("does not open") from None


def _private(seed: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
    if len(seed) != 32:
        raise ValueError("an X-Wing seed is 32 bytes")
    wide = hashlib.shake_256(seed).digest(96)
    return (
        mlkem.MLKEM768PrivateKey.from_seed_bytes(wide[:64]),
        x25519.X25519PrivateKey.from_private_bytes(wide[64:]),
    )
