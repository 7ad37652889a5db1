"""Accessibility faults that a program can see: axe's rules for WCAG 2.2 AA on the page as it stands."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is read here comes out of the page: what passed is long, and costs as much to hand over as to find. Nothing is fetched again
# beside the page: no rule of these tags reads stylesheets so, and there is nothing here to hear. Where a fault stands is made out only if
# there is one: to word where things are costs some hundredths of a second.
RUN = """async ([tags, where]) => {
  if (typeof axe !== 'object') return null;
  const how = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false, selectors: where };
  const { passes, violations } = await axe.run(document, how);
  return { checked: passes.length + violations.length, words: document.body.innerText.trim().length, violations };
}"""


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Each broken rule and where, one a line; empty when the page is sound.

    Raises: AssertionError if axe checked nothing, which would be no result at all.
    """
    result = page.evaluate(RUN, [TAGS, False])
    if result is None:
        page.evaluate(_source())  # not add_script_tag: the page's CSP rightly refuses it
        result = page.evaluate(RUN, [TAGS, False])
    if result["violations"]:
        result = page.evaluate(RUN, [TAGS, True])
    assert result["checked"], f"axe checked nothing on {page.url}"
    assert result["words"], f"there is nothing to read on {page.url}"
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']} at {_where(rule['nodes'])}" for rule in result["violations"]
    ]


def _where(nodes: list[dict[str, Any]]) -> str:
    return ", ".join(str(node["target"][0]) for node in nodes[:4])


def assert_accessible(page: Page) -> None:
    """Fail with the list of what a person with a screen reader, keyboard or weak eyes would trip over."""
    found = faults(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
