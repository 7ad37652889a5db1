"""Olga checks the whole log, away from the site: a release stands in it as the steward signed it, or she is told."""

import io
import tarfile
from pathlib import Path

import sqlalchemy as sa

from demo.releases import Steward
from tests.support.people import CastInside
from tests.support.releases import folder
from tests.support.tree import take_in
from tests.unit.auditor.conftest import verdict, wrong


def export(cast: CastInside, to: Path) -> Path:
    with tarfile.open(fileobj=io.BytesIO(cast.wire.another().get("/log/export.tar").data)) as tar:
        tar.extractall(to, filter="data")
    return to


def test_published_releases_are_checked_with_the_log(cast: CastInside, stan: Steward, tmp_path: Path) -> None:
    stan.publish(folder())
    stan.publish(folder("tables"))
    take_in(cast)
    status, words = verdict(export(cast, tmp_path / "log"))
    assert (status, "Releases of research: 2, each as it was logged." in words) == (0, True), words


def test_a_release_that_is_told_otherwise_than_it_was_logged_is_named(
    cast: CastInside, stan: Steward, tmp_path: Path
) -> None:
    stan.publish(folder())
    take_in(cast)
    other = stan.make_release(folder("tables"))["release"]
    with cast.database.engine.begin() as db:
        db.execute(sa.text("update releases set signed = :other"), {"other": other})
    assert "number 1 of the releases" in wrong(export(cast, tmp_path / "log"))
