"""The log: what a leaf is, which tag it carries, and the tree over the leaves (SPEC 9).

Source: RFC 6962 section 2, RFC 9162 section 2.1. Vectors: tests/vectors/log.json, transparency-dev/merkle.
"""

import hashlib
import hmac
from collections.abc import Sequence

from crypto.errors import Malformed, WrongPlace
from crypto.frame import H, frame

SITE_LANES = ("root", "directory", "manifest", "release", "restore")
EVENTS = frozenset({
    "roster", "record", "visit", "letter", "export", "file", "close", "hold", "erased", "notebook", "root",
    "directory", "manifest", "release", "restore", "attest", "download", "adverse", "rows", "withdrawals",
})  # fmt: skip


def lane_tag(k: bytes, lane: str, n: int) -> bytes:
    """The 32-byte tag of number `n` in a lane whose 32-byte key is `k`. Raises: ValueError."""
    if len(k) != 32:
        raise ValueError("a lane key is 32 bytes")
    return hmac.digest(k, frame("tag", {"lane": lane, "n": n}), "sha256")


def account_tag(fp: bytes, sent: bytes) -> bytes:
    """The tag on the log of what an account hands in under `sent`, its lane tag. Args: fp, sent: 32 bytes.

    The lane's key is the client's own, so a server can't check `sent`. Hashed anew, it can't be made to fall on a
    number of another lane, whose key somebody else may know. Raises: ValueError.
    """
    if len(sent) != 32:
        raise ValueError("a tag is 32 bytes")
    return hmac.digest(sent, frame("lane-account", {"fp": fp}), "sha256")


def site_lane_key(site: bytes, name: str) -> bytes:
    """The key of a lane that everybody may follow: root, directory, manifest, release or restore."""
    if name not in SITE_LANES:
        raise ValueError("no lane of a site has this name")
    return H(frame("lane-site", {"site": site, "name": name}))


def make_event(event_type: str, day: int, subject: bytes, actor: bytes, object_hash: bytes) -> bytes:
    """Frame 'event': what is kept beside the log. Args: subject 16, actor 32, object_hash 32 bytes."""
    if event_type not in EVENTS:
        raise ValueError("the list of events is closed")
    return frame("event", {"type": event_type, "day": day, "subject": subject, "actor": actor, "object": object_hash})


def commit(salt: bytes, event: bytes) -> bytes:
    """What a leaf says of frame `event`: a 32-byte hash that nobody can guess back, thanks to 32 random bytes."""
    return H(frame("commit", {"salt": salt, "event": event}))


def leaf(tag: bytes, commitment: bytes) -> bytes:
    """The 81 bytes of one leaf."""
    return frame("leaf", {"tag": tag, "commit": commitment})


def leaf_hash(data: bytes) -> bytes:
    """H(0x00 || leaf data): 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """H(0x01 || left || right): 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (32 bytes each), level by level; H('') for none."""
    if not hashes:
        return H(b"")
    _check(*hashes)
    level, sha = list(hashes), hashlib.sha256
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [sha(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0]


def inclusion(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The ordered proof that leaf `index` is in the tree over `hashes`. Raises: ValueError: no such leaf."""
    if not 0 <= index < len(hashes):
        raise ValueError("no such leaf")
    if len(hashes) == 1:
        return []
    k = _split(len(hashes))
    if index < k:
        return [*inclusion(hashes[:k], index), root(hashes[k:])]
    return [*inclusion(hashes[k:], index - k), root(hashes[:k])]


def consistency(hashes: Sequence[bytes], size: int) -> list[bytes]:
    """The ordered proof that the tree over `hashes` begins with its first `size` leaves. Raises: ValueError."""
    if not 0 < size <= len(hashes):
        raise ValueError("a proof is from 1 leaf up")

    def sub(part: Sequence[bytes], m: int, whole: bool) -> list[bytes]:
        if m == len(part):
            return [] if whole else [root(part)]
        k = _split(len(part))
        if m <= k:
            return [*sub(part[:k], m, whole), root(part[k:])]
        return [*sub(part[k:], m - k, False), root(part[:k])]

    return sub(hashes, size, True)


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Nothing, if the proof leads from the leaf to the root (RFC 9162 section 2.1.3.2).

    Raises: Malformed: a hash that is not 32 bytes. WrongPlace: everything else.
    """
    _check(leaf_hash, root, *proof)
    if not 0 <= index < size:
        raise WrongPlace("no such leaf in a tree of this size")
    fn, sn, r = index, size - 1, leaf_hash
    for p in proof:
        if sn == 0:
            raise WrongPlace("a proof that is too long")
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            fn, sn = _climb(fn, sn)
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    if sn or r != root:
        raise WrongPlace("the proof does not lead to this root")


def verify_consistency(size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes) -> None:
    """Nothing, if the second tree begins with the first (RFC 9162 section 2.1.4.2). Nothing can follow from size 0.

    Raises: Malformed: a hash that is not 32 bytes. WrongPlace: everything else.
    """
    _check(root1, root2, *proof)
    if not 0 < size1 <= size2:
        raise WrongPlace("a tree does not shrink, and nothing follows from none")
    if size1 == size2:
        if proof or root1 != root2:
            raise WrongPlace("two roots of one size")
        return
    if not proof:
        raise WrongPlace("no proof")
    path = list(proof) if size1 & (size1 - 1) else [root1, *proof]
    fn, sn = size1 - 1, size2 - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            raise WrongPlace("a proof that is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            fn, sn = _climb(fn, sn)
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    if sn or fr != root1 or sr != root2:
        raise WrongPlace("the proof does not lead to these roots")


def _climb(fn: int, sn: int) -> tuple[int, int]:
    """Skip the levels at which the right-most node has no sibling."""
    while not fn & 1 and fn:
        fn, sn = fn >> 1, sn >> 1
    return fn, sn


def _split(n: int) -> int:
    """The largest power of two below n."""
    return 1 << ((n - 1).bit_length() - 1)


def _check(*hashes: bytes) -> None:
    # transparency-dev/merkle takes a "root" of 12 bytes in one of its own vectors; a hash here is 32.
    for h in hashes:
        if len(h) != 32:
            raise Malformed("a hash that is not 32 bytes")
