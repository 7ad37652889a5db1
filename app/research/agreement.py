"""The terms on which researchers get releases: one text a version, signed by each with their own key."""

from __future__ import annotations

from functools import cache

from sqlalchemy import select

from app.audit import service as audit
from app.audit.models import Event
from app.config import ROOT
from app.db import Store
from app.errors import Refusal
from app.people import service as people
from app.research.release_models import Agreement
from app.sealed import check_day, only_sealed
from app.site import site
from crypto.errors import NotAllowed, WrongPlace
from crypto.frame import H, unframe
from crypto.signing import read_signed, verify_signed

MODULE = "data-use.v1"


@cache
def content() -> bytes:
    """SHA-256 of the text, which is a file of the site like its scripts."""
    return H((ROOT / "static" / f"{MODULE}.txt").read_bytes())


def agreed(db: Store, fp: bytes) -> bytes | None:
    """What this person signed of the terms in force; none when they did not."""
    return db.scalar(select(Agreement.signed).where(Agreement.fp == fp, Agreement.module == MODULE))


def require(db: Store, fp: bytes) -> None:
    """Raises: Refusal 403 `no-agreement`."""
    if agreed(db, fp) is None:
        words = "Read the terms of use on the page Research and sign them first. Then ask again."
        raise Refusal(403, "no-agreement", words)


def agree(db: Store, fp: bytes, signed: bytes) -> Event:
    """Keep a researcher's signed yes to the terms in force.

    Raises: Refusal 409 `agreed`, `clock`; Malformed, WrongPlace, NotAllowed, BadSignature.
    """
    keys = {one["fp"]: one["ed_pk"] for one in people.known(db).people["researcher"].values()}
    with only_sealed():
        word = unframe("attest", read_signed(signed)[0])
        if verify_signed(signed, {fp: keys[fp]}) != [fp]:
            raise NotAllowed("not signed by the person who sends it")
    if (word["site"], word["fp"], word["module"], word["content"]) != (site(db), fp, MODULE, content()):
        raise WrongPlace("a yes to something else")
    check_day(word["day"])
    if not db.put_new(Agreement, {"fp": fp, "module": MODULE, "signed": signed}):
        raise Refusal(409, "agreed", "You have signed these terms already. Load the page again.")
    return audit.append(db, "attest", site=site(db), actor=fp, object=H(read_signed(signed)[0]))
