"""What a browser keeps for good is named by its bytes; all else is asked for each time."""

import os
import time
from pathlib import Path

import brotli
import requests

from app import kept
from tests.support.addresses import static
from tests.support.server import Server

OLD = {"css/app.css": b"old", "js/pages/case.js": b"the same"}
NEW = {**OLD, "css/app.css": b"new"}
NEWEST = {**OLD, "css/app.css": b"newest"}


def builds(build: Path) -> set[str]:
    return {path.name for path in (build / "static").iterdir()}


def test_a_page_comes_anew_and_what_it_names_is_kept(shared_server: Server) -> None:
    said = {}
    for path in ("/sign-in", static("js/worker/main.js"), static("css/app.css"), static("js/gone.js"),
                 "/static/data-use.v1.txt", "/static/instruments/intake.v1.json", "/static/site.json"):  # fmt: skip
        said[path.split("/")[-1]] = requests.get(shared_server.url + path, timeout=10).headers["Cache-Control"]
    assert said == {
        "sign-in": "no-store", "main.js": kept.FOR_GOOD, "app.css": kept.FOR_GOOD, "gone.js": "no-store",
        "data-use.v1.txt": "no-cache", "intake.v1.json": "no-cache", "site.json": "no-store",
    }  # fmt: skip


def test_another_byte_or_another_path_is_another_name() -> None:
    moved = {"css/app.css": b"old", "js/pages/cases.js": b"the same"}
    assert len({kept.name(files) for files in (OLD, NEW, moved)}) == 3
    assert kept.name(dict(OLD)) == kept.name(OLD)


def test_pages_that_are_open_keep_what_they_have_and_what_nobody_has_open_goes(tmp_path: Path) -> None:
    kept.write_build(tmp_path, OLD)
    time.sleep(0.02)  # a file system's clock ticks in hundredths
    kept.write_build(tmp_path, NEW)
    was, now = (f"static/{kept.name(files)}" for files in (OLD, NEW))
    assert (tmp_path / was / "css/app.css").read_bytes() == b"old"
    assert kept.address(tmp_path, "css/app.css") == f"/{now}/css/app.css"
    assert kept.is_of_now(tmp_path, f"/{now}/css/app.css") and kept.is_of_now(tmp_path, "/static/site.json")
    assert not kept.is_of_now(tmp_path, f"/{was}/css/app.css")
    for path, data in NEW.items():
        assert brotli.decompress((tmp_path / now / f"{path}.br").read_bytes()) == data
    time.sleep(0.02)
    kept.write_build(tmp_path, NEWEST)
    assert builds(tmp_path) == {kept.name(NEW), kept.name(NEWEST)}
    time.sleep(0.02)
    kept.write_build(tmp_path, NEW)  # back again
    assert builds(tmp_path) == {kept.name(NEW), kept.name(NEWEST)} and kept.address(tmp_path, "").split("/")[2] in now


def test_a_file_that_was_altered_where_it_stands_is_put_right(tmp_path: Path) -> None:
    kept.write_build(tmp_path, OLD)
    there = tmp_path / kept.address(tmp_path, "css/app.css")[1:]
    there.write_bytes(b"altered")
    (there.parent / "more.js").write_bytes(b"nobody's")
    os.utime(there)
    kept.write_build(tmp_path, OLD)
    assert there.read_bytes() == b"old" and not (there.parent / "more.js").exists()
