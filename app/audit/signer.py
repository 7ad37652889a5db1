"""The log's key: made at the first start, kept in a file outside the database.

It signs what the server promises to put on the log. It opens nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

from nacl.signing import SigningKey

from crypto import checkpoint

_key: SigningKey | None = None


def load(instance: Path) -> None:
    """Read the log key of this instance, making it if this is the first start."""
    global _key
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / "log.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(SigningKey.generate()))
    seed = path.read_bytes()
    if len(seed) != 32:
        raise ValueError(f"{path.name} is not a log key: it must hold 32 bytes. Restore it from the backup.")
    _key = SigningKey(seed)


def _loaded() -> SigningKey:
    if _key is None:
        raise RuntimeError("the log key was not loaded")
    return _key


def public_key() -> bytes:
    return bytes(_loaded().verify_key)


def vkey() -> str:
    """The key as the root frame names it: under `alongside`, since the site is not known yet."""
    return checkpoint.vkey("alongside", public_key())


def promise(site: bytes, leaf_hash: bytes, unix_s: int) -> str:
    """A signed note that this leaf was taken (SPEC, Receipts)."""
    text = checkpoint.promise_text(site, leaf_hash, unix_s)
    name = text.split("\n", 1)[0]
    signature = _loaded().sign(text.encode()).signature
    return checkpoint.signed_note(text, name, public_key(), signature)
