"""A long log in one file, from the real server: it comes whole, and who reads nothing of it stops nobody."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import requests

from app.audit import sending
from tests.support.backup import back_up, put_back
from tests.support.databases import Database, Databases, one_database
from tests.support.organisation import Site
from tests.support.server import Server
from tests.support.tree import take_in, write_leaves
from tests.support.unpacked import unpack
from tests.unit.auditor.conftest import verdict

# The product's own gunicorn settings, and less patience with who does not read.
HURRIED = """
import pathlib
exec(pathlib.Path('gunicorn.conf.py').read_text())
begin_as_ever = post_worker_init
def post_worker_init(worker):
    begin_as_ever(worker)
    from app.audit import sending
    sending.STALL_S = 4.0
"""
LEAVES = 70_000  # more than one tile of the second level, and more bundles than are read at once


class Long(NamedTuple):
    """A site with a log of many leaves, on SQLite; nobody is connected to it."""

    database: Database
    instance: Path


@pytest.fixture(scope="module")
def long(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Long:
    """To write and take in so many leaves takes some seconds: once for all who only read them."""
    home = tmp_path_factory.mktemp("long-log")
    database = databases.fresh("sqlite", home / "database")
    site = Site(database, home / "site")
    write_leaves(site.store(), site.found().site, LEAVES)
    take_in(site, at_once=2 * LEAVES)
    site.close()
    return Long(database, site.config.instance)


def put_back_at(long: Long, database: Database, databases: Databases, tmp_path: Path) -> None:
    """The long log in this database, and its key where the first server of this test looks for it."""
    if database.kind == "sqlite":
        databases.copy(long.database, database.folder)
    else:
        put_back(database, back_up(long.database))
        long.database.close()
    instance = tmp_path / "server-0" / "instance"
    instance.mkdir(parents=True)
    shutil.copyfile(long.instance / "log.key", instance / "log.key")


@pytest.mark.slow
@one_database
def test_six_connections_that_read_nothing_stop_nobody(
    long: Long, database: Database, databases: Databases, make_server: Callable[..., Server], tmp_path: Path
) -> None:
    put_back_at(long, database, databases, tmp_path)
    server = make_server(workers=1, config=HURRIED)
    place = (urlsplit(server.url).hostname, urlsplit(server.url).port)
    held = []
    for _ in range(6):
        held.append(socket.socket())
        held[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        held[-1].connect(place)
        held[-1].sendall(b"GET /log/export.tar HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(2)
    with requests.Session() as olga:
        olga.mount("http://", From("127.0.0.2"))
        answer = olga.get(f"{server.url}/log/export.tar", timeout=60)
        assert answer.status_code == 200 and len(answer.content) == int(answer.headers["Content-Length"])
    with requests.Session() as omar:
        end = time.monotonic() + sending.STALL_S + 20
        while omar.get(f"{server.url}/log/export.tar", timeout=60).status_code != 200:
            assert time.monotonic() < end, "the place of somebody who does not read is not given back"
            time.sleep(0.5)
    for one in held:
        one.close()


class From(requests.adapters.HTTPAdapter):
    """Asks from another address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *given: Any, **options: Any) -> None:
        super().init_poolmanager(*given, source_address=(self._address, 0), **options)


@pytest.mark.slow
def test_the_real_server_sends_a_long_log_whole(
    long: Long, database: Database, databases: Databases, make_server: Callable[..., Server], tmp_path: Path
) -> None:
    put_back_at(long, database, databases, tmp_path)
    server = make_server()
    answer = requests.get(f"{server.url}/log/export.tar", timeout=60)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="log.tar"'
    assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-store"
    status, words = verdict(unpack(answer.content, tmp_path / "log"))
    assert status == 0 and f"Log 1: {LEAVES + 3:,} leaves" in words, words
    head = requests.head(f"{server.url}/log/export.tar", timeout=60)
    assert head.headers["Content-Length"] == str(len(answer.content))
