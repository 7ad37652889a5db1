"""People sit down where others sat before, one test after another. What the browser was told in one it does not know in the next."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import requests
from playwright.sync_api import Browser as Chromium

from tests.support.browser import DESKTOP, PHONE, STORAGE, Visit
from tests.support.server import Server
from tests.support.staying import NOTHING, Address, Devices

LEAVE = """async () => {
  localStorage.setItem('a', 'b'), sessionStorage.setItem('a', 'b'), window.name = 'a', document.cookie = 'a=b';
  await (await caches.open('a')).put('/b', new Response('c'));
  await new Promise((done) => { indexedDB.open('a').onsuccess = done; });
  history.pushState({ a: 'b' }, '', '/c');
}"""
HANGS: list[Callable[[Visit], object]] = [
    lambda here: here.context.route("**/c", lambda route: route.abort()),
    lambda here: here.page.route("**/c", lambda route: route.abort()),
    lambda here: here.page.clock.install(),
    lambda here: here.context.set_offline(True),
    lambda here: here.context.on("request", lambda request: None),
    lambda here: here.page.once("dialog", lambda dialog: None),
    lambda here: here.page.add_init_script("a = 'b'"),
    lambda here: here.passkeys(),
    lambda here: here.page.close(),
]


@pytest.fixture
def devices(chromium: Chromium, shared_server: Server) -> Iterator[Devices]:
    devices = Devices(chromium)
    devices.addresses.add(shared_server.url)
    yield devices
    devices.close()


def test_the_next_finds_nothing_on_it(devices: Devices, shared_server: Server) -> None:
    here = devices.begin(shared_server.url, PHONE, watched=True)
    here.go("/privacy")
    here.page.evaluate(LEAVE)
    assert here.page.evaluate(STORAGE) != NOTHING and here.context.cookies()
    here.context.new_page().goto("/privacy")
    here.page.set_viewport_size(DESKTOP)
    assert here.record.requests and here.record.titles
    here.expect("fault")
    here.page.evaluate("console.error('a fault')")
    devices.put_away([here])

    again = devices.begin(shared_server.url, PHONE, watched=True)
    assert again is here and again.context.pages == [again.page] and again.page.viewport_size == PHONE
    assert again.page.evaluate(STORAGE) == NOTHING and again.context.cookies() == []
    assert (again.record.requests, again.record.titles, again.complaints()) == ([], [], [])
    again.go("/privacy")
    assert again.record.requests and again.record.titles
    again.page.evaluate("console.error('a fault')")
    with pytest.raises(AssertionError, match="a fault"):
        devices.put_away([again])
    assert devices.begin(shared_server.url, PHONE, watched=True) is again


def test_each_has_one_of_the_kind_that_was_asked_for(devices: Devices, shared_server: Server) -> None:
    kinds = [{"viewport": DESKTOP}, {"viewport": PHONE}, {"viewport": DESKTOP, "watched": True}]
    first = [devices.begin(shared_server.url, **kind) for kind in kinds]
    two = devices.begin(shared_server.url, DESKTOP)
    assert len({*first, two}) == 4, "nobody sits where somebody sits"
    devices.put_away([*first, two])
    assert {devices.begin(shared_server.url, **kind) for kind in kinds} <= {*first, two}
    for other in (
        devices.begin("http://localhost:1", DESKTOP),
        devices.begin(shared_server.url, DESKTOP, color_scheme="dark"),
    ):
        assert other not in {*first, two}
        other.close()


@pytest.mark.parametrize("hang", HANGS)
def test_one_on_which_something_was_hung_is_put_away(
    hang: Callable[[Visit], object], devices: Devices, shared_server: Server
) -> None:
    here = devices.begin(shared_server.url, DESKTOP)
    here.go("/privacy")
    hang(here)
    devices.put_away([here])
    assert devices.begin(shared_server.url, DESKTOP) is not here


def test_an_address_is_nobody_elses_while_no_site_is_there() -> None:
    with closing(Address()) as address:
        with pytest.raises(requests.ConnectionError, match="refused"):
            requests.get(address.url, timeout=5)
        with closing(Address()) as other:
            assert other.port != address.port
