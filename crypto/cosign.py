"""What a witness says of a checkpoint, and how a log asks it to (SPEC 10).

Nothing here signs: a server takes a witness's word, checks it and hands it on.
Source: C2SP tlog-cosignature, tlog-witness. Vectors: of what browsers check, tests/vectors/checkpoint.json.
"""

import re
import struct
from collections.abc import Sequence

from crypto.checkpoint import COSIGNATURE, Keys, from_base64, is_cosignature, key_id, read_vkey, split_note, to_base64
from crypto.errors import BadSignature, Malformed

MOST_HASHES = 63
MOST_BYTES = 64 * 1024  # 63 hashes take 3 KiB; a checkpoint with sixteen cosignatures 3 KiB more


def cosignature_line(name: str, ed_pk: bytes, unix_s: int, signature: bytes) -> str:
    """The line that a witness gives back. Args: signature: 64 bytes over `checkpoint.cosigned_text`.

    Raises: ValueError.
    """
    if not re.fullmatch(r"[^\s+]+", name) or len(signature) != 64 or not 0 <= unix_s < 2**63:
        raise ValueError("no cosignature can be written so")
    return f"— {name} {to_base64(key_id(name, ed_pk, COSIGNATURE) + struct.pack('>Q', unix_s) + signature)}\n"


def witness_keys(vkeys: Sequence[str]) -> Keys:
    """Verifier keys of witnesses as `cosignatures` looks them up. Raises: Malformed, also for a log's key."""
    found = [read_vkey(line) for line in vkeys]
    if any(key["algorithm"] != COSIGNATURE for key in found):
        raise Malformed("a key that is no witness's")
    return {(key["name"], key["key_id"]): key["ed_pk"] for key in found}


def good_lines(note: str, answer: str, keys: Keys) -> list[str]:
    """Those lines of a witness's answer that a known witness signed over this very checkpoint; others are left out.

    Raises: Malformed: no signature lines. BadSignature: a known witness's that does not verify.
    """
    if not answer.startswith("— ") or "\n\n" in answer:
        raise Malformed("no lines of a note")
    text, _ = split_note(note)
    _, lines = split_note(f"{text}\n{answer}")
    known = [(name, kid, data) for name, kid, data in lines if (name, kid) in keys]
    if not all(is_cosignature(text, data, keys[name, kid]) for name, kid, data in known):
        raise BadSignature("a witness's line that does not verify")
    return [_line(*one) for one in known]


def add_lines(note: str, lines: Sequence[str]) -> str:
    """The note with these lines; of one key the last stays. Raises: Malformed."""
    text, kept = split_note(note)
    found = {(name, kid): data for name, kid, data in kept}
    for one in lines:
        _, added = split_note(f"{text}\n{one}")
        found |= {(name, kid): data for name, kid, data in added}
    return f"{text}\n{''.join(_line(*key, data) for key, data in found.items())}"


def carry(cosigned: str, note: str) -> str:
    """`note` with what witnesses said of `cosigned`, which has the same text and was signed by another key of the log.

    Raises: Malformed; ValueError: another text.
    """
    text, lines = split_note(cosigned)
    if split_note(note)[0] != text:
        raise ValueError("a witness's word is of one text")
    origin = text.split("\n", 1)[0]
    return add_lines(note, [_line(name, kid, data) for name, kid, data in lines if name != origin])


def write_request(old: int, proof: Sequence[bytes], note: str) -> bytes:
    """The body of `add-checkpoint`. Args: old: the size that the witness knows. proof: ordered, from `old` on.

    Raises: ValueError.
    """
    if old < 0 or len(proof) > MOST_HASHES or any(len(h) != 32 for h in proof):
        raise ValueError("no witness is asked so")
    return "".join([f"old {old}\n", *(f"{to_base64(h)}\n" for h in proof), "\n", note]).encode()


def read_request(body: bytes) -> tuple[int, list[bytes], str]:
    """Old size, proof and note out of `add-checkpoint`'s body. The note is not looked at. Raises: Malformed."""
    try:
        head, gap, note = body.decode("utf-8").partition("\n\n")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    first, *lines = head.split("\n")
    old = re.fullmatch(r"old (0|[1-9][0-9]{0,15})", first, re.ASCII)
    if not gap or not old or len(lines) > MOST_HASHES or len(body) > MOST_BYTES:
        raise Malformed("no request to a witness")
    proof = [from_base64(line) for line in lines]
    if any(len(h) != 32 for h in proof):
        raise Malformed("a hash that is not 32 bytes")
    return int(old[1]), proof, note


def _line(name: str, kid: bytes, data: bytes) -> str:
    return f"— {name} {to_base64(kid + data)}\n"
