"""Olga checks the whole log, away from the site: a release stands in it as the steward signed it, or she is told."""

from pathlib import Path

import sqlalchemy as sa

from crypto import keys
from crypto.signing import read_signed
from demo.releases import Researcher, Steward
from tests.support.people import CastInside
from tests.support.releases import folder
from tests.support.tree import take_in
from tests.support.unpacked import unpack
from tests.unit.auditor.conftest import verdict, wrong


def export(cast: CastInside, to: Path) -> Path:
    return unpack(cast.wire.another().get("/log/export.tar").data, to)


def test_published_releases_are_checked_with_the_log(cast: CastInside, stan: Steward, tmp_path: Path) -> None:
    stan.publish(folder())
    stan.publish(folder("tables"))
    take_in(cast)
    status, words = verdict(export(cast, tmp_path / "log"))
    assert (status, "Releases of research: 2, each signed by a research steward and as it was logged." in words) == (
        0,
        True,
    ), words


def test_a_release_that_is_told_otherwise_than_it_was_logged_is_named(
    cast: CastInside, stan: Steward, tmp_path: Path
) -> None:
    stan.publish(folder())
    take_in(cast)
    other = stan.make_release(folder("tables"))["release"]
    with cast.database.engine.begin() as db:
        db.execute(sa.text("update releases set signed = :other"), {"other": other})
    assert "number 1 of the releases" in wrong(export(cast, tmp_path / "log"))


def test_a_release_that_no_steward_signed_is_named(
    cast: CastInside, stan: Steward, rita: Researcher, tmp_path: Path
) -> None:
    """The same bytes as in the log, and a researcher's signature under them."""
    stan.publish(folder())
    take_in(cast)
    with cast.database.engine.begin() as db:
        (signed,) = db.execute(sa.text("select signed from releases")).one()
        thing = read_signed(bytes(signed))[0]
        other = keys.sign_thing(thing, [(rita.fp, rita.identity.ed_seed)])
        db.execute(sa.text("update releases set signed = :other"), {"other": other})
    assert "number 1 of the releases was signed by no research steward" in wrong(export(cast, tmp_path / "log"))


def test_a_release_that_outlives_its_steward_is_well(cast: CastInside, stan: Steward, tmp_path: Path) -> None:
    stan.publish(folder())
    cast.carl.list_people(revoke=(stan.fp,))
    take_in(cast)
    status, words = verdict(export(cast, tmp_path / "log"))
    assert (status, "Releases of research: 1, each signed" in words) == (0, True), words
