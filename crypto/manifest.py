"""The manifest: what each page and script of a release is, signed by the roots (SPEC 6).

Who serves a page can serve another one to one person. What all should get is listed here, so that it can be compared.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crypto.errors import Malformed, NotAllowed, WrongPlace
from crypto.frame import H, frame, unframe
from crypto.root import count_roots
from crypto.signing import ZEROS32, read_signed

Fields = dict[str, Any]
LINE = re.compile(r"([0-9a-f]{64})  (/[!-~]*)")


def make_manifest(site: bytes, version: int, prev: bytes, files: Mapping[str, bytes]) -> bytes:
    """Frame `manifest`. Args: files: {path from `/` on, printable ASCII, no space: SHA-256, 32 bytes}.

    version: from 1; prev: H(frame of the version before), zeros for 1. Raises: ValueError.
    """
    lines = [f"{digest.hex()}  {path}" for path, digest in sorted(files.items())]
    if not lines or not all(LINE.fullmatch(line) for line in lines):
        raise ValueError("a manifest lists paths and 32-byte hashes")
    if version < 1 or (version == 1) != (prev == ZEROS32):
        raise ValueError("a version and its predecessor disagree")
    text = "".join(f"{line}\n" for line in lines).encode()
    return frame("manifest", {"site": site, "version": version, "prev": prev, "files": text})


def read_manifest(manifest: bytes) -> Fields:
    """The fields of frame `manifest`, `files` as {path: SHA-256}, and `hash`. Raises: Malformed."""
    fields = unframe("manifest", manifest)
    if fields["version"] < 1 or (fields["version"] == 1) != (fields["prev"] == ZEROS32):
        raise Malformed("a manifest's version and its predecessor disagree")
    return {**fields, "files": _files(fields["files"]), "hash": H(manifest)}


def next_manifest(before: Fields | None, signed: bytes, root: Fields) -> Fields:
    """The manifest in `signed`, once it follows `before` (None: the first) and a threshold of this root signed.

    Args: root: from `read_roots`. Raises: Malformed, BadSignature, WrongPlace, NotAllowed.
    """
    found = read_manifest(read_signed(signed)[0])
    place = (before["site"], before["version"] + 1, before["hash"]) if before else (found["site"], 1, ZEROS32)
    if (found["site"], found["version"], found["prev"]) != place:
        raise WrongPlace("a manifest that does not follow")
    if not count_roots(signed, root):
        raise NotAllowed("too few of the roots signed this manifest")
    return found


def differences(files: Mapping[str, bytes], seen: Mapping[str, bytes]) -> list[str]:
    """Paths that are missing, more, or other than listed, sorted. Args: both {path: SHA-256}."""
    return sorted(path for path in files.keys() | seen.keys() if files.get(path) != seen.get(path))


def _files(text: bytes) -> dict[str, bytes]:
    try:
        lines = text.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Malformed("a manifest is plain text") from None
    found = [match for line in lines[:-1] if (match := LINE.fullmatch(line))]
    paths: Sequence[str] = [match[2] for match in found]
    if lines[-1] or len(found) != len(lines) - 1 or not paths or list(paths) != sorted(set(paths)):
        raise Malformed("lines of a manifest: hash, two spaces, path, sorted by path, none twice")
    return {match[2]: bytes.fromhex(match[1]) for match in found}
