"""A camera, and the two sites it stands in: one that nobody founded, and one with people in it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, ViewportSize

from tests.browser.seeded import EVERYONE, Seeded, seed
from tests.shots import told
from tests.support import axe, layout
from tests.support.browser import DESKTOP, PHONE, Visit
from tests.support.databases import ROOT, Databases
from tests.support.server import Server

OUT = ROOT / "build" / "shots"
LOOKS: list[tuple[ViewportSize, str]] = [
    (PHONE, "light"), (PHONE, "dark"), (DESKTOP, "dark"), (DESKTOP, "light"),
]  # fmt: skip
EXAMINED = LOOKS[::2]  # both widths and both colors are in these two; axe is slow
SETTLE_MS = 120
TEAM = ("Nora Lind", "Tomas Vega", "Amara Osei")


@contextmanager
def a_server() -> Iterator[Server]:
    """The real server on a SQLite of its own, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="alongside-shots-"))
    databases = Databases(home / "databases")
    server = Server(databases.fresh("sqlite", home / "database"), home)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        databases.close()
        shutil.rmtree(home, ignore_errors=True)


@dataclass
class Studio:
    """Where pictures are taken. `taken` has their names in order; `faults` is what a program saw to be wrong."""

    chromium: Chromium
    stack: ExitStack
    taken: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @cached_property
    def bare(self) -> Server:
        """A server as it is before the ceremony."""
        return self.stack.enter_context(a_server())

    @cached_property
    def site(self) -> Seeded:
        """Carl's site, with five supporters and Sara's account and card."""
        return seed(self.stack.enter_context(a_server()), account=told.ACCOUNT, card=told.CARD, words=EVERYONE)

    @contextmanager
    def visit(self, server: Server | None = None, *, complains: str = "") -> Iterator[Visit]:
        """Somebody at a device. Args: complains: what the browser may complain of, as a pattern."""
        with Visit(self.chromium, (server or self.site.server).url, PHONE) as visit:
            if complains:
                visit.expect(complains)
            yield visit

    def take(self, page: Page, name: str) -> None:
        """Four pictures of the page as it stands: 360 and 1280 px, light and dark."""
        self.taken.append(name)
        for viewport, scheme in LOOKS:
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            page.evaluate("scrollTo(0, 0)")  # or the bar that sticks is in the middle
            page.wait_for_timeout(SETTLE_MS)
            picture = OUT / f"{name}-{viewport['width']}-{scheme}.png"
            page.screenshot(path=picture, full_page=True, caret="initial")  # hiding it leaves style attributes behind
            if (viewport, scheme) in EXAMINED:
                found = [*layout.faults(page), *axe.faults(page)]
                self.faults += [f"{name} at {viewport['width']}, {scheme}: {fault}" for fault in found]
        page.set_viewport_size(PHONE)

    def offered(self) -> Seeded:
        """The site, with three people proposed to Sara."""
        if not self.site.sara.offered():
            self.site.introduce(*TEAM, summary=told.SUMMARY, letters=told.LETTERS, note=told.BESIDE)
        return self.site

    def together(self) -> Seeded:
        """The site, with Nora on Sara's team."""
        site = self.offered()
        members = [member["fp"] for member in site.sara.open(site.sara.case).chain.members]
        if site.nora.fp not in members:
            site.sara.approve(site.nora.fp)
        return site
