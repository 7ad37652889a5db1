"""The log in one file: Olga unpacks it and checks it without the site; a byte that somebody changed is named."""

from __future__ import annotations

import io
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.audit import sending
from app.audit.export import Source
from app.audit.routes import BINDINGS, SIGNED
from app.audit.saved import saved
from crypto.frame import H
from tests.support.databases import Database
from tests.support.organisation import Device, Person, Site
from tests.support.tree import take_in, write_events
from tests.support.unpacked import unpack
from tests.unit.auditor.conftest import verdict, wrong


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
    for _ in range(sending.MOST + 1):  # what was refused is not counted as being saved
        assert site.device().client.get("/log/export.tar").status_code == 409


def ask(site: Site, address: str, method: str = "GET") -> Any:
    return site.device().client.open("/log/export.tar", method=method, environ_overrides={"REMOTE_ADDR": address})


def exports(site: Site) -> list[str]:
    return sorted(path.name for path in site.config.instance.glob("log-export.*tar"))


def test_a_few_at_once_may_save_it_and_nobody_takes_two_places(grown: Site) -> None:
    open_ones = [ask(grown, f"10.0.0.{n}") for n in range(sending.MOST - 1)]
    assert {one.status_code for one in open_ones} == {200}
    again = ask(grown, "10.0.0.0")
    assert (again.status_code, again.get_json()["error"]) == (503, "busy")
    open_ones.append(ask(grown, "10.0.0.9"))
    assert (open_ones[-1].status_code, ask(grown, "10.0.0.10").status_code) == (200, 503)
    for one in open_ones:
        one.close()
    assert fetch(grown.device())


def test_it_is_written_once_for_each_state_of_the_log(grown: Site, carl: Person) -> None:
    first = fetch(grown.device())
    (name,) = exports(grown)
    file = grown.config.instance / name
    assert file.read_bytes() == first and file.stat().st_mode & 0o777 == 0o600
    stamp = file.stat().st_mtime_ns
    assert fetch(grown.device()) == first and (exports(grown), file.stat().st_mtime_ns) == ([name], stamp)
    write_events(grown.store(), carl.site, 3)
    take_in(grown)
    assert fetch(grown.device()) != first
    assert len(exports(grown)) == 1 and exports(grown) != [name], "the one before went"


def test_who_asks_how_long_it_is_has_nothing_written(grown: Site) -> None:
    before = ask(grown, "10.0.0.1", "HEAD")
    assert (before.status_code, before.content_type, before.content_length) == (200, "application/x-tar", None)
    assert exports(grown) == []
    whole = fetch(grown.device())
    assert ask(grown, "10.0.0.1", "HEAD").content_length == len(whole)


def test_of_many_who_ask_at_once_one_writes(grown: Site) -> None:
    source = Source(
        grown.app.extensions["alongside_sessions"], grown.app.extensions[SIGNED], grown.app.extensions[BINDINGS]
    )
    with ThreadPoolExecutor(4) as many:
        files = list(many.map(lambda _: saved(source, grown.config.instance), range(4)))
    assert len({os.fstat(file.fileno()).st_ino for file in files}) == 1
    for file in files:
        file.close()


def send_all(of: Iterator[bytes], to: socket.socket) -> bool:
    """As the server's thread does it: whether it came to the end."""
    try:
        for piece in of:
            to.sendall(piece)
    except OSError:
        return False
    finally:
        of.close()  # type: ignore[attr-defined]  a generator
    return True


@pytest.mark.slow
@pytest.mark.parametrize("a_second", [0, 40_000])
def test_who_reads_nothing_or_hardly_anything_is_cut_off(monkeypatch: pytest.MonkeyPatch, a_second: int) -> None:
    monkeypatch.setattr(sending, "STALL_S", 0.5)
    monkeypatch.setattr(sending, "LEAST_BYTES_S", 4_000_000)
    here, there = socket.socketpair()
    begun, ended = time.monotonic(), threading.Event()

    def read() -> None:
        while a_second and not ended.wait(0.1):
            there.recv(a_second // 10)

    reader = threading.Thread(target=read)
    reader.start()
    file = io.BytesIO(bytes(8_000_000))
    assert not send_all(sending.pieces(file, 8_000_000, lambda: here.shutdown(socket.SHUT_RDWR)), here)
    assert time.monotonic() - begun < 10
    ended.set()
    reader.join()
    here.close(), there.close()


@pytest.mark.slow
def test_who_reads_on_gets_all_of_it_however_long_it_takes_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "STALL_S", 1.0)
    monkeypatch.setattr(sending, "LEAST_BYTES_S", 500_000)
    here, there = socket.socketpair()
    sent = threading.Thread(target=lambda: send_all(sending.pieces(io.BytesIO(data), len(data), here.close), here))
    data, got = os.urandom(3_000_000), b""
    sent.start()
    while len(got) < len(data):
        piece = there.recv(100_000)
        assert piece, "cut off"
        got += piece
        time.sleep(0.05)
    sent.join()
    assert got == data
    here.close(), there.close()


def test_what_comes_in_while_it_is_fetched_does_not_disturb_it(grown: Site, carl: Person, tmp_path: Path) -> None:
    answer = grown.device().client.get("/log/export.tar")
    pieces = answer.iter_encoded()
    first = next(pieces)
    write_events(grown.store(), carl.site, 400)
    take_in(grown)
    status, words = verdict(unpack(first + b"".join(pieces), tmp_path / "log"))
    answer.close()
    assert status == 0 and "Log 1: 609 leaves" in words, words
