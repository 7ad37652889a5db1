"""Scripts, styles and pictures, under a name made of all their bytes: a browser keeps them for good.

A page says the name, and comes anew each time (app/shells.py), so what changed is seen at the next load and never
mixed with what did not. The build before stays where it was, for pages that were open meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

import brotli

from app.config import ROOT

PACKED = {".html", ".css", ".js", ".mjs", ".svg", ".txt", ".json"}
KINDS = {".css", ".js", ".mjs", ".svg", ".txt", ".wasm", ".png", ".ico"}
NAME = re.compile(r"[0-9a-f]{16}")
NAMED = re.compile(r"/static/[0-9a-f]{16}/")
FOR_GOOD = "max-age=31536000, immutable"  # RFC 9111, section 5.2.2.1; RFC 8246
STAYS = {"data-use.v1.txt"}  # it is signed, and found under its own address (crypto/SPEC.md)


def sources() -> dict[str, bytes]:
    """What stands in static/ for browsers, by its path there."""
    static = ROOT / "static"
    files = {path.relative_to(static).as_posix(): path for path in static.rglob("*") if path.suffix in KINDS}
    return {path: files[path].read_bytes() for path in sorted(files.keys() - STAYS)}


def name(files: dict[str, bytes]) -> str:
    """Sixteen hexadecimal digits, others as soon as one byte is another. files: sorted by path."""
    lines = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items())
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def write_build(build: Path, files: dict[str, bytes]) -> list[Path]:
    """Write the files into `build`/static, under their name there, and the name into `build`/name.

    Gives: what a browser may ask for now or, by a page that it still has open, of the build before.
    """
    static = build / "static"
    new = static / name(files)
    before = [path for path in _builds(static) if path != new]
    written = [write(new / path, data, before[-1] / path if before else None) for path, data in files.items()]
    remove_others(new, written)
    os.utime(new)
    for older in before[:-1]:
        shutil.rmtree(older)
    write(build / "name", new.name.encode())
    return written + [path for folder in before[-1:] for path in folder.rglob("*") if path.is_file()]


def address(build: Path, path: str) -> str:
    """Where a browser finds what is `path` in static/."""
    return f"/static/{(build / 'name').read_text()}/{path}"


def is_of_now(build: Path, path: str) -> bool:
    """Whether what stands at this address of the build is of this build, not of the one before."""
    return not NAMED.match(path) or path.startswith(address(build, ""))


def _builds(static: Path) -> list[Path]:
    """Oldest first."""
    folders = (path for path in static.glob("*") if path.is_dir() and NAME.fullmatch(path.name))
    return sorted(folders, key=lambda path: path.stat().st_mtime_ns)


def write(path: Path, data: bytes, before: Path | None = None) -> Path:
    """Write a file and, where that helps, its packed twin. before: if it has the same bytes, its twin will do."""
    twin = packed(path)
    if path.exists() and path.read_bytes() == data and (twin.exists() or path.suffix not in PACKED):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if path.suffix in PACKED:
        same = before and packed(before).exists() and before.read_bytes() == data
        twin.write_bytes(packed(before).read_bytes() if before and same else brotli.compress(data))
    return path


def packed(path: Path) -> Path:
    return path.with_name(path.name + ".br")


def remove_others(folder: Path, written: list[Path]) -> None:
    """Leave these files, and their packed twins, and nothing else in `folder`."""
    left = set(written) | {packed(path) for path in written}
    for stale in [path for path in folder.rglob("*") if path.is_file() and path not in left]:
        stale.unlink()
