"""The signed list of what each page and script is: made from the build, signed away from here, put on the log.

It lists what this server gives to everybody; `python -m crypto verify-site` compares from outside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import select

from app.audit import service as audit
from app.audit.models import Event, Manifest
from app.db import Store
from app.errors import Refusal
from app.sealed import only_sealed
from app.site import Root, site
from crypto import manifest as lists
from crypto.errors import NotAllowed, WrongPlace
from crypto.root import read_roots
from crypto.signing import ZEROS32, read_signed, verify_signed


def make(db: Store, files: Mapping[str, bytes]) -> bytes:
    """The next manifest, to be signed. Args: files: {path: bytes as given to browsers}. Raises: Refusal."""
    before = newest(db)
    version, prev = (before["version"] + 1, before["hash"]) if before else (1, ZEROS32)
    return lists.make_manifest(site(db), version, prev, digests(files))


def digests(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: hashlib.sha256(data).digest() for path, data in files.items()}


def newest(db: Store) -> lists.Fields | None:
    """The manifest in force, read; None before the first."""
    signed = db.scalar(select(Manifest.signed).order_by(Manifest.version.desc()).limit(1))
    return None if signed is None else lists.read_manifest(read_signed(signed)[0])


def publish(db: Store, signed: bytes) -> Event:
    """Put the next manifest in force, if enough roots signed. The same again: its event.

    Raises: Refusal 409 `newer`, 403 `too-few-signed`; Malformed, BadSignature.
    """
    at, before = site(db), newest(db)
    root = read_roots(at, list(db.scalars(select(Root.signed).order_by(Root.version))))
    with only_sealed():
        found = lists.read_manifest(read_signed(signed)[0])
        if before and found["hash"] == before["hash"]:
            return next(event for event in audit.of_site_lane(db, "manifest") if event.n == found["version"])
        try:
            found = lists.next_manifest(before, signed, root)
        except WrongPlace:
            raise Refusal(409, "newer", "This list does not follow the one in force. Make it again.") from None
        except NotAllowed:
            raise Refusal(403, "too-few-signed", "Not enough holders of root sheets have signed this list.") from None
    if found["site"] != at:
        raise Refusal(409, "newer", "This is a list of another site.")
    db.put(Manifest, {"version": found["version"], "hash": found["hash"], "signed": signed})
    first = verify_signed(signed, {pk: pk for pk in root["root_pks"]})[0]
    lane = audit.site_lane(at, "manifest", found["version"])
    return audit.append(db, "manifest", site=at, actor=first, object=found["hash"], lane=lane)


def signed(db: Store, first: int, last: int) -> dict[int, bytes]:
    """{version: frame `signed`} from one version to another, for everybody."""
    query = select(Manifest.version, Manifest.signed).where(Manifest.version.between(first, last))
    return {row.version: row.signed for row in db.execute(query)}
