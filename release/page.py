"""A page that stands alone: no script, nothing from elsewhere, readable aloud, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { color-scheme: light dark; --ink: #1d2330; --paper: #fff; --line: #c9ced8; }
:root { --bar: #2f6f73; --soft: #8a93a3; --below: #4d5666; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaf0; --paper: #14171d; --line: #3a414e; --bar: #6fb7b5; --below: #b3bac7; }
}
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem;
  margin: 0 auto; padding: 1rem; }
p { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem; }
caption { text-align: left; font-weight: 600; padding: 0.5rem 0; }
th, td { text-align: left; padding: 0.35rem 0.6rem 0.35rem 0; vertical-align: top; }
td, th { border-bottom: 1px solid var(--line); } tbody th { font-weight: 400; }
tbody.group th { padding-left: 1rem; } tbody.group th[scope="rowgroup"] { padding: 1rem 0 0.35rem; font-weight: 600; }
.below { display: block; color: var(--below); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
svg { display: block; } rect.bar { fill: var(--bar); } rect.guess { fill: var(--soft); }
.scroll { overflow-x: auto; } .caught { font-weight: 700; }
@media (max-width: 40rem) { .plot { display: none; } th, td { padding-right: 0.4rem; font-size: 0.9rem; } }
@media print { body { max-width: none; } table { break-inside: avoid; } }
"""
WIDE = 120


def document(title: str, *parts: str) -> str:
    """A whole page. Args: parts: HTML."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first cell of each row is its heading. Args: made by `column`, `heading`, `cell` and `bar`."""
    head = "".join(headings)
    body = "\n".join("<tr>" + "".join(cells) + "</tr>" for cells in rows)
    return (
        f'<div class="scroll"><table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def grouped(caption: str, headings: Sequence[str], groups: Iterable[tuple[str, Iterable[Sequence[str]]]]) -> str:
    """A table whose rows belong together in groups. Args: groups: each one's heading, and its rows as in `table`."""
    parts = []
    for words, rows in groups:
        body = "\n".join("<tr>" + "".join(cells) + "</tr>" for cells in rows)
        top = f'<tr><th scope="rowgroup" colspan="{len(headings)}">{escape(words)}</th></tr>'
        parts.append(f'<tbody class="group">\n{top}\n{body}\n</tbody>')
    head = "".join(headings)
    return (
        f'<div class="scroll"><table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n'
        + "\n".join(parts)
        + "\n</table></div>"
    )


def column(words: str, kind: str = "words") -> str:
    """The heading of a column. Args: kind: words, number or plot."""
    return f'<th scope="col" class="{kind}">{escape(words)}</th>'


def heading(words: str, below: str = "") -> str:
    """The heading of a row, with what is to be said of it."""
    more = f'<span class="below">{escape(below)}</span>' if below else ""
    return f'<th scope="row">{escape(words)}{more}</th>'


def cell(words: str, *, number: bool = False) -> str:
    return f'<td class="number">{escape(words)}</td>' if number else f"<td>{escape(words)}</td>"


def bar(share: float, guess: float | None = None) -> str:
    """A share as a bar, with a thinner one for a guess. What it shows stands beside it in numbers."""
    long, short = (round(max(0.0, min(one, 1.0)) * WIDE) for one in (share, guess or 0.0))
    second = f'<rect class="guess" y="12" width="{short}" height="4"/>' if guess is not None else ""
    return (
        f'<td class="plot"><svg width="{WIDE}" height="16" aria-hidden="true">'
        f'<rect class="bar" width="{long}" height="10"/>{second}</svg></td>'
    )
