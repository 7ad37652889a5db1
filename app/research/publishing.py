"""A steward publishes a release: all of it is there, attacks failed, a board approved, and it follows the last one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app import clock
from app.audit import service as audit
from app.audit.models import Event
from app.db import Store
from app.errors import Refusal
from app.people import service as people
from app.research import checking, pieces, releases
from app.research.checking import MANIFEST, REPORT
from app.research.release_models import Release, ReleaseFile
from app.sealed import check_day, only_sealed
from app.site import site
from crypto.errors import NotAllowed, WrongPlace
from crypto.frame import H, unframe
from crypto.log import lane_tag, site_lane_key
from crypto.signing import ZEROS32, read_signed, verify_signed

NAME = re.compile(r"[a-z][a-z0-9.-]{0,63}")
MOST_FILES = 32
Files = Mapping[str, tuple[bytes, int]]  # {name: (SHA-256, size)}


def publish(db: Store, *, fp: bytes, signed: bytes, listed: bytes, files: Files) -> Event:
    """Put a release on the log and its files where researchers find them. The same frame again: its event.

    Args: signed: frame `release`, signed by `fp`. listed: the same person's `attest` of the list of files.
    Raises: Refusal 409 `newer`, `not-whole`, `not-readable`, `not-attacked`, `not-approved`, `other-series`, `clock`,
        413; Malformed, BadSignature.
    """
    at, before = site(db), releases.newest(db)
    fields, digest = _read("release", signed, fp, db), H(read_signed(signed)[0])
    if before and before.hash == digest:
        return _event_of(db, at, before.version)
    follows = (before.version + 1, before.hash) if before else (1, ZEROS32)
    if fields["site"] != at:
        raise WrongPlace("a release of another site")
    if (fields["version"], fields["prev"]) != follows:
        raise Refusal(409, "newer", "Another release was published before this one. Load the page again.")
    check_day(fields["day"])
    _check_list(db, fp, listed, fields, {name: one[0] for name, one in files.items()})
    told = _check_files(db, files, fields["manifest"])
    _check_series(db, told)
    row = {"version": fields["version"], "hash": digest, "signed": signed, "listed": listed, "day": fields["day"]}
    db.put(Release, row | {"product": told.product, "series": told.series, "manifest": fields["manifest"]})
    db.put(ReleaseFile, *_rows(fields["version"], files))
    pieces.settle(db, files.values())
    audit.append(db, "attest", site=at, actor=fp, object=H(read_signed(listed)[0]))
    lane = audit.site_lane(at, "release", fields["version"])
    return audit.append(db, "release", site=at, actor=fp, object=digest, lane=lane)


def _rows(version: int, files: Files) -> list[dict[str, Any]]:
    return [{"version": version, "name": name, "hash": h, "size": size} for name, (h, size) in files.items()]


def _read(tag: str, signed: bytes, fp: bytes, db: Store) -> dict[str, Any]:
    """The fields of what this steward signed. Raises: Refusal 415; BadSignature, NotAllowed."""
    keys = {one["fp"]: one["ed_pk"] for one in people.known(db).people["steward"].values()}
    with only_sealed():
        fields = unframe(tag, read_signed(signed)[0])
        if verify_signed(signed, {fp: keys[fp]}) != [fp]:
            raise NotAllowed("not signed by the steward who sends it")
    return fields


def _check_list(db: Store, fp: bytes, listed: bytes, release: dict[str, Any], hashes: Mapping[str, bytes]) -> None:
    word = _read("attest", listed, fp, db)
    place = (release["site"], fp, f"release.{release['version']}", H(releases.sums(hashes)))
    if (word["site"], word["fp"], word["module"], word["content"]) != place:
        raise WrongPlace("the list of files of another release")


def _check_files(db: Store, files: Files, manifest: bytes) -> checking.Told:
    whole = {MANIFEST, REPORT} <= files.keys() and len(files) <= MOST_FILES and all(map(NAME.fullmatch, files))
    if not whole or files[MANIFEST][0] != manifest or not all(pieces.is_whole(db, *one) for one in files.values()):
        words = "A file of the folder is missing, changed or not in its manifest. Nothing was published."
        raise Refusal(409, "not-whole", words)
    there = [name for name in checking.READ if name in files]
    if any(files[name][1] > checking.MOST_SHOWN for name in there):
        raise pieces.too_large()
    texts = {name: pieces.text(db, *files[name]) for name in there}
    return checking.check({name: one[0] for name, one in files.items()}, texts, clock.today())


def _check_series(db: Store, told: checking.Told) -> None:
    """The one before in its series is the one that it was attacked with. Raises: Refusal 409 `other-series`."""
    if told.previous is None:
        return
    same = select(Release.manifest).where(Release.product != checking.PUBLIC, Release.series == told.series)
    last = db.scalar(same.order_by(Release.version.desc()).limit(1))
    if told.previous != (last.hex() if last else ""):
        words = "This release was not attacked together with the last one of its series. Build it again, naming that."
        raise Refusal(409, "other-series", words)


def _event_of(db: Store, at: bytes, version: int) -> Event:
    tag = lane_tag(site_lane_key(at, "release"), "release", version)
    return db.scalars(select(Event).where(Event.tag == tag)).one()
