"""A copy of the database names a log key that the machine has no longer: the log goes on, and under a key that is believed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app import restoring
from app.audit import head, sequencer, signer
from crypto import checkpoint
from crypto.auditor.audit import audit
from crypto.auditor.memory import Remembered
from tests.support.backup import back_up, put_back
from tests.support.databases import Database
from tests.support.organisation import Site
from tests.support.rotating import Rotating
from tests.support.tree import check_tree, rows, take_in, write_events
from tests.unit.audit.test_restores import Inside, quiet

pytestmark = pytest.mark.slow


@pytest.fixture
def rotating(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Rotating:
    return Rotating(site, tmp_path, monkeypatch, capsys)


@pytest.fixture
def lost(rotating: Rotating, database: Database) -> Rotating:
    """The copy is of before the rotation; the old key was kept."""
    backup = back_up(database)
    rotating.rotate()
    write_events(rotating.site.store(), rotating.carl.site, 3)
    take_in(rotating.site)
    put_back(database, backup)
    signer.load(rotating.site.config.instance)  # as a process does that begins now
    return rotating


@pytest.fixture
def gone(lost: Rotating) -> Rotating:
    """The old key had leaked, and was deleted."""
    for kept in lost.site.config.instance.glob("log.key.*"):
        kept.unlink()
    return lost


def lying_here(rotating: Rotating) -> str:
    return signer.vkey_of(signer.read(rotating.site.config.instance / signer.KEY))


def restore(rotating: Rotating) -> tuple[int, str]:
    rotating.said()
    return restoring.make_restore(rotating.site.config), rotating.said()


def declare(rotating: Rotating) -> tuple[int, str]:
    """The file that `restore` wrote is signed and taken in."""
    file = rotating.site.config.instance / restoring.FILE
    signed = rotating.folder / "signed"
    signed.write_bytes(rotating.site.by_roots(file.read_bytes()))
    return restoring.declare_restore(rotating.site.config, signed), rotating.said()


def test_a_key_that_was_kept_signs_the_next_log(lost: Rotating, database: Database) -> None:
    files = lost.kept()
    assert restore(lost)[0] == 0 and declare(lost)[0] == 0
    assert take_in(lost.site) > 0
    assert check_tree(database, 2) > 0, "under the key that the newest root names"
    assert signer.vkey() != lying_here(lost) and lost.kept() == files, "no file is renamed"
    new = lying_here(lost)
    assert lost.sign("--log-vkey", new)[0] == 0 and lost.take()[0] == 0
    assert take_in(lost.site) > 0 and signer.vkey() == new
    check_tree(database, 1)
    check_tree(database, 2)


def test_a_restore_under_a_key_that_nobody_believes_is_refused(gone: Rotating, database: Database) -> None:
    named = gone.site.facts()["log_vkey"]
    status, said = restore(gone)
    number = checkpoint.read_vkey(named)["key_id"].hex()
    assert status == 1 and f"log.key.{number}" in said and lying_here(gone) in said and "docs/restore.md" in said, said
    assert not (gone.site.config.instance / restoring.FILE).exists()
    assert len(rows(database, "select number from logs")) == 1


def test_a_restore_that_was_signed_before_the_key_was_deleted_is_refused_too(
    lost: Rotating, database: Database
) -> None:
    assert restore(lost)[0] == 0
    for kept in lost.site.config.instance.glob("log.key.*"):
        kept.unlink()
    signer.load(lost.site.config.instance)
    status, said = declare(lost)
    assert status == 1 and "before the log's key was changed" in said
    assert len(rows(database, "select number from logs")) == 1 and not rows(database, "select log from restores")


@pytest.mark.parametrize("key", [lying_here, Rotating.new_key])
def test_when_it_is_gone_for_good_the_roots_name_another_and_then_declare(
    gone: Rotating, database: Database, key: Callable[[Rotating], str]
) -> None:
    with pytest.raises(sequencer.OtherLogKey):
        take_in(gone.site)
    new = key(gone)
    status, said = gone.sign("--log-vkey", new)
    assert status == 0, said
    status, said = gone.take()
    assert status == 0 and "app.cli restore" in said, said
    with pytest.raises(head.Behind):  # it signs no second tree of log 1 under the new key either
        take_in(gone.site)
    check_tree(database, 1)
    assert restore(gone)[0] == 0
    status, said = declare(gone)
    assert status == 0, said
    assert take_in(gone.site) == 3, "the root, the list, the restore"
    assert (check_tree(database, 1), check_tree(database, 2)) == (5, 3)
    assert gone.site.facts()["log_vkey"] == new == signer.vkey() == lying_here(gone)
    report = audit(Inside(gone.site), Remembered(), gone.carl.site, quiet)
    assert [(one.number, one.counts) for one in report.heads] == [(1, 5), (2, 3)]
    assert gone.site.enrol("Sara").share, "people go on"


def test_whoever_has_the_key_declares_first(lost: Rotating, database: Database) -> None:
    assert lost.sign("--log-vkey", lying_here(lost))[0] == 0
    status, said = lost.take()
    assert status == 1 and "this database is older than what was signed here" in said
    assert len(rows(database, "select version from roots")) == 1
