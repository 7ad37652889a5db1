"""Which editions of an instrument there are, and what the next one must be. An edition is kept as it came, for good.

Where a site has uploaded an edition of a number that a later release of this software ships too, the site's own counts:
its rows were made under it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select

from app import clock
from app.db import Store
from app.errors import Refusal
from app.instruments.models import Edition
from instruments import editions as shipped
from instruments import needed
from instruments.dictionary import look_over, read_dictionary, write_dictionary
from instruments.differences import Differences, differences
from instruments.errors import DictionaryError
from instruments.field import Instrument

MOST_BYTES = 1_000_000
MOST_FAULTS = 100
_ID = re.compile(r"([a-z]+)\.v([1-9][0-9]{0,5})")


@dataclass(frozen=True)
class Known:
    """An edition of an instrument. `day` and `by` are None for one that ships with the software."""

    id: str
    name: str
    edition: int
    day: int | None
    by: bytes | None


def known(db: Store) -> list[Known]:
    """Every edition that rows and accounts may name, by name, the newest first."""
    uploaded = db.execute(select(Edition.name, Edition.edition, Edition.day, Edition.by))
    own = {(one.name, one.edition): (one.day, one.by) for one in uploaded}
    every = own | {key: own.get(key, (None, None)) for key in shipped.every_edition()}
    order = sorted(every, key=lambda key: (key[0], -key[1]))
    return [Known(f"{name}.v{edition}", name, edition, *every[name, edition]) for name, edition in order]


def is_known(db: Store, id_: str) -> bool:
    """Whether there is an edition of this id ("intake.v2"): what is sealed under any of them is taken."""
    return id_ in {one.id for one in known(db)}


def find(db: Store, id_: str) -> Instrument:
    """The edition of this id. Raises: Refusal 404 `no-such-instrument`."""
    found = _ID.fullmatch(id_)
    if found is None:
        raise _unknown()
    name, edition = found[1], int(found[2])
    own = db.scalar(select(Edition.dictionary).where(Edition.name == name, Edition.edition == edition))
    if own is not None:
        return _read(name, edition, own)
    try:
        return shipped.load(name, edition)
    except LookupError:
        raise _unknown() from None


def newest(db: Store, name: str) -> Instrument:
    """The edition that is asked from the next start on. Raises: Refusal 404 `no-such-instrument`."""
    of_name = [one for one in known(db) if one.name == name]
    if not of_name:
        raise _unknown()
    return find(db, of_name[0].id)


def own(db: Store) -> list[Instrument]:
    """The editions that were uploaded here."""
    return [_read(one.name, one.edition, one.dictionary) for one in db.scalars(select(Edition).order_by(Edition.name))]


def look_at(db: Store, name: str, dictionary: bytes) -> tuple[Instrument, Differences]:
    """What a dictionary would be as the next edition of an instrument, and what it changes. Stores nothing.

    Raises: Refusal 404 `no-such-instrument`; 413 `too-large`; 400 `dictionary` with wrong: [{line, column, words}].
    """
    before = newest(db, name)
    after = _sound(dictionary, name, before.edition + 1)
    if wrong := [*needed.missing(after), *needed.changed_codes(before, after), *needed.too_long(after)]:
        raise _refused(wrong)
    return after, differences(before, after)


def try_out(dictionary: bytes) -> Instrument:
    """Any REDCap dictionary, read. Stores nothing. Raises: Refusal 413 `too-large`; 400 `dictionary`."""
    return _sound(dictionary, "any", 1)


def store(db: Store, name: str, dictionary: bytes, *, after: str, by: bytes) -> str:
    """Keep the next edition of an instrument for good; its id. The same again: its id.

    after: the id of the edition that the coordinator compared it with.
    Raises: Refusal as `look_at`; 409 `newer` when another edition came in between; 409 `same` when it changes nothing.
    """
    if twice := _stored_already(db, name, dictionary, after):
        return twice
    edition, changes = look_at(db, name, dictionary)
    if after != f"{name}.v{edition.edition - 1}":
        raise Refusal(409, "newer", "Somebody stored another version in between. Compare with that one first.")
    if changes.nothing:
        raise Refusal(409, "same", "This is the version that there is already. Nothing was stored.")
    row = {
        "name": name, "edition": edition.edition, "dictionary": write_dictionary(edition).encode(), "by_fp": by,
        "day": clock.today(),
    }  # fmt: skip
    if not db.put_new(Edition, row):
        raise Refusal(409, "newer", "Somebody stored another version in between. Compare with that one first.")
    return edition.id


def _stored_already(db: Store, name: str, dictionary: bytes, after: str) -> str:
    """The id that these very bytes were given, when the answer was lost on its way; or ""."""
    there = newest(db, name)
    if after != f"{name}.v{there.edition - 1}" or there.edition not in {one.edition for one in own(db)}:
        return ""
    again, wrong = look_over(dictionary, name=name, edition=there.edition, also_known=shipped.CONSENTS)
    return there.id if not wrong and again == there else ""


def _sound(dictionary: bytes, name: str, edition: int) -> Instrument:
    if len(dictionary) > MOST_BYTES:
        raise Refusal(413, "too-large", "This dictionary is too large. Nothing was stored.")
    read, wrong = look_over(dictionary, name=name, edition=edition, also_known=shipped.CONSENTS)
    if wrong:
        raise _refused(wrong)
    return read


def _refused(wrong: list[DictionaryError]) -> Refusal:
    told = [{"line": one.line, "column": one.column, "words": one.words} for one in wrong[:MOST_FAULTS]]
    return Refusal(
        400, "dictionary", "This dictionary can’t be used as it is. Nothing was stored.", wrong=told, count=len(wrong)
    )


def _unknown() -> Refusal:
    return Refusal(404, "no-such-instrument", "There is no such version of a questionnaire here.")


@lru_cache(maxsize=32)  # an edition never changes
def _read(name: str, edition: int, dictionary: bytes) -> Instrument:
    return read_dictionary(dictionary, name=name, edition=edition, also_known=shipped.CONSENTS)
