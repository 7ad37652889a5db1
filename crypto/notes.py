"""What only its owner reads: the notebook, drafts, the key between two pages of a tab (SPEC 12).

Vectors: tests/vectors/keys.json.
"""

from typing import Any

from crypto.box import box, unbox
from crypto.errors import CannotOpen
from crypto.frame import frame
from crypto.identity import Identity, lane_account
from crypto.log import lane_tag
from crypto.payload import from_json, to_json

NOTEBOOK_MOST = 65536


def seal_notebook(account_key: bytes, site: bytes, fp: bytes, version: int, notebook: dict[str, Any]) -> bytes:
    """The notebook sealed as this version. Raises: ValueError: over 64 KiB sealed, or not JSON of ours."""
    sealed = box(account_key, _notebook(site, fp, version), to_json(notebook))
    if len(sealed) > NOTEBOOK_MOST:
        raise ValueError("a notebook holds 64 KiB")
    return sealed


def open_notebook(account_key: bytes, site: bytes, fp: bytes, version: int, sealed: bytes) -> dict[str, Any]:
    """The notebook, if it is of this version. Raises: CannotOpen, Malformed."""
    return from_json(unbox(account_key, _notebook(site, fp, version), sealed))


def notebook_save(
    identity: Identity, account_key: bytes, *, site: bytes, version: int, notebook: dict[str, Any]
) -> bytes:
    """The body of a save: u64be version, the log's tag for that version (32 bytes), the box."""
    tag = lane_tag(lane_account(identity), "account", version)
    return version.to_bytes(8, "big") + tag + seal_notebook(account_key, site, identity.fp, version, notebook)


def seal_draft(account_key: bytes, site: bytes, fp: bytes, draft: bytes, content: dict[str, Any]) -> bytes:
    """A draft, sealed. Args: draft: its 16 bytes of name."""
    return box(account_key, frame("draft", {"site": site, "fp": fp, "draft": draft}), to_json(content))


def open_draft(account_key: bytes, site: bytes, fp: bytes, draft: bytes, sealed: bytes) -> dict[str, Any]:
    """The draft. Raises: CannotOpen, Malformed."""
    return from_json(unbox(account_key, frame("draft", {"site": site, "fp": fp, "draft": draft}), sealed))


def seal_tab(share: bytes, site: bytes, fp: bytes, account_key: bytes) -> bytes:
    """The account key as a tab keeps it: sealed under 32 bytes that the server keeps with the session. 328 bytes."""
    if len(account_key) != 32:
        raise ValueError("an account key is 32 bytes")
    return box(share, frame("tab", {"site": site, "fp": fp}), account_key)


def open_tab(share: bytes, site: bytes, fp: bytes, sealed: bytes) -> bytes:
    """The account key. Raises: CannotOpen."""
    key = unbox(share, frame("tab", {"site": site, "fp": fp}), sealed)
    if len(key) != 32:
        raise CannotOpen("does not open")
    return key


def _notebook(site: bytes, fp: bytes, version: int) -> bytes:
    return frame("notebook", {"site": site, "fp": fp, "version": version})
