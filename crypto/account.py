"""Ways to unlock, and what they unlock (SPEC 12).

Each method wraps the account key, which seals the bundle (the identity's seeds) and the notebook.
Vectors: tests/vectors/keys.json.
"""

import base64
import os
from dataclasses import dataclass, field
from typing import Any

from crypto.box import box, unbox
from crypto.errors import CannotOpen, WrongPlace
from crypto.frame import H, frame
from crypto.hkdf import hkdf
from crypto.identity import Identity, ed_public, lane_account, sign
from crypto.log import lane_tag
from crypto.notes import seal_notebook
from crypto.submission import METHOD_KINDS


@dataclass(frozen=True)
class Method:
    """One way to unlock. locator 16 bytes (what the server finds it by), login_pk 32, login_seed 32, kek 32."""

    kind: str
    locator: bytes
    login_seed: bytes = field(repr=False)
    login_pk: bytes
    kek: bytes = field(repr=False)


def method(secret: bytes, site: bytes, role: str, kind: str) -> Method:
    """What a secret makes: of words 32 bytes (`words_secret`), of a sheet 20, of a passkey's PRF 32.

    Raises: ValueError: another kind, role or length.
    """
    if kind not in METHOD_KINDS or role not in ("peer", "staff") or len(secret) != (20 if kind == "sheet" else 32):
        raise ValueError("no such method")
    out = hkdf(secret, frame("method", {"site": site, "role": role, "kind": kind}), 80)
    return Method(kind, out[:16], out[16:48], ed_public(out[16:48]), out[48:])


def passkey_input(site: bytes, role: str) -> bytes:
    """What a passkey's PRF is evaluated over (`eval.first`): 32 bytes."""
    return H(frame("passkey", {"site": site, "role": role}))


def new_account_key() -> bytes:
    """32 random bytes."""
    return os.urandom(32)


def authorization(method: Method, site: bytes, nonce: bytes, act: bytes) -> str:
    """The value of the header `Authorization`. Args: nonce: the server's 32 bytes; act: zeros, or H(body)."""
    fields = {"locator": method.locator, "nonce": nonce, "act": act}
    sig = sign(method.login_seed, frame("login", {"site": site, **fields}))
    return "AL1 " + base64.urlsafe_b64encode(method.locator + nonce + act + sig).decode()


def wrap(method: Method, site: bytes, role: str, fp: bytes, account_key: bytes) -> bytes:
    """The account key (32 bytes) sealed under the method: 328 bytes."""
    if len(account_key) != 32:
        raise ValueError("an account key is 32 bytes")
    return box(method.kek, _wrap_frame(method, site, role, fp), account_key)


def unwrap(method: Method, site: bytes, role: str, fp: bytes, wrapped: bytes) -> bytes:
    """The account key. Raises: CannotOpen."""
    key = unbox(method.kek, _wrap_frame(method, site, role, fp), wrapped)
    if len(key) != 32:
        raise CannotOpen("does not open")
    return key


def seal_bundle(account_key: bytes, site: bytes, role: str, identity: Identity) -> bytes:
    """The identity's two seeds sealed under the account key: 328 bytes."""
    x = frame("bundle", {"site": site, "role": role, "fp": identity.fp})
    return box(account_key, x, identity.ed_seed + identity.xwing_seed)


def open_bundle(account_key: bytes, site: bytes, role: str, fp: bytes, sealed: bytes) -> Identity:
    """The identity, once its fingerprint is `fp` again. On failure stop: keys are never made anew.

    Raises: CannotOpen; WrongPlace: another identity inside.
    """
    seeds = unbox(account_key, frame("bundle", {"site": site, "role": role, "fp": fp}), sealed)
    if len(seeds) != 64:
        raise CannotOpen("does not open")
    identity = Identity(seeds[:32], seeds[32:])
    if identity.fp != fp:
        raise WrongPlace("another identity than this account's")
    return identity


def make_enrol(
    identity: Identity, method: Method, account_key: bytes, *, site: bytes, role: str, notebook: dict[str, Any]
) -> tuple[bytes, bytes]:
    """A new account: (frame 'enrol', the identity's signature over it, which travels beside). Notebook version 1."""
    fields = {
        "site": site, "role": role, "ed_pk": identity.ed_pk, "xwing_pk": identity.xwing_pk,
        "locator": method.locator, "kind": method.kind, "login_pk": method.login_pk,
        "wrap": wrap(method, site, role, identity.fp, account_key),
        "bundle": seal_bundle(account_key, site, role, identity),
        "notebook": seal_notebook(account_key, site, identity.fp, 1, notebook),
        "tag": lane_tag(lane_account(identity), "account", 1),
    }  # fmt: skip
    enrol = frame("enrol", fields)
    return enrol, sign(identity.ed_seed, enrol)


def _wrap_frame(method: Method, site: bytes, role: str, fp: bytes) -> bytes:
    return frame("wrap", {"site": site, "role": role, "kind": method.kind, "locator": method.locator, "fp": fp})
