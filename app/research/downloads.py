"""Who may have a release, and each time that somebody takes a file of it: an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import sessionmaker

from app.audit import service as audit
from app.audit.models import Event
from app.db import Store
from app.errors import Refusal
from app.research import agreement, pieces, releases
from app.research.release_models import ReleaseFile
from app.site import site


@dataclass(frozen=True)
class Taken:
    """A file that goes out, and the event that says so. `text`: a file that no piece holds."""

    name: str
    hash: bytes
    size: int
    event: Event
    text: bytes | None = None


def take(db: Store, *, fp: bytes, version: int, name: str) -> Taken:
    """Note that this person takes a file. Raises: Refusal 403 `no-agreement`, 404."""
    agreement.require(db, fp)
    release = releases.find(db, version)
    there = releases.files(db, version)
    if name != releases.SUMS and name not in there:
        raise Refusal(404, "no-such-release", "There is no release of this number, or no such file in it.")
    event = audit.append(db, "download", site=site(db), actor=fp, object=release.hash)
    if name == releases.SUMS:
        text = releases.sums({one.name: one.hash for one in there.values()})
        return Taken(name, b"", len(text), event, text)
    one: ReleaseFile = there[name]
    return Taken(name, one.hash, one.size, event)


def sending(make: sessionmaker[Store], taken: Taken) -> Iterator[bytes]:
    """The bytes of a file, piece by piece, each read in a transaction of its own: a slow reader holds nothing open."""
    if taken.text is not None:
        yield taken.text
        return
    for place in range(-(-taken.size // pieces.PIECE)):
        with make() as db:
            db.connection(execution_options={"reads": True})
            data = pieces.one(db, taken.hash, place)
        yield data
