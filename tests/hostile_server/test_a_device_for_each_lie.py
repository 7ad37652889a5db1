"""People sit down at the same device, one lie after another. What it was told in one it does not know in the next."""

from collections.abc import Callable

import pytest

from tests.hostile_server.devices import Device, Devices
from tests.hostile_server.doors import Answer, Asked, Doors
from tests.hostile_server.liar import Liar
from tests.hostile_server.scripts import changed, hand_out
from tests.support.addresses import script
from tests.support.browser import STORAGE
from tests.support.databases import ROOT
from tests.support.staying import NOTHING

SCRIPT = "worker/clock.js"
WORDS = ("const DAY_S = 86_400;", "const DAY_S = 1;")
READ = f"async () => await (await fetch('{script(SCRIPT)}')).text()"
LEAVE = """async () => {
  localStorage.setItem('a', 'b'), sessionStorage.setItem('a', 'b'), window.name = 'a', document.cookie = 'a=b';
  await (await caches.open('a')).put('/b', new Response('c'));
  await new Promise((done) => { indexedDB.open('a').onsuccess = done; });
}"""


def test_the_next_lie_finds_nothing_on_it(liar: Liar, devices: Devices) -> None:
    visit = liar.sit_down(liar.stage.sara())
    liar.tells(visit, {"/cases/mine": lambda _asked, _answer: None})
    visit.context.new_page()
    visit.page.evaluate(LEAVE)
    assert visit.page.evaluate(STORAGE) != NOTHING and len(visit.context.cookies()) > 1
    visit.close()
    again = devices.begin(0, watched=False)
    assert again is visit and again.context.pages == [again.page]
    assert again.page.evaluate(STORAGE) == NOTHING and again.context.cookies() == []
    again.close()


def test_one_that_can_not_be_emptied_is_put_away(liar: Liar, devices: Devices) -> None:
    visit = liar.sit_down(liar.stage.sara())
    visit.page.close()
    visit.close()
    assert devices.begin(0, watched=False) is not visit


def test_a_script_is_the_one_that_it_is_given_now(begin: Callable[..., Device], doors: Doors) -> None:
    visit = begin()
    visit.go("/log")
    honest = (ROOT / "static" / "js" / SCRIPT).read_text("utf-8")
    assert visit.page.evaluate(READ) == visit.page.evaluate(READ) == honest  # the second time it kept it
    visit.give_up(hand_out(visit.door, SCRIPT, changed(SCRIPT, [WORDS])))
    assert WORDS[1] in visit.page.evaluate(READ)
    doors.all[0].be_honest(script(SCRIPT))
    assert visit.page.evaluate(READ) == honest


def test_what_fails_while_a_lie_is_told_fails_the_test(begin: Callable[..., Device], doors: Doors) -> None:
    visit = begin()
    visit.go("/log")

    def broken(_asked: Asked) -> Answer:
        raise AssertionError("nothing of the kind was asked")

    visit.door.tell("/log/counts", broken)
    status = "async () => (await fetch('/log/counts', {method: 'POST'})).status"
    assert visit.page.evaluate(status) == 500
    with pytest.raises(AssertionError, match="nothing of the kind"):
        doors.check()
    doors.faults.clear()


def test_nobody_asks_what_a_device_sent_that_nobody_watched(begin: Callable[..., Device]) -> None:
    with pytest.raises(AssertionError, match="nobody watches"):
        begin().sent("/letters")
    assert begin(watched=True).sent("/letters") == []
