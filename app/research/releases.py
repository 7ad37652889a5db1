"""Releases as they were published: found, listed, and given to everybody as far as they are for everybody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.db import Store
from app.errors import Refusal
from app.http import b64
from app.research import pieces
from app.research.checking import CLASSES, FIGURES, LEVELS, MANIFEST, SHOWN
from app.research.release_models import Release, ReleaseFile
from crypto.signing import read_signed

SUMS = "SHA256SUMS"


def all_of_them(db: Store) -> Sequence[Release]:
    """Every release, the first one first."""
    return db.scalars(select(Release).order_by(Release.version)).all()


def newest(db: Store) -> Release | None:
    return db.scalar(select(Release).order_by(Release.version.desc()).limit(1))


def find(db: Store, version: int) -> Release:
    """Raises: Refusal 404."""
    found = (
        db.get(Release, version) if version < 1 << 31 else None
    )  # a number as large as anybody likes stands in an address
    if found is None:
        raise Refusal(404, "no-such-release", "There is no release of this number, or no such file in it.")
    return found


def files(db: Store, version: int) -> dict[str, ReleaseFile]:
    """The files of a release by name, in order."""
    query = select(ReleaseFile).where(ReleaseFile.version == version).order_by(ReleaseFile.name)
    return {one.name: one for one in db.scalars(query)}


def sums(hashes: Mapping[str, bytes]) -> bytes:
    """What the steward signs of the files: lines as `sha256sum` writes them, in order of name."""
    return "".join(f"{hashes[name].hex()}  {name}\n" for name in sorted(hashes)).encode()


def signed(db: Store, first: int, last: int) -> dict[int, bytes]:
    """{version: frame `signed`} from one version to another, for everybody."""
    query = select(Release.version, Release.signed).where(Release.version.between(first, last))
    return {row.version: row.signed for row in db.execute(query)}


def shown(db: Store, version: int) -> dict[str, str]:
    """{name: text} of what a page shows to those who may see the release."""
    return _texts(db, files(db, find(db, version).version), SHOWN)


def _texts(db: Store, there: Mapping[str, ReleaseFile], names: Sequence[str]) -> dict[str, str]:
    return {
        name: pieces.text(db, there[name].hash, there[name].size).decode("utf-8", "replace")
        for name in names
        if name in there
    }


def public(db: Store) -> list[dict[str, Any]]:
    """What anybody may see: each release as it was signed, its manifest, its classes, and the public page's figures."""
    return [_public(db, one) for one in all_of_them(db)]


def _public(db: Store, one: Release) -> dict[str, Any]:
    there = files(db, one.version)
    texts = _texts(db, there, (MANIFEST, CLASSES, LEVELS, FIGURES))
    manifest = json.loads(texts[MANIFEST])
    return {
        "version": one.version, "frame": b64(read_signed(one.signed)[0]), "signed": b64(one.signed),
        "listed": b64(one.listed), "day": one.day, "product": one.product, "protocol": manifest["protocol"],
        "files": [{"name": f.name, "hash": b64(f.hash), "size": f.size} for f in there.values()],
        "manifest": texts[MANIFEST], "classes": texts.get(CLASSES), "public": texts.get(FIGURES),
        "levels": texts.get(LEVELS),
    }  # fmt: skip
