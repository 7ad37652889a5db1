"""The pages of a release are listed, signed away from the server, put on the log, and compared from outside."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.shells import given
from crypto import keys
from crypto.manifest import make_manifest, read_manifest
from crypto.signing import read_signed
from demo.wire import b64
from tests.support import rotation
from tests.support.addresses import script, static
from tests.support.databases import ROOT
from tests.support.editions import SECOND
from tests.support.rotation import offline
from tests.support.server import Server
from tests.support.stage import Stage
from tests.support.tree import wait_until_all_are_in
from tests.support.typed import Done

ZEROS = bytes(32)


@pytest.fixture
def server(make_server: Callable[..., Server], tmp_path: Path) -> Server:
    """A server that gives pages of its own, which a test may alter."""
    shutil.copytree(ROOT / "build", tmp_path / "pages")
    return make_server(workers=1, settings={"ALONGSIDE_BUILD": str(tmp_path / "pages")})


@pytest.fixture
def stage(server: Server) -> Stage:
    return Stage(server)


def sheet(stage: Stage) -> str:
    return keys.root_sheet_text(stage.carl.root_code)


def signed(stage: Stage, pages: Path, typed: str | None = None) -> Path:
    """What `make manifest` and `python -m crypto sign` leave, once the holder of the root sheet has typed it."""
    (pages / "manifest.alongside.signed").unlink(missing_ok=True)
    stage.server.run("manifest")
    done = offline("sign", pages / "manifest.alongside", given=f"yes\n{typed or sheet(stage)}\n")
    assert done.returncode == 0, done.stderr
    return pages / "manifest.alongside.signed"


def publish(stage: Stage, file: Path) -> Done:
    done = rotation.at_server(stage.server, "publish-manifest", file)
    wait_until_all_are_in(stage.server.database)
    return done


@pytest.mark.slow
def test_pages_as_signed_are_found_so_and_another_site_or_a_script_altered_later_is_named(
    stage: Stage, tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    done = publish(stage, signed(stage, pages))
    assert done.returncode == 0, done.stderr
    stage.server.restart()  # what it gives is read at its start
    site = stage.carl.site.hex()
    good = offline("verify-site", stage.server.url, "--site", site)
    assert good.returncode == 0, good.stderr + good.stdout
    assert (
        "files are as signed" in good.stdout
        and len(good.stdout.split("Seen from here: ")[1].split("\n")[0].split()) == 6
    )
    other = offline("verify-site", stage.server.url, "--site", "ab" * 32)
    assert other.returncode == 1 and "This is another site" in other.stderr

    file = pages / script("worker/main.js")[1:]
    file.write_text(file.read_text() + "// one line more\n")
    stage.server.restart()
    bad = offline("verify-site", stage.server.url, "--site", site)
    assert bad.returncode == 1
    assert f"{script('worker/main.js')} is not what the organisation signed" in bad.stderr


@pytest.mark.slow
def test_pages_of_its_own_are_listed_as_the_next_start_makes_them(stage: Stage, tmp_path: Path) -> None:
    """Of a site with its own questions: its page of them was made for the build that is still served."""
    server = stage.server
    stage.carl.act("/instruments/store", name="intake", dictionary=b64(SECOND), after="intake.v1")
    server.run("own-pages")
    page = server.instance / "pages" / "shells" / "en" / "intake.html"
    fresh = page.read_bytes()
    page.write_bytes(fresh.replace(static("")[8:24].encode(), b"0" * 16))
    with pytest.raises(FileNotFoundError, match="/intake names /static/0000"):
        given(tmp_path / "pages", server.instance / "pages")
    server.run("manifest")
    listed = read_manifest((tmp_path / "pages" / "manifest.alongside").read_bytes())["files"]
    assert listed["/intake"] == hashlib.sha256(fresh).digest() and static("css/app.css") in listed
    assert page.read_bytes() != fresh, "what is served stays as it is until then"


@pytest.mark.slow
def test_a_holder_who_thinks_again_signs_nothing_and_a_list_signed_by_nobody_is_not_taken(
    stage: Stage, tmp_path: Path
) -> None:
    stage.server.run("manifest")
    file = tmp_path / "pages" / "manifest.alongside"
    done = offline("sign", file, given="no\n")
    assert done.returncode == 1 and "Nothing was signed" in done.stderr
    assert not file.with_name("manifest.alongside.signed").exists()
    assert "This is the list of pages and scripts." in done.stdout and stage.carl.site.hex()[:4] in done.stdout

    other = keys.root_sheet_text(os.urandom(20))
    done = publish(stage, signed(stage, tmp_path / "pages", typed=other))
    assert done.returncode == 1 and "Not enough holders of root sheets have signed" in done.stderr
    none = offline("verify-site", stage.server.url)
    assert none.returncode == 1 and "has signed no list of its pages" in none.stderr


@pytest.mark.slow
def test_each_list_follows_the_one_before_in_its_lane_and_under_another_log_key_the_pages_are_signed_again(
    stage: Stage, tmp_path: Path
) -> None:
    pages, server = tmp_path / "pages", stage.server
    publish(stage, signed(stage, pages))
    assert publish(stage, signed(stage, pages)).returncode == 0
    lanes = stage.carl.post("/log/public")["lanes"]["manifest"]
    assert [one["n"] for one in lanes] == [1, 2]
    again = read_manifest(read_signed((pages / "manifest.alongside.signed").read_bytes())[0])
    assert again["version"] == 2 and again["prev"] != ZEROS
    assert (
        "/" in again["files"] and "/static/site.json" in again["files"] and script("worker/main.js") in again["files"]
    )

    away = rotation.signed(server, tmp_path / "away", stage.carl.root_code, "--log-vkey", rotation.new_key(server))
    assert rotation.at_server(server, "take-root", away).returncode == 0
    before = offline("verify-site", server.url)
    assert before.returncode == 1 and "/static/site.json is not what the organisation signed" in before.stderr
    assert publish(stage, signed(stage, pages)).returncode == 0
    after = offline("verify-site", server.url, "--site", stage.carl.site.hex())
    assert after.returncode == 0, after.stderr + after.stdout


@pytest.mark.parametrize("files", [{}, {"no-slash": ZEROS}, {"/two words": ZEROS}, {"/line\nbreak": ZEROS}])
def test_a_path_that_could_be_read_in_two_ways_is_not_listed(files: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match="a manifest lists"):
        make_manifest(ZEROS, 1, ZEROS, files)
