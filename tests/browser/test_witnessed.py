"""A witness really runs, and the roots come to name it: what Sara is told depends on when it signed the log last."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from crypto import checkpoint
from tests.hostile_server.seen import approve, approved, not_approved, room
from tests.support.browser import Visit
from tests.support.databases import one_database
from tests.support.rotation import at_server, signed
from tests.support.server import Server
from tests.support.stage import Stage, device
from tests.support.tree import wait_until_all_are_in, write_many
from tests.support.witness import Start, starting

pytestmark = one_database

SLOW_MS = 20_000
DAY_S = 86_400
BEHIND = """
import pathlib, sys, time
now = time.time
time.time = lambda: now() - int(pathlib.Path({file!r}).read_text())
from crypto.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
Begin = Callable[..., Visit]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    with starting(tmp_path / "wanda") as start:
        yield start


def text_of(note: str) -> str:
    return checkpoint.split_note(note)[0]


class Watched:
    """Carl's site, with Wanda's witness at work; how many seconds her clock is behind, a file says."""

    def __init__(self, server: Server, start: Start, folder: Path) -> None:
        self.server, self._behind = server, folder / "behind"
        self.behind(0)
        stage = self.stage = Stage(server)
        follow = ("--origin", checkpoint.origin(stage.carl.site, 1), "--log-vkey", stage.carl.facts["log_vkey"])
        code = BEHIND.format(file=str(self._behind))
        self.wanda = start("--name", "wanda.example", *follow, code=code)
        server.settings["ALONGSIDE_WITNESSES"] = f"{self.wanda.vkey} {self.wanda.url}"
        server.restart()
        wait_until_all_are_in(server.database)
        self.until_signed()
        file = signed(server, folder / "away", stage.carl.root_code, "--witness", self.wanda.vkey, "--quorum", "1")
        taken = at_server(server, "take-root", file)
        assert taken.returncode == 0 and "Nobody asks" not in taken.stdout, taken.stdout + taken.stderr

    def behind(self, days: int) -> None:
        beside = self._behind.with_suffix(".new")
        beside.write_text(str(days * DAY_S))
        beside.replace(self._behind)  # in one step: she reads it meanwhile

    def until_signed(self) -> None:
        """Until Wanda has signed the newest head, by her clock as it is now."""
        end, then = time.monotonic() + 20, time.time() - int(self._behind.read_text())
        while time.monotonic() < end:
            told = self.stage.carl.post("/log/proofs", leaves=[])
            seen = checkpoint.cosignatures(told["cosigned"] or told["checkpoint"], self.wanda.keys)
            is_new = told["cosigned"] and text_of(told["cosigned"]) == text_of(told["checkpoint"])
            if is_new and seen and abs(seen["wanda.example"] - then) < 60:
                return
            time.sleep(0.1)
        raise AssertionError("the witness has not signed the newest head")

    def signed_days_ago(self, days: int) -> None:
        """Wanda signed the newest head so many days ago, as far as anybody can tell."""
        self.behind(days)
        write_many(self.server, 1)  # something happens, so that there is a head to sign
        wait_until_all_are_in(self.server.database)
        self.until_signed()


def test_sara_is_told_how_long_ago_the_witness_signed(
    make_server: Callable[..., Server], start: Start, visit: Begin, tmp_path: Path
) -> None:
    watched = Watched(make_server(), start, tmp_path)
    stage = watched.stage
    sara, nora = stage.sara(), stage.supporter("Nora Lind")
    stage.introduce(sara, nora)
    watched.signed_days_ago(0)
    here = device(visit, stage, sara)
    page = here.page

    def look() -> None:
        page.reload()
        here.until("document.body.dataset.log === 'proven'", timeout_s=20)

    here.until("document.body.dataset.log === 'proven'", timeout_s=20)
    expect(page.get_by_text("signed from outside")).to_have_count(0)
    room(page, "Who opened it")
    expect(page.get_by_text("Somebody outside this site has signed the same log")).to_be_visible(timeout=SLOW_MS)

    watched.signed_days_ago(2)
    room(page, "Your page")
    room(page, "Who opened it")  # in the page that stayed open
    expect(page.get_by_text("The log was last signed from outside more than a day ago")).to_be_visible(timeout=SLOW_MS)

    watched.signed_days_ago(8)
    look()
    expect(page.get_by_text("The last signatures are 8 days old.")).to_be_visible(timeout=SLOW_MS)
    approve(page, "Nora Lind")
    expect(page.get_by_text("Nobody was let in, and nothing is lost.")).to_be_visible(timeout=SLOW_MS)
    not_approved(page, "Nora Lind")

    watched.signed_days_ago(0)  # the witness's clock goes right again
    look()
    expect(page.get_by_text("signed from outside")).to_have_count(0)
    approve(page, "Nora Lind")
    approved(page, "Nora Lind")
