"""The log's key: made at the first start, kept in a file outside the database.

It signs what the server promises to put on the log. It opens nothing.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from nacl.signing import SigningKey

from app.audit import head
from crypto import checkpoint

_key: SigningKey | None = None


def load(instance: Path) -> None:
    """Read the log key of this instance, making it if this is the first start."""
    global _key
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = instance / "log.key"
    if not path.exists():
        _make(path)
    seed = path.read_bytes()
    if len(seed) != 32:
        raise ValueError(f"{path.name} is not a log key: it must hold 32 bytes. Restore it from the backup.")
    _key = SigningKey(seed)
    head.keep_in(instance)


def _make(path: Path) -> None:
    """Written whole and only then named: of several workers that start at once, one makes the key and all read it."""
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(bytes(SigningKey.generate()))
        file.flush()
        os.fsync(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


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
    return _note(checkpoint.promise_text(site, leaf_hash, unix_s))


def sign_checkpoint(site: bytes, log: int, size: int, root: bytes) -> str:
    """A signed note of the tree (SPEC 10). It may be read only once this tree is on the disk, and in log.head."""
    return _note(checkpoint.checkpoint_text(site, log, size, root))


def _note(text: str) -> str:
    name = text.split("\n", 1)[0]
    signature = _loaded().sign(text.encode()).signature
    return checkpoint.signed_note(text, name, public_key(), signature)
