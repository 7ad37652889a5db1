"""What a browser keeps for good is named by its bytes; what a running server gives is never written over."""

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import requests

from app import kept
from app.shells import SHELLS, given
from tests.support.addresses import static
from tests.support.databases import ROOT, one_database
from tests.support.server import Server

OLD = {"css/app.css": b"old", "js/pages/case.js": b"the same"}
NEW = {**OLD, "css/app.css": b"new"}
NAMED = re.compile(r"/static/[0-9a-f]{16}/[\w/.-]+")


def make(build: Path, files: kept.Files = OLD) -> str:
    """Gives: the name of the files' folder."""
    kept.write_build(
        build, files, lambda at: {"en/case.html": f"<link href={kept.address(at, 'css/app.css')}>".encode()}
    )
    time.sleep(0.02)  # a file system's clock ticks in hundredths
    return kept.name(files)


def names(build: Path) -> set[str]:
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


def test_all_that_a_page_names_is_listed_to_be_signed(built: None, tmp_path: Path) -> None:
    listed = given(ROOT / "build", tmp_path)
    named = [set(NAMED.findall(listed[address].decode())) for address in SHELLS]
    assert all(named) and set().union(*named) < listed.keys()


@pytest.mark.slow
@one_database
def test_a_site_goes_on_while_the_next_build_is_made(make_server: Callable[..., Server], tmp_path: Path) -> None:
    pages = Path(shutil.copytree(ROOT / "build", tmp_path / "pages"))
    server = make_server(workers=1, settings={"ALONGSIDE_BUILD": str(pages)})
    before = requests.get(f"{server.url}/case", timeout=10).text
    name = make(pages, {**kept.sources(), "css/app.css": b"other"})
    assert requests.get(f"{server.url}/case", timeout=10).text == before
    named = set(NAMED.findall(before))
    assert len(named) > 3 and {requests.get(server.url + one, timeout=10).status_code for one in named} == {200}
    other = requests.get(server.url + kept.address(name, "css/app.css"), timeout=10)  # of a page of another machine
    assert other.content == b"other" and other.headers["Cache-Control"] == kept.FOR_GOOD
    shutil.rmtree(pages / "static" / name)
    assert requests.get(server.url + kept.address(name, "css/app.css"), timeout=10).status_code == 404


def test_the_style_is_given_without_its_comments_and_with_each_rule(built: None) -> None:
    given = kept.sources()["css/app.css"].decode()
    source = (ROOT / "static" / "css" / "app.css").read_text(encoding="utf-8")
    rules = [line.split("/*")[0].strip() for line in source.splitlines() if "{" in line.split("/*")[0]]
    assert "/*" in source and "/*" not in given and len(rules) > 100
    assert all(rule in given for rule in rules)


def test_another_byte_or_another_path_is_another_name() -> None:
    moved = {"css/app.css": b"old", "js/pages/cases.js": b"the same"}
    assert len({kept.name(files) for files in (OLD, NEW, moved)}) == 3
    assert kept.name(dict(reversed(OLD.items()))) == kept.name(OLD)


def test_the_next_build_stands_beside_the_one_that_is_given_and_many_builds_later_it_goes(tmp_path: Path) -> None:
    was = make(tmp_path)
    page, script = tmp_path / "shells" / kept.current(tmp_path).shells / "en/case.html", f"/static/{was}/css/app.css"
    now = make(tmp_path, NEW)
    assert was in page.read_text() and (tmp_path / script[1:]).read_bytes() == b"old"
    assert kept.current(tmp_path).static == now and kept.address(now, "css/app.css") in kept.given(tmp_path)
    assert script not in kept.given(tmp_path) and kept.older(tmp_path, script) == tmp_path / script[1:]
    for path, data in NEW.items():
        assert brotli.decompress((tmp_path / "static" / now / f"{path}.br").read_bytes()) == data
    for n in range(kept.MOST - 1):
        make(tmp_path, {**OLD, "css/app.css": b"%d" % n})
        assert was in names(tmp_path)
    make(tmp_path)  # back again
    assert kept.current(tmp_path).static == was
    for n in range(kept.MOST + 2):
        make(tmp_path, {**OLD, "css/app.css": b"later %d" % n})
    assert len(names(tmp_path)) == kept.MOST + 2 and was not in names(tmp_path)
    assert len(list((tmp_path / "shells").iterdir())) == kept.MOST + 2


@pytest.mark.parametrize(
    "path",
    ["/static/0123456789abcdef/../../current", "/static/../current", "/current", "//", "/a\0b",
     "/static/0123456789abcdef/a\0b.js", f"/static/0123456789abcdef/{'a' * 5000}.js"],
)  # fmt: skip
def test_nothing_else_of_the_folder_is_given(tmp_path: Path, path: str) -> None:
    was = make(tmp_path)
    assert kept.older(tmp_path, path) is None and kept.older(tmp_path, f"/static/{was}/css/app.css.br") is None
    assert kept.older(tmp_path, f"/static/{was}") is None and kept.older(tmp_path, f"/static/{was}/css/app.css")


def test_a_build_that_is_cut_off_changes_nothing_that_is_given(tmp_path: Path) -> None:
    was = make(tmp_path)

    def cut(_static: str) -> kept.Files:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.write_build(tmp_path, NEW, cut)
    assert kept.current(tmp_path).static == was
    make(tmp_path, {**OLD, "css/app.css": b"newest"})
    assert (tmp_path / "static" / was / "css/app.css").read_bytes() == b"old"


def test_a_file_or_its_packed_twin_that_is_not_whole_is_put_right(tmp_path: Path) -> None:
    folder = tmp_path / "static" / make(tmp_path)
    file, twin, stray = folder / "css/app.css", folder / "js/pages/case.js.br", folder / "js/more.js"
    file.write_bytes(b"altered")
    twin.write_bytes(b"")
    stray.write_bytes(b"nobody's")
    later = tmp_path / "static" / make(tmp_path, NEW) / "js/pages/case.js.br"
    assert brotli.decompress(later.read_bytes()) == b"the same"
    make(tmp_path)
    assert file.read_bytes() == b"old" and brotli.decompress(twin.read_bytes()) == b"the same" and not stray.exists()


def test_pages_that_are_not_built_are_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"python -m app\.cli build"):
        kept.current(tmp_path)
