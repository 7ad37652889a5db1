"""The log in one file: Olga unpacks it and checks it without the site; a byte that somebody changed is named."""

from __future__ import annotations

import io
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from app.audit.routes import MOST_EXPORTS
from crypto.frame import H
from tests.support.databases import Database
from tests.support.organisation import Device, Person, Site
from tests.support.server import Server
from tests.support.tree import take_in, write_events
from tests.unit.auditor.conftest import verdict, wrong

LEAVES = 70_000  # more than one tile of the second level, and more bundles than are read at once


def unpack(data: bytes, folder: Path) -> Path:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def fetch(device: Device) -> bytes:
    answer = device.client.get("/log/export.tar")
    assert (answer.status_code, answer.content_type) == (200, "application/x-tar")
    data = answer.get_data()
    assert len(data) == answer.content_length
    answer.close()
    return data


@pytest.fixture
def grown(site: Site, carl: Person) -> Site:
    write_events(site.store(), carl.site, 600)
    take_in(site)
    for name in ("Nora", "Omar"):
        site.staff(carl, name, "supporter")
    site.staff(carl, "Stan", "steward")
    take_in(site)
    return site


def test_what_is_unpacked_is_found_well_and_a_flipped_byte_is_named(grown: Site, carl: Person, tmp_path: Path) -> None:
    write_events(grown.store(), carl.site, 5)  # not in the tree yet, and so no part of it
    grown.staff(carl, "Uma", "supporter")
    folder = unpack(fetch(grown.device()), tmp_path / "log")
    status, words = verdict(folder, "--site", carl.site.hex())
    assert status == 0, words
    assert "Log 1: 609 leaves, every one checked." in words, words
    assert "Lists of people: 5, each allowed. Bindings shown: 2." in words
    assert "Number 5 of the list of people was not in the log yet." in words
    bundle = folder / "log/1/tile/entries/001"
    data = bytearray(bundle.read_bytes())
    data[40 * 83 + 30] ^= 1
    bundle.write_bytes(data)
    assert wrong(folder).startswith("Leaf 296 of log 1 was changed")


def test_every_log_is_in_it(grown: Site, database: Database, carl: Person, tmp_path: Path) -> None:
    with database.engine.begin() as db:
        db.execute(
            sa.text("insert into logs (number, size, root, checkpoint) values (2, 0, :r, 'none')"), {"r": H(b"")}
        )
    write_events(grown.store(), carl.site, 3)
    take_in(grown)
    folder = unpack(fetch(grown.device()), tmp_path / "log")
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"public.json", "log/1/checkpoint", "log/1/tile/1/000.p/2", "log/2/checkpoint"} < names
    assert {"log/2/tile/entries/000.p/3", "log/2/tile/0/000.p/3"} < names
    assert wrong(folder) == "Log 2 began without a restore that the roots declared."


def test_before_the_site_is_founded_there_is_nothing_to_save(site: Site) -> None:
    for _ in range(MOST_EXPORTS + 1):  # what was refused is not counted as being saved
        assert site.device().client.get("/log/export.tar").status_code == 409


def test_a_few_at_once_may_save_it(grown: Site) -> None:
    open_ones = [grown.device().client.get("/log/export.tar") for _ in range(MOST_EXPORTS)]
    busy = grown.device().client.get("/log/export.tar")
    assert (busy.status_code, busy.get_json()["error"]) == (503, "busy")
    for one in open_ones:
        one.close()
    assert fetch(grown.device())


def test_what_comes_in_while_it_is_fetched_does_not_disturb_it(grown: Site, carl: Person, tmp_path: Path) -> None:
    answer = grown.device().client.get("/log/export.tar")
    pieces = answer.iter_encoded()
    first = next(pieces)
    write_events(grown.store(), carl.site, 400)
    take_in(grown)
    status, words = verdict(unpack(first + b"".join(pieces), tmp_path / "log"))
    answer.close()
    assert status == 0 and "Log 1: 609 leaves" in words, words


@pytest.mark.slow
def test_the_real_server_sends_a_long_log_whole(
    site: Site, carl: Person, make_server: Callable[..., Server], tmp_path: Path
) -> None:
    write_events(site.store(), carl.site, LEAVES)
    take_in(site)
    instance = tmp_path / "server-0" / "instance"
    instance.mkdir(parents=True)
    shutil.copyfile(site.config.instance / "log.key", instance / "log.key")
    server = make_server()
    answer = requests.get(f"{server.url}/log/export.tar", timeout=60)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="log.tar"'
    assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-store"
    status, words = verdict(unpack(answer.content, tmp_path / "log"))
    assert status == 0 and f"Log 1: {LEAVES + 3:,} leaves" in words, words
    head = requests.head(f"{server.url}/log/export.tar", timeout=60)
    assert head.headers["Content-Length"] == str(len(answer.content))
