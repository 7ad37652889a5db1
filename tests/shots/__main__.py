"""`make shots`: each page at two widths, light and dark, into build/shots, with a sheet to look at them side by side.

Usage: python -m tests.shots [name ...]. What a program can see is printed; the rest is for eyes.
"""

import html
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error, sync_playwright

from app.shells import SHELLS
from tests.shots.pages import PAGES, Shot
from tests.support import axe, layout
from tests.support.browser import DESKTOP, PHONE, Visit, launch
from tests.support.databases import ROOT, Databases
from tests.support.server import Server

OUT = ROOT / "build" / "shots"
LOOKS = [(width, scheme) for width in (PHONE, DESKTOP) for scheme in ("light", "dark")]
SETTLE_MS = 400
SHEET = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px sans-serif;margin:16px;background:#777;width:2300px}}section{{display:flex;gap:16px;align-items:start}}
figure{{margin:0;background:#fff;padding:8px}}img{{display:block}}.narrow img{{width:300px}}.wide img{{width:760px}}</style>
{body}"""


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


def take(chromium: Chromium, server: Server, shot: Shot) -> Iterator[str]:
    """Make the four pictures of a page; yields what is wrong with it."""
    for viewport, scheme in LOOKS:
        found: list[str] = []
        try:
            with Visit(chromium, server.url, viewport, color_scheme=scheme) as visit:
                if shot.complains:
                    visit.expect(shot.complains)
                visit.go(shot.path)
                if shot.prepare:
                    shot.prepare(visit)
                visit.page.wait_for_timeout(SETTLE_MS)
                visit.page.screenshot(path=OUT / f"{shot.name}-{viewport['width']}-{scheme}.png", full_page=True)
                found += [*layout.faults(visit.page), *axe.faults(visit.page)]
        except (AssertionError, Error) as wrong:
            found.append(str(wrong))
        yield from (f"{shot.name} at {viewport['width']}, {scheme}: {fault}" for fault in found)


def sheet(chromium: Chromium, shots: list[Shot]) -> None:
    """index.html with all pages, and one picture a page with its four looks."""
    page = chromium.new_page(viewport={"width": 2340, "height": 1200})
    parts = []
    for shot in shots:
        pictures = "".join(
            f'<figure class="{"narrow" if viewport is PHONE else "wide"}">'
            f'<img src="{shot.name}-{viewport["width"]}-{scheme}.png"></figure>'
            for viewport, scheme in LOOKS
        )
        parts.append(f"<h2>{html.escape(shot.name)} {html.escape(shot.path)}</h2><section>{pictures}</section>")
        one = OUT / "one.html"
        one.write_text(SHEET.format(title=shot.name, body=parts[-1]), encoding="utf-8")
        page.goto(one.as_uri())
        page.screenshot(path=OUT / f"sheet-{shot.name}.png", full_page=True)
        one.unlink()
    (OUT / "index.html").write_text(SHEET.format(title="Every page", body="\n".join(parts)), encoding="utf-8")


def main(names: list[str]) -> int:
    missing = set(SHELLS) - {shot.path for shot in PAGES}
    if missing:
        print(f"tests/shots/pages.py does not show {', '.join(sorted(missing))}.")
        return 1
    shots = [shot for shot in PAGES if not names or shot.name in names]
    if not shots:
        print(f"No page is called so. There are: {', '.join(shot.name for shot in PAGES)}.")
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        chromium = launch(stack.enter_context(sync_playwright()))
        server = stack.enter_context(a_server())
        faults = [fault for shot in shots for fault in take(chromium, server, shot)]
        sheet(chromium, shots)
        chromium.close()
    for fault in faults:
        print(fault)
    print(
        f"{len(shots) * len(LOOKS)} pictures in build/shots, to look at in build/shots/index.html; {len(faults)} faults."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
