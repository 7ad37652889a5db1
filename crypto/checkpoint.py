"""Signed notes: checkpoints of the log, promises before inclusion, witnesses' cosignatures (SPEC 10).

Source: C2SP signed-note, tlog-checkpoint, tlog-cosignature. Vectors: tests/vectors/checkpoint.json.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from crypto.errors import BadSignature, Malformed
from crypto.signing import verify_raw

ED25519, COSIGNATURE = 1, 4
Keys = Mapping[tuple[str, bytes], bytes]


def key_id(name: str, ed_pk: bytes, algorithm: int = ED25519) -> bytes:
    """The 4 bytes by which a note names a key."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([algorithm]) + ed_pk).digest()[:4]


def vkey(name: str, ed_pk: bytes, algorithm: int = ED25519) -> str:
    """A verifier key as text: `name+8 hex digits+base64`. Raises: ValueError: a name with spaces or a plus."""
    if not _is_name(name) or len(ed_pk) != 32 or algorithm not in (ED25519, COSIGNATURE):
        raise ValueError("no verifier key can be written so")
    return f"{name}+{key_id(name, ed_pk, algorithm).hex()}+{to_base64(bytes([algorithm]) + ed_pk)}"


def read_vkey(text: str) -> dict[str, Any]:
    """`name`, `key_id` (4 bytes), `algorithm` (1 log, 4 witness), `ed_pk` (32 bytes). Raises: Malformed."""
    name, _, rest = text.partition("+")
    number, _, key = rest.partition("+")
    data = from_base64(key)
    if not _is_name(name) or len(data) != 33 or data[0] not in (ED25519, COSIGNATURE):
        raise Malformed("no verifier key")
    if key_id(name, data[1:], data[0]).hex() != number:
        raise Malformed("a verifier key whose number does not fit")
    return {"name": name, "key_id": bytes.fromhex(number), "algorithm": data[0], "ed_pk": data[1:]}


def signed_note(text: str, name: str, ed_pk: bytes, signature: bytes) -> str:
    """The note: `text`, an empty line, one signature line. `signature` (64 bytes) is Ed25519 over the text itself."""
    if not text.endswith("\n") or not _is_name(name) or len(signature) != 64:
        raise ValueError("no note can be written so")
    return f"{text}\n— {name} {to_base64(key_id(name, ed_pk) + signature)}\n"


def open_note(note: str, keys: Keys) -> str:
    """The note's text, once a known key has signed it. Args: keys: {(name, key id 4 bytes): ed_pk 32 bytes}.

    Unknown signatures are ignored. Raises: Malformed; BadSignature: a known key's is wrong, or none is known.
    """
    text, lines = split_note(note)
    known = [(keys[name, kid], sig) for name, kid, sig in lines if (name, kid) in keys]
    for ed_pk, sig in known:
        verify_raw(ed_pk, text.encode(), sig)
    if not known:
        raise BadSignature("no known key signed this note")
    return text


def cosignatures(note: str, keys: Keys) -> dict[str, int]:
    """When each known witness last saw this checkpoint: {witness name: Unix seconds}.

    A line that does not verify counts for nothing: one bad line must not take the other witnesses' word with it.
    Raises: Malformed: no note.
    """
    text, lines = split_note(note)
    seen: dict[str, int] = {}
    for name, kid, data in lines:
        if (name, kid) in keys and is_cosignature(text, data, keys[name, kid]):
            seen[name] = max(seen.get(name, 0), int.from_bytes(data[:8], "big"))
    return seen


def is_cosignature(text: str, data: bytes, ed_pk: bytes) -> bool:
    """Whether this is a witness's word on a text. Args: data: what follows the key's id, `time8 || sig64`."""
    if len(data) != 72:
        return False
    try:
        verify_raw(ed_pk, cosigned_text(text, int.from_bytes(data[:8], "big")).encode(), data[8:])
    except BadSignature:
        return False
    return True


def cosigned_text(text: str, unix_s: int) -> str:
    """What a witness signs: its time before the checkpoint's whole text."""
    return f"cosignature/v1\ntime {unix_s}\n{text}"


def origin(site: bytes, k: int) -> str:
    """The first line of a checkpoint of the site's log number `k`, from 1."""
    if len(site) != 32 or type(k) is not int or k < 1:
        raise ValueError("a site is 32 bytes, logs count from 1")
    return f"alongside/{site.hex()}/log/{k}"


def checkpoint_text(site: bytes, k: int, size: int, root: bytes) -> str:
    """The three lines of a checkpoint. Raises: ValueError: a size that is no count, a root that is no hash."""
    if len(root) != 32 or type(size) is not int or size < 0:
        raise ValueError("a checkpoint has a size and a root of 32 bytes")
    return f"{origin(site, k)}\n{size}\n{to_base64(root)}\n"


def read_checkpoint(text: str) -> dict[str, Any]:
    """`origin`, `size`, `root` (32 bytes); further lines are extensions and ignored. Raises: Malformed."""
    match = re.match(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)\n", text)
    if not match or len(from_base64(match[3])) != 32:
        raise Malformed("no checkpoint")
    return {"origin": match[1], "size": int(match[2]), "root": from_base64(match[3])}


def promise_text(site: bytes, leaf_hash: bytes, unix_s: int) -> str:
    """Three lines by which the log promises one leaf before it is in the tree."""
    if len(site) != 32 or len(leaf_hash) != 32 or type(unix_s) is not int or unix_s < 0:
        raise ValueError("a promise is of a site, a leaf hash and a time")
    return f"alongside/{site.hex()}/promise\n{to_base64(leaf_hash)}\n{unix_s}\n"


def read_promise(text: str) -> dict[str, Any]:
    """`site` (32 bytes), `leaf_hash` (32 bytes), `time` (Unix seconds). Raises: Malformed."""
    match = re.fullmatch(r"alongside/([0-9a-f]{64})/promise\n([^\n]+)\n(0|[1-9][0-9]{0,15})\n", text)
    if not match or len(from_base64(match[2])) != 32:
        raise Malformed("no promise")
    return {"site": bytes.fromhex(match[1]), "leaf_hash": from_base64(match[2]), "time": int(match[3])}


def split_note(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """A note's text and its lines (key name, key id 4 bytes, the rest); nothing is verified. Raises: Malformed."""
    head, gap, tail = note.rpartition("\n\n")
    if not gap or not tail.endswith("\n") or any(c < " " and c != "\n" for c in note):
        raise Malformed("no signed note")
    lines = []
    for line in tail[:-1].split("\n"):
        match = re.fullmatch(r"— ([^ +]+) (\S+)", line)
        data = from_base64(match[2]) if match else b""
        if not match or len(data) < 5:
            raise Malformed("no signature line")
        lines.append((match[1], data[:4], data[4:]))
    return head + "\n", lines


def _is_name(name: str) -> bool:
    return bool(re.fullmatch(r"[^\s+]+", name))


def to_base64(data: bytes) -> str:
    """Base64 as notes write it: RFC 4648 section 4, padded."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """The bytes of base64 in its one canonical form. Raises: Malformed."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("not base64") from None
    if to_base64(data) != text:
        raise Malformed("not base64 in its one form")
    return data
