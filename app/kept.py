"""A build on the disk. Scripts, styles and pictures stand under a name made of all their bytes: browsers keep them for
good.

A page says the name, and comes anew each time (app/shells.py), so what changed is seen at the next load and never
mixed with what did not. What a running server gives is never written over: the next build stands beside it, and
`current` says which one whoever starts now takes. Of the builds before some stay, for servers that run and pages that
are open.

    current                the names of both folders
    static/<name>/...      what browsers keep
    static/...             what has an address of its own
    shells/<name>/en/...   pages
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import brotli

from app import loads
from app.config import ROOT

PACKED = {".html", ".css", ".js", ".mjs", ".svg", ".txt", ".json"}
KINDS = {".css", ".js", ".mjs", ".svg", ".txt", ".wasm", ".png", ".ico"}
NAME = re.compile(r"[0-9a-f]{16}")
NAMED = re.compile(r"/static/[0-9a-f]{16}/")
FILE = re.compile(r"/static/[0-9a-f]{16}/[A-Za-z0-9_./-]{1,200}")
FOR_GOOD = "max-age=31536000, immutable"  # RFC 9111, section 5.2.2.1; RFC 8246
COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)
STAYS = {"data-use.v1.txt"}  # it is signed, and found under its own address (crypto/SPEC.md)
MOST = 3  # builds before that stay
Files = dict[str, bytes]  # by their path in a folder


class Build(NamedTuple):
    """The names of its two folders."""

    static: str
    shells: str


def sources() -> Files:
    """What stands in static/ for browsers, the style without comments, and lists of what pages fetch ahead."""
    static = ROOT / "static"
    files = {path.relative_to(static).as_posix(): path for path in static.rglob("*") if path.suffix in KINDS}
    found = {path: files[path].read_bytes() for path in sorted(files.keys() - STAYS)}
    bare = {path: COMMENT.sub(b"", data) for path, data in found.items() if path.endswith(".css")}
    ahead = {f"js/{name}.txt": "\n".join(paths).encode() for name, paths in loads.ahead().items()}
    return found | bare | ahead


def name(files: Files) -> str:
    """Sixteen hexadecimal digits, others as soon as one byte is another."""
    lines = "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def address(static: str, path: str) -> str:
    """Where a browser finds what is `path` in static/. static: the name of its folder."""
    return f"/static/{static}/{path}"


def write_build(build: Path, files: Files, pages: Callable[[str], Files]) -> None:
    """Write these files and the pages that name them, then say that they are the current ones.

    pages: makes them, given the name of the files' folder. A build that is cut off has changed nothing that is given.
    """
    before = current(build) if (build / "current").exists() else None
    static = name(files)
    shells = pages(static)
    now = Build(static, name(shells))
    _write_folder(build / "static", now.static, files, before and before.static)
    _write_folder(build / "shells", now.shells, shells, before and before.shells)
    write(build / "current", "\n".join(now).encode())
    for kind, new, old in zip(Build._fields, now, before or now, strict=True):
        _forget_older(build / kind, {new, old})


def current(build: Path) -> Build:
    """Raises: FileNotFoundError: there is none yet."""
    try:
        return Build(*(build / "current").read_text().split())
    except FileNotFoundError:
        raise FileNotFoundError("The pages are not built. Run: python -m app.cli build") from None


def given(build: Path) -> dict[str, Path]:
    """{address: file} of the current build, and of all that has an address of its own."""
    static, now = build / "static", current(build).static
    others = {path.relative_to(static) for path in static.rglob("*") if path.is_file() and path.suffix != ".br"}
    return {f"/static/{one}": static / one for one in others if one.parts[0] == now or not NAME.fullmatch(one.parts[0])}


def older(build: Path, path: str) -> Path | None:
    """The file of another build that an open page asks for. path: an address, of any shape."""
    if not FILE.fullmatch(path):
        return None
    file = (build / path[1:]).resolve()
    inside = file.is_relative_to((build / "static").resolve()) and file.suffix in KINDS
    return file if inside and file.is_file() else None


def write(path: Path, data: bytes, before: Path | None = None) -> Path:
    """Write a file and, where that helps, its packed twin: each is there whole, or not. before: its twin may do."""
    twin = packed(path)
    if path.suffix in PACKED and not _is_twin(twin, data):
        at_hand = before and packed(before)
        _put(twin, at_hand.read_bytes() if at_hand and _is_twin(at_hand, data) else brotli.compress(data))
    if not path.exists() or path.read_bytes() != data:
        _put(path, data)
    return path


def packed(path: Path) -> Path:
    return path.with_name(path.name + ".br")


def remove_others(folder: Path, written: list[Path]) -> None:
    """Leave these files, and their packed twins, and nothing else in `folder`."""
    left = set(written) | {packed(path) for path in written}
    for stale in [path for path in folder.rglob("*") if path.is_file() and path not in left]:
        stale.unlink()


def _write_folder(parent: Path, new: str, files: Files, before: str | None) -> None:
    folder, older = parent / new, parent / before if before else None
    written = [write(folder / path, data, older / path if older else None) for path, data in files.items()]
    remove_others(folder, written)
    os.utime(folder)


def _forget_older(parent: Path, stay: set[str]) -> None:
    others = [path for path in parent.iterdir() if NAME.fullmatch(path.name) and path.name not in stay]
    others.sort(key=lambda path: path.stat().st_mtime_ns)
    for path in others[: max(0, len(others) - MOST)]:
        shutil.rmtree(path)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def _is_twin(twin: Path, data: bytes) -> bool:
    try:
        return bool(brotli.decompress(twin.read_bytes()) == data)
    except (OSError, brotli.error):
        return False
