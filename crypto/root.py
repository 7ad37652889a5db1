"""The organisation's roots: who stands above the directory (SPEC 6). Vectors: tests/vectors/directory.json."""

from collections.abc import Sequence
from typing import Any

from crypto.checkpoint import COSIGNATURE, ED25519, read_vkey
from crypto.errors import Malformed, NotAllowed, WrongPlace
from crypto.frame import H, unframe
from crypto.signing import ZEROS32, read_signed, verify_signed


def read_root(root_frame: bytes) -> dict[str, Any]:
    """The fields of frame 'root', with `witnesses` as a list of verifier keys and `hash`.

    Raises: Malformed: a threshold that can't be met, keys that can't be read, a first version that follows another.
    """
    root = unframe("root", root_frame)
    if root["version"] < 1 or (root["version"] == 1) != (root["prev"] == ZEROS32):
        raise Malformed("a root's version and its predecessor disagree")
    if not 1 <= root["threshold"] <= len(root["root_pks"]) or root["coordinators"] < 1:
        raise Malformed("a number of signatures that can't be met")
    log_key = read_vkey(root["log_vkey"])
    if log_key["name"] != "alongside" or log_key["algorithm"] != ED25519:
        raise Malformed("the log's key stands under the name alongside")
    witnesses = [read_vkey(line) for line in root["witnesses"].split("\n")] if root["witnesses"] else []
    if any(w["algorithm"] != COSIGNATURE for w in witnesses) or not root["quorum"] <= len(witnesses):
        raise Malformed("witnesses that can't make up the quorum")
    return {**root, "witnesses": witnesses, "hash": H(root_frame)}


def count_roots(signed: bytes, root: dict[str, Any]) -> bool:
    """Whether at least `threshold` of this root's keys signed. Raises: Malformed, BadSignature."""
    threshold: int = root["threshold"]
    return len(verify_signed(signed, {pk: pk for pk in root["root_pks"]})) >= threshold


def read_roots(site: bytes, roots: Sequence[bytes]) -> dict[str, Any]:
    """The newest root, once every version from the first is proven.

    Args: site: H(root frame of version 1). roots: frames 'signed', oldest first.
    Raises: Malformed; BadSignature; WrongPlace: another site, or a version missing; NotAllowed: too few signatures.
    """
    if not roots:
        raise ValueError("a site has a root")
    newest = read_root(read_signed(roots[0])[0])
    if newest["hash"] != site:
        raise WrongPlace("roots of another site")
    if not count_roots(roots[0], newest):  # possession: nobody is named a root who did not take part
        raise NotAllowed("too few of the first roots signed")
    for signed in roots[1:]:
        newest = next_root(newest, signed)
    return newest


def next_root(before: dict[str, Any], signed: bytes) -> dict[str, Any]:
    """The root that follows `before`, signed by a threshold of `before`'s keys. Raises: as `read_roots`."""
    root = read_root(read_signed(signed)[0])
    if root["version"] != before["version"] + 1 or root["prev"] != before["hash"]:
        raise WrongPlace("a root that does not follow")
    if not count_roots(signed, before):
        raise NotAllowed("too few of the roots before signed")
    return root
