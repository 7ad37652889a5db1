"""The canary search finds what it is there to find, in each place and encoding, and never passes by looking away."""

import base64
import gzip
import html
import json
import sqlite3
import urllib.parse
import zlib
from pathlib import Path

import brotli
import pytest

from tests.support.canary import CanaryFound, LookedAtNothing, Place, folder, new_canary, search, word_of

CANARY = new_canary("the night of the conference")
WORD = word_of(CANARY).encode()
ENCODINGS = {
    "plain": CANARY.encode(),
    "in capitals": CANARY.upper().encode(),
    "utf-16 little": CANARY.encode("utf-16-le"),
    "utf-16 big": CANARY.encode("utf-16-be"),
    "utf-32": CANARY.encode("utf-32-le"),
    "hex": CANARY.encode().hex().encode(),
    "capital hex": CANARY.encode().hex().upper().encode(),
    "reversed": WORD[::-1],
    "percent": urllib.parse.quote(CANARY).encode(),
    "percent, each byte": "".join(f"%{b:02X}" for b in CANARY.encode()).encode(),
    "a form": urllib.parse.urlencode({"account": CANARY}).encode(),
    "json": json.dumps({"text": CANARY}).encode(),
    "json escapes": "".join(f"\\u{b:04x}" for b in WORD).encode(),
    "a list of bytes": json.dumps(list(WORD)).encode(),
    "a dense list of bytes": json.dumps(list(WORD), separators=(",", ":")).encode(),
    "html": html.escape(CANARY).encode(),
    "gzip": gzip.compress(CANARY.encode()),
    "zlib": zlib.compress(CANARY.encode()),
    "deflate": zlib.compress(CANARY.encode(), wbits=-15),
    "brotli": brotli.compress(CANARY.encode()),
    "base64 inside gzip": gzip.compress(base64.b64encode(CANARY.encode())),
    **{f"base64 after {n}": base64.b64encode(b"x" * n + CANARY.encode()) for n in range(3)},
    **{f"url base64 after {n}": base64.urlsafe_b64encode(b"\xff" * n + CANARY.encode()) for n in range(3)},
    "base64 of utf-16": base64.b64encode(CANARY.encode("utf-16-le")),
}


@pytest.mark.parametrize("planted", ENCODINGS.values(), ids=ENCODINGS)
def test_a_canary_is_found_in_each_encoding(planted: bytes) -> None:
    noise = Place("noise", b"known", {"first": b"known and harmless", "second": planted})
    with pytest.raises(CanaryFound, match="second"):
        search([CANARY], [noise])


def test_a_canary_is_found_in_a_sqlite_file_and_in_its_log(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "alongside.sqlite")
    db.execute("pragma journal_mode=wal")
    db.execute("create table cases (id text, body text)")
    db.commit()
    db.execute("pragma wal_checkpoint(truncate)")
    search([CANARY], [folder("database", tmp_path, b"CREATE TABLE cases")])
    db.execute("insert into cases values ('1', ?)", [CANARY])
    db.commit()
    with pytest.raises(CanaryFound, match=r"sqlite-wal"):
        search([CANARY], [folder("database", tmp_path, b"CREATE TABLE cases")])
    db.execute("pragma wal_checkpoint(truncate)")
    with pytest.raises(CanaryFound, match=r"alongside\.sqlite"):
        search([CANARY], [folder("database", tmp_path, b"CREATE TABLE cases")])
    db.close()


def test_a_canary_is_found_in_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / f"upload-{WORD.decode()}.bin").write_bytes(b"known")
    with pytest.raises(CanaryFound, match="names of files"):
        search([CANARY], [folder("temporary files", tmp_path, b"known")])


def test_harmless_text_passes(tmp_path: Path) -> None:
    (tmp_path / "server.log").write_text("GET /intake 200")
    search([CANARY, new_canary()], [folder("logs", tmp_path, b"GET /intake")])


def test_a_search_for_nothing_fails() -> None:
    with pytest.raises(LookedAtNothing):
        search([], [Place("logs", b"known", {"a": b"known"})])


def test_a_search_nowhere_fails() -> None:
    with pytest.raises(LookedAtNothing):
        search([CANARY], [])


def test_a_place_that_is_empty_or_was_not_read_fails(tmp_path: Path) -> None:
    with pytest.raises(LookedAtNothing, match="logs"):
        search([CANARY], [folder("logs", tmp_path / "missing", b"known")])
    with pytest.raises(LookedAtNothing, match="titles"):
        search([CANARY], [Place("titles", b"known", {"a": b"something else"})])
    with pytest.raises(LookedAtNothing, match="titles"):
        search([CANARY], [Place("titles", b"", {"a": b"something"})])


def test_a_canary_too_short_to_be_told_from_chance_is_refused() -> None:
    with pytest.raises(LookedAtNothing):
        search(["abc def"], [Place("logs", b"known", {"a": b"known"})])
