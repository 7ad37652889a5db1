"""The browsers at which people sit. The first tab stays from lie to lie: what the browser has ready for this site's pages it
need not make ready again, which is a third of what a page costs. Between two lies it forgets all that it was told."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error

from tests.hostile_server.between import AT_REST
from tests.hostile_server.doors import Door, Doors
from tests.support.browser import DESKTOP, Record, Visit
from tests.support.staying import empty


class Device(Visit):
    """One person at one device, who comes by a door at which lies can be told."""

    def __init__(self, chromium: Chromium, door: Door) -> None:
        super().__init__(chromium, door.url, DESKTOP, watched=False)
        self.door = door
        self.expect("")  # what the browser says of refused requests is no failure here: the server misbehaves

    def sent(self, *addresses: str) -> list[bytes]:
        """What came from this device to one of these addresses. Raises: AssertionError where nobody wrote it down."""
        assert self.door.watched, "nobody watches this device: begin it with watched=True"
        return [body for address, body in list(self.door.sent) if address in addresses]

    def give_up(self, address: str) -> None:
        """What the browser kept of this file of the site's it keeps no more, and asks for it again."""
        if self.page.url.startswith(self.base_url):  # before that it has nothing
            self.page.evaluate("async (file) => void await fetch(file, { cache: 'reload' })", address)


class Staying(Device):
    """One that is not put away, but emptied."""

    def __init__(self, chromium: Chromium, door: Door) -> None:
        super().__init__(chromium, door)
        self.gone = False

    def again(self) -> None:
        """As new."""
        self._record, self._closed = Record(), False

    def _put_away(self) -> None:
        self.gone = True  # if a test left it in a state in which nobody can go on
        try:
            if not self.page.is_closed():
                empty(self, AT_REST)
                self.gone = False
        except Error:
            pass
        finally:
            if self.gone:
                self.context.close()


class Devices:
    """Those of one process of tests."""

    def __init__(self, chromium: Chromium, doors: Doors) -> None:
        self._chromium, self._doors = chromium, doors
        self._staying: Staying | None = None

    def begin(self, there: int, *, watched: bool) -> Device:
        """Args: there: how many of them this lie has already. watched: whether somebody asks what it sent."""
        device = Device(self._chromium, self._doors.all[there]) if there else self._first()
        if watched:
            device.door.watch()
        return device

    def _first(self) -> Staying:
        if self._staying is None or self._staying.gone:
            self._staying = Staying(self._chromium, self._doors.all[0])
        self._staying.again()
        return self._staying
