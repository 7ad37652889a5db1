"""What axe does not look for: a page wider than the screen, targets too small to hit, styles that the CSP refuses,
words to be read aloud that are broken in two."""

from playwright.sync_api import Page

CHECKS = """() => {
  const found = [], named = e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} "${e.textContent.trim().slice(0, 30)}"`;
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
    found.push(`wider than the screen by ${document.documentElement.scrollWidth - innerWidth} px: ${wide.slice(0, 3).map(named)}`);
  }
  for (const e of document.querySelectorAll('a[href], button, input, textarea, summary, select')) {
    const target = e.closest('label') || e, box = target.getBoundingClientRect();
    if (!box.width || target.closest('.skip, .said') || e.matches('p a, li a, dd a')) continue;
    if (box.height < 24 || box.width < 24) found.push(`small: ${named(e)} ${Math.round(box.width)}x${Math.round(box.height)}`);
  }
  for (const e of document.querySelectorAll('[style], style, script:not([src]), [onclick], [onsubmit], [oninput]')) {
    found.push(`inline style or script: ${named(e)}`);
  }
  for (const e of document.querySelectorAll('.safety li, .words li')) {
    const text = document.createRange();
    text.selectNodeContents(e);
    if (new Set([...text.getClientRects()].map(one => Math.round(one.top))).size > 1) found.push(`a word broken in two: ${named(e)}`);
  }
  const heads = [...document.querySelectorAll('h1')].filter(e => e.checkVisibility());
  if (heads.length !== 1) found.push(`${heads.length} main headings`);
  if (!document.documentElement.lang) found.push('no language');
  return found; }"""


def faults(page: Page) -> list[str]:
    """Each fault of the page as it stands, one a line; empty when it is sound."""
    found: list[str] = page.evaluate(CHECKS)
    return found


def assert_fits(page: Page) -> None:
    """Fail with the list of what a person at this width would trip over."""
    found = faults(page)
    assert not found, f"{page.url} at {page.viewport_size}\n" + "\n".join(found)
