"""An identity: two seeds, and what only they can do (SPEC 4, 5). Vectors: tests/vectors/keys.json."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import nacl.bindings as sodium

from crypto import checkpoint
from crypto.frame import H, frame
from crypto.hkdf import hkdf
from crypto.seal import public_key
from crypto.signing import signed_bytes


@dataclass(frozen=True)
class Identity:
    """An Ed25519 and an X-Wing key pair from two 32-byte seeds; `fp` names its owner everywhere."""

    ed_seed: bytes = field(repr=False)
    xwing_seed: bytes = field(repr=False)

    @cached_property
    def ed_pk(self) -> bytes:
        """32 bytes."""
        return ed_public(self.ed_seed)

    @cached_property
    def xwing_pk(self) -> bytes:
        """1216 bytes."""
        return public_key(self.xwing_seed)

    @cached_property
    def frame(self) -> bytes:
        """Frame 'identity'."""
        return frame("identity", {"ed_pk": self.ed_pk, "xwing_pk": self.xwing_pk})

    @cached_property
    def fp(self) -> bytes:
        """H(frame 'identity'), 32 bytes."""
        return H(self.frame)


def new_identity() -> Identity:
    """A fresh identity."""
    return Identity(os.urandom(32), os.urandom(32))


def ed_public(ed_seed: bytes) -> bytes:
    """The 32-byte Ed25519 public key of a 32-byte seed (RFC 8032)."""
    if len(ed_seed) != 32:
        raise ValueError("a seed is 32 bytes")
    return bytes(sodium.crypto_sign_seed_keypair(ed_seed)[0])


def sign(ed_seed: bytes, x: bytes) -> bytes:
    """Ed25519 over frame('sig', H(x)): 64 bytes. `x` is a whole frame."""
    return _sign(ed_seed, signed_bytes(x))


def sign_thing(thing: bytes, signers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Frame 'signed' over `thing`. Args: signers: (signer id 32 bytes: a root key or a fingerprint; ed_seed 32)."""
    return frame("signed", {"thing": thing, "sigs": [signer + sign(seed, thing) for signer, seed in signers]})


def sign_note(text: str, name: str, ed_seed: bytes) -> str:
    """A C2SP signed note; `name` is the text's first line for everything that the log signs."""
    return checkpoint.signed_note(text, name, ed_public(ed_seed), _sign(ed_seed, text.encode()))


def lane_account(identity: Identity) -> bytes:
    """The key of the lane in which an account's notebook versions are counted: 32 bytes."""
    return hkdf(identity.ed_seed, frame("lane-account", {"fp": identity.fp}), 32)


def _sign(ed_seed: bytes, message: bytes) -> bytes:
    _, sk = sodium.crypto_sign_seed_keypair(ed_seed)
    return bytes(sodium.crypto_sign(message, sk)[:64])
