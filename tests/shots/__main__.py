"""`make shots`: each page in its real states, at two widths, light and dark, into build/shots, with sheets to look at.

Usage: python -m tests.shots [group ...]. What a program can see is printed; the rest is for eyes.
"""

import html
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from playwright.sync_api import Error, sync_playwright

from tests.shots import case, helpers, intake, log, outside, people, questions, research, restored
from tests.shots.studio import LOOKS, OUT, Studio
from tests.support.browser import launch

# In this order one site serves all: nobody is proposed to Sara before `case`, and nobody else sends before `desk`.
GROUPS: dict[str, list[Callable[[Studio], None]]] = {
    "shells": [outside.shells],
    "errors": [outside.errors],
    "setup": [people.setup],
    "exit": [outside.leave],
    "desk": [helpers.desk],
    "sign-in": [outside.sign_in],
    "intake": [intake.intake, intake.stopping],
    "case": [case.case, case.lies],
    "supporter": [helpers.letters, helpers.cases],
    "people": [people.people],
    "research": [research.research, research.exchanged],
    "questions": [questions.questions],
    "log": [log.log, log.counts, log.stop],
    "restored": [restored.restored],
}
LONGEST = 400  # of what is said about a scene that stopped; the rest is the whole page in words
SHEET = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px sans-serif;margin:16px;background:#777;width:2300px}}section{{display:flex;gap:16px;align-items:start}}
figure{{margin:0;background:#fff;padding:8px}}img{{display:block}}.narrow img{{width:300px}}.wide img{{width:760px}}</style>
{body}"""


def take(studio: Studio, group: str) -> list[str]:
    """The names of a group's pictures. A scene that stops is a fault, and the next one goes on."""
    before = len(studio.taken)
    for scene in GROUPS[group]:
        try:
            scene(studio)
        except (AssertionError, Error) as wrong:
            last = studio.taken[-1] if studio.taken else "nothing"
            studio.faults.append(f"{group}: {scene.__name__} stopped after {last}: {str(wrong)[:LONGEST]}")
    return studio.taken[before:]


def row(name: str) -> str:
    pictures = "".join(
        f'<figure class="{"narrow" if viewport["width"] < 500 else "wide"}">'
        f'<img src="{name}-{viewport["width"]}-{scheme}.png"></figure>'
        for viewport, scheme in LOOKS
    )
    return f"<h2>{html.escape(name)}</h2><section>{pictures}</section>"


def write_sheet(group: str, names: list[str]) -> None:
    body = "\n".join(row(name) for name in names)
    (OUT / f"{group}.html").write_text(SHEET.format(title=group, body=body), encoding="utf-8")


def write_index() -> None:
    """Links to each group's sheet, those of earlier runs too."""
    links = [f'<p><a href="{group}.html">{group}</a></p>' for group in GROUPS if (OUT / f"{group}.html").exists()]
    (OUT / "index.html").write_text(SHEET.format(title="Every page", body="\n".join(links)), encoding="utf-8")


def main(groups: list[str]) -> int:
    if unknown := set(groups) - set(GROUPS):
        print(f"No group is called {', '.join(sorted(unknown))}. There are: {', '.join(GROUPS)}.")
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        chromium = launch(stack.enter_context(sync_playwright()))
        studio = Studio(chromium, stack)
        for group in [group for group in GROUPS if not groups or group in groups]:
            start = time.monotonic()
            names = take(studio, group)
            write_sheet(group, names)
            print(f"{group}: {len(names)} pages, {time.monotonic() - start:.0f} s")
        write_index()
        chromium.close()
    for fault in studio.faults:
        print(fault)
    count, faults = len(studio.taken) * len(LOOKS), len(studio.faults)
    print(f"{count} pictures in build/shots, to look at in build/shots/index.html; {faults} faults.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
