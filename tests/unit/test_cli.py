"""The command line, as somebody meets it who has just cloned the repository."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import requests

from app import cli, config
from app.http import b64, unb64
from app.kept import current
from tests.support.databases import ROOT
from tests.support.organisation import Site
from tests.support.staying import Address
from tests.support.typed import typed

Run = Callable[..., "subprocess.Popen[str]"]
NAME = "Side by <Side>"
CONTACT = "Ann <ann@example.org>, 100% safe"


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of its own, so that nobody else's is disturbed, of a site with a name and a contact of its own."""
    build = tmp_path_factory.mktemp("build")
    own = _settings(ALONGSIDE_BUILD=str(build), ALONGSIDE_SITE_NAME=NAME, ALONGSIDE_CONTACT=CONTACT)
    subprocess.run([sys.executable, "-m", "app.cli", "build"], cwd=ROOT, env=own, check=True)
    return build


@pytest.fixture
def settings(tmp_path: Path, pages: Path) -> dict[str, str]:
    """An instance folder of its own, and those pages."""
    return {
        "ALONGSIDE_INSTANCE": str(tmp_path / "instance"), "ALONGSIDE_BUILD": str(pages), "ALONGSIDE_SITE_NAME": NAME,
        "ALONGSIDE_CONTACT": CONTACT,
    }  # fmt: skip


@pytest.fixture
def port() -> Iterator[int]:
    """One that nobody else is given before the site listens there."""
    address = Address()
    yield address.port
    address.close()


@pytest.fixture
def run(settings: dict[str, str]) -> Iterator[Run]:
    """Start `python -m app.cli ...` with these settings."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **more: str) -> "subprocess.Popen[str]":
        own = {**settings, **more}
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", *arguments], cwd=ROOT, env=_settings(**own), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        begun.append(process)
        return process

    yield begin
    for process in begun:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


@pytest.mark.slow
def test_serve_answers_names_the_first_step_and_ends_with_all_its_processes(run: Run, port: int) -> None:
    server = run("serve", PORT=str(port))
    said = _lines(server, 3)
    assert said[0] == f"Ready: http://localhost:{port}"
    assert requests.get(f"http://localhost:{port}/", timeout=5).status_code == 200
    link = re.search(rf"http://localhost:{port}/setup#([A-Za-z0-9_-]{{43}})$", said[2])
    assert link, said
    answer = requests.post(
        f"http://localhost:{port}/setup/check", json={"token": link[1]}, headers={"Origin": f"http://localhost:{port}"}, timeout=5
    )  # fmt: skip
    assert answer.json() == {"ok": True}
    family = psutil.Process(server.pid).children(recursive=True)
    assert family
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
    assert [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.slow
def test_a_taken_port_is_said_in_words_before_anything_is_made(settings: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = typed(cli.main, "serve", **settings, PORT=str(port))
    assert done.returncode == 2
    assert f"Port {port} is taken" in done.stderr and "make run PORT=" in done.stderr
    assert "Ready" not in done.stdout
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eighty", "PORT is 'eighty'. Set it to a whole number from 1 to 65535."),
        ("ALONGSIDE_DATABASE_URL", "mysql://x", "ALONGSIDE_DATABASE_URL must begin with"),
        ("ALONGSIDE_NOW", "/dev/null", "ALONGSIDE_NOW moves the clock and is for tests only. Unset it."),
        ("ALONGSIDE_OFFER_LEAST", "9", "ALONGSIDE_OFFER_LEAST is above ALONGSIDE_OFFER_MOST. Swap them."),
        ("ALONGSIDE_HTTPS", "yes", "Set it to 1 for yes, or leave it out for no."),
        ("ALONGSIDE_RATE_LIMIT_STORAGE", "nonsense", "ALONGSIDE_RATE_LIMIT_STORAGE must be memory:// or like"),
        ("ALONGSIDE_CONTACT", "ann@example.org\nor Bob", "Set it to one line of at most 120"),
        ("ALONGSIDE_CONTACT", "a" * 121, "ALONGSIDE_CONTACT is what pages show. Set it to one line of at most 120"),
        ("ALONGSIDE_CONTACT", "ann\u202e@example.org", "ALONGSIDE_CONTACT is what pages show."),
        ("ALONGSIDE_BIND", "nohost.invalid", "ALONGSIDE_BIND is 'nohost.invalid'. Set it to an address of this"),
    ],
)
def test_a_wrong_setting_is_said_in_words(tmp_path: Path, name: str, value: str, words: str) -> None:
    done = typed(cli.main, "migrate", **{"ALONGSIDE_INSTANCE": str(tmp_path / "instance"), name: value})
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.parametrize("url", ["redis://", "redis://sara:hunter22@host:many", "mongodb://host", "memory://host"])
def test_a_place_for_counting_tries_that_cannot_be_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(config.BadSetting, match="ALONGSIDE_RATE_LIMIT_STORAGE must be") as said:
        config.from_environment({"ALONGSIDE_RATE_LIMIT_STORAGE": url})
    assert "hunter22" not in str(said.value)


@pytest.mark.parametrize("url", ["memory://", "redis://10.0.0.7:6379/0", "rediss://sara:hunter22@host"])
def test_a_place_for_counting_tries_that_can_be_is_taken(url: str) -> None:
    assert config.from_environment({"ALONGSIDE_RATE_LIMIT_STORAGE": url}).rate_limit_storage == url


@pytest.mark.parametrize(
    ("said", "address"), [("", "127.0.0.1"), ("localhost", "127.0.0.1"), ("0.0.0.0", "0.0.0.0"), ("::1", "::1")]
)
def test_an_address_to_listen_on_is_one_in_numbers(said: str, address: str) -> None:
    assert config.from_environment({"ALONGSIDE_BIND": said}).bind == address


@pytest.mark.slow
def test_an_address_of_another_machine_is_not_called_a_taken_port(settings: dict[str, str], port: int) -> None:
    done = typed(cli.main, "serve", **settings, ALONGSIDE_BIND="203.0.113.7", PORT=str(port))
    assert done.returncode == 2
    assert "ALONGSIDE_BIND is '203.0.113.7', which is no address of this machine." in done.stderr
    assert "taken" not in done.stderr


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_said_without_its_password(settings: dict[str, str]) -> None:
    away = "postgresql://sara:hunter22@127.0.0.1:1/alongside"
    done = typed(cli.main, "migrate", **settings, ALONGSIDE_DATABASE_URL=away)
    assert done.returncode == 2
    assert "The database does not answer" in done.stderr and "hunter22" not in done.stderr


@pytest.mark.slow
def test_pages_that_are_not_built_are_said_in_words(settings: dict[str, str], port: int, tmp_path: Path) -> None:
    absent = {**settings, "ALONGSIDE_BUILD": str(tmp_path / "nothing")}
    done = typed(cli.main, "serve", **absent, PORT=str(port))
    assert done.returncode == 2
    assert "python -m app.cli build" in done.stderr


@pytest.mark.slow
def test_the_name_of_the_site_stands_in_the_bar_of_each_page_and_in_no_title(pages: Path) -> None:
    shells = {path.stem: path.read_text("utf-8") for path in (pages / "shells").rglob("*.html")}
    titles = [re.search("<title>.+</title>", html) for html in shells.values()]
    assert all(title and "Side" not in title[0] for title in titles)
    bars = {page: re.search(r'class="mark".+?</svg>(.*?)</a>', html, re.S) for page, html in shells.items()}
    assert {page for page, bar in bars.items() if bar is None} == {"exit"}  # an empty page
    assert {bar[1] for bar in bars.values() if bar} == {"Side by &lt;Side&gt;"}


@pytest.mark.slow
def test_how_else_to_reach_us_stands_as_text_where_somebody_may_need_it(pages: Path) -> None:
    shown = "Ann &lt;ann@example.org&gt;, 100% safe"
    assert f"How else to reach us: {shown}. You don’t need" in _shell(pages, "landing")
    assert f"If something is in your way, reach us: {shown}." in _shell(pages, "accessibility")
    assert f"If it happens again, reach us another way: {shown}." in _shell(pages, "errors/500")
    for page in ("intake", "sign-in"):  # while its script is slow, and without one
        assert _shell(pages, page).count(f"Or reach us another way: {shown}<") == 2


def test_a_site_that_names_no_other_way_sends_people_to_whom_they_know(built: None) -> None:
    pages = ROOT / "build" / "shells" / current(ROOT / "build").shells
    assert "reach us" not in _shell(pages, "landing") + _shell(pages, "errors/500")
    assert "tell a coordinator by letter on your page, or ask the person" in _shell(pages, "accessibility")
    assert "Or ask the person who told you about us" in _shell(pages, "intake")


@pytest.mark.slow
def test_migrating_and_building_again_changes_nothing(settings: dict[str, str], pages: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in pages.rglob("*") if path.is_file()}
    for command in ("migrate", "build", "migrate"):
        assert typed(cli.main, command, **settings).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in pages.rglob("*") if path.is_file()} == before


def test_first_steps_of_a_founded_site_is_to_sign_in(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    cli.first_steps(site.config)
    secret = unb64(capsys.readouterr().out.strip().rpartition("#")[2])
    carl, body = site.ceremony()
    carl.device.ask("/setup", {"token": secret, **body})
    cli.first_steps(site.config)
    said = capsys.readouterr().out
    assert "/sign-in" in said and "#" not in said
    assert carl.device.post("/setup/check", {"token": b64(secret)}).get_json()["error"] == "used"


def _settings(**own: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV", "HOME") if name in os.environ}
    return {**kept, "PYTHONUNBUFFERED": "1", **own}


def _shell(build: Path, name: str) -> str:
    (page,) = build.rglob(f"{name}.html")
    return page.read_text("utf-8")


def _lines(process: "subprocess.Popen[str]", count: int) -> list[str]:
    """The first lines that it prints. A server that dies instead gives fewer."""
    assert process.stdout
    end, lines = time.monotonic() + 60, []
    while len(lines) < count and time.monotonic() < end:
        line = process.stdout.readline()
        if not line:
            break
        lines.append(line.rstrip("\n"))
    assert len(lines) == count, (lines, process.stderr.read() if process.stderr and process.poll() is not None else "")
    return lines
