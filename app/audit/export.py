"""The whole log as one tar, in the layout that `python -m crypto verify-log FOLDER` reads (SPEC 10, An export).

It is written as it is read, some tiles at a time, each time in a transaction of its own, so that nothing is held open
in the database for long (saved.py keeps what was written). Heads are read first, and trees only grow to the right, so
that all of it is as things stood at one moment.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from app.audit import public
from app.audit.models import ENTRIES, Tile
from app.audit.reading import tile_bytes
from app.db import Store
from app.site import site
from crypto import tree
from crypto.log import SITE_LANES

AT_ONCE = 32  # tiles: at most 680 KB
BLOCK = 512
END = bytes(2 * BLOCK)


@dataclass(frozen=True)
class Source:
    """Where an export reads from. signed, bindings: as `public.page` takes them."""

    make: sessionmaker[Store]
    signed: Mapping[str, public.Signed]
    bindings: Iterable[public.Bindings]

    @contextmanager
    def look(self) -> Iterator[Store]:
        """A transaction that only reads, and soon ends."""
        with self.make() as db:
            db.connection(execution_options={"reads": True})
            yield db


def export(source: Source, now: dict[str, list[Any]]) -> Iterator[bytes]:
    """The pieces of the tar, in order. Args: now: the `heads` that it ends with."""
    with TemporaryFile() as draft:
        size = _write_public(source, now, draft)
        yield from _member("public.json", size, iter(lambda: draft.read(1 << 16), b""))
    for one in now["logs"]:
        note = (one["cosigned"] or one["checkpoint"]).encode()
        yield from _member(f"log/{one['number']}/checkpoint", len(note), [note])
    for one in now["logs"]:
        for run in _runs(one["number"], one["size"]):
            yield from run.members(source)
    yield END


def public_facts(source: Source) -> dict[str, Any]:
    """What an export's `public.json` holds, as it stands now. Raises: Refusal 409 before the site is founded."""
    now = heads(source)
    with TemporaryFile() as draft:
        _write_public(source, now, draft)
        return dict(json.load(draft))


def heads(source: Source) -> dict[str, list[Any]]:
    """Roots, and the heads of all logs. Raises: Refusal 409 before the site is founded."""
    with source.look() as db:
        site(db)
        return public.heads(db)


def _member(name: str, length: int, data: Iterable[bytes]) -> Iterator[bytes]:
    about = tarfile.TarInfo(name)
    about.size, about.mode = length, 0o644
    yield about.tobuf(tarfile.USTAR_FORMAT)
    yield from data
    yield bytes(-length % BLOCK)


@dataclass(frozen=True)
class _Run:
    """Tiles `first` to `end` of one level of a log whose tree has `size` leaves."""

    log: int
    size: int
    level: int
    first: int
    end: int

    def _width(self, n: int) -> int:
        return tree.tile_width(self.size, max(self.level, 0), n)

    def members(self, source: Source) -> Iterator[bytes]:
        here = (Tile.log == self.log, Tile.level == self.level, Tile.n >= self.first, Tile.n < self.end)
        with source.look() as db:
            known = {row.n: row.data for row in db.execute(select(Tile.n, Tile.data).where(*here))}
        for n in range(self.first, self.end):
            width = self._width(n)
            data = known[n][: tile_bytes(self.level, width)]
            path = tree.tile_path("entries" if self.level == ENTRIES else self.level, n, width)
            yield from _member(f"log/{self.log}/{path}", len(data), [data])


def _runs(log: int, size: int) -> Iterator[_Run]:
    """All tiles of a tree, in runs that are read together."""
    for level in (ENTRIES, *range(64)):
        reach = size >> max(level, 0) * tree.HEIGHT
        if not reach:
            return
        many = -(-reach // tree.WIDTH)
        yield from (_Run(log, size, level, at, min(at + AT_ONCE, many)) for at in range(0, many, AT_ONCE))


def _write_public(source: Source, heads: dict[str, list[Any]], draft: IO[bytes]) -> int:
    """What `POST /log/public` says, in one file, as of these heads; its length. The file is at its beginning then."""
    sizes = {one["number"]: one["size"] for one in heads["logs"]}
    draft.write(f'{{"roots":{json.dumps(heads["roots"])},"logs":{json.dumps(heads["logs"])},"lanes":{{'.encode())
    for lane in SITE_LANES:
        events = (_as_of(sizes, one) for page in _pages(source, lane) for one in page.lanes[lane])
        draft.write(f'{"" if lane == SITE_LANES[0] else ","}"{lane}":['.encode())
        _write_list(draft, events)
    draft.write(b'},"bindings":[')
    _write_list(draft, (one for page in _pages(source, public.BINDINGS) for one in page.bindings))
    draft.write(b"}\n")
    size = draft.tell()
    draft.seek(0)
    return size


def _write_list(draft: IO[bytes], things: Iterable[Any]) -> None:
    for number, thing in enumerate(things):
        draft.write(b"," * bool(number) + json.dumps(thing).encode())
    draft.write(b"]")


def _pages(source: Source, part: str) -> Iterator[public.Page]:
    """The pages of one part alone."""
    after: public.Place | None = public.Place(part)
    while after and after.part == part:
        with source.look() as db:
            page = public.page(db, source.signed, source.bindings, after)
        yield page
        after = page.more


def _as_of(sizes: dict[int, int], event: dict[str, Any]) -> dict[str, Any]:
    """An event as it stood when the heads were read: what came into a log after that waits."""
    inside = event["position"] is not None and event["position"] < sizes.get(event["log"], 0)
    return event if inside else {**event, "log": None, "position": None}
