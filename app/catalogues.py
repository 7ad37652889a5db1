"""Words for people in other languages: gathered from the sources, and handed to the pages as JSON.

Templates are translated when they are rendered. A script fetches `/static/catalogue/<language>.json`, the same bytes
for everyone. How to gather: the head of babel.cfg.
"""

from __future__ import annotations

import gettext
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_javascript
from babel.messages.pofile import read_po

from app.config import ROOT

TRANSLATIONS = ROOT / "translations"
_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|[`{}]|[^`{}'\"/]+|.", re.S)
_TEXT = re.compile(r"\\.|`|\$\{|[^\\`$]+|.", re.S)
COUNTS = range(1001)  # every category that whole numbers have shows among them


def extract_scripts(file: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel's own reading of a script, whose template literals are opened first: in nested ones it overlooks words."""
    script = io.BytesIO(opened(file.read().decode()).encode())
    return extract_javascript(script, keywords, comment_tags, options)


def opened(script: str) -> str:
    """The script with `;` and line breaks in place of the text of its template literals; what stands in `${}` stays."""
    out: list[str] = []
    braces: list[int] = []  # of each `${` that is open, how many `{` are open in it
    inside, at = False, 0
    while at < len(script):
        found = (_TEXT if inside else _CODE).match(script, at)
        assert found, "both patterns take any character"
        piece, at = found[0], found.end()
        if inside and piece == "${":
            braces.append(0)
        elif piece == "{" and braces and not inside:
            braces[-1] += 1
        elif piece == "}" and braces and not inside:
            braces[-1] -= 1
        closes = piece == "}" and bool(braces) and braces[-1] < 0
        if closes:
            braces.pop()
        out.append(";" + "\n" * piece.count("\n") if inside or closes or piece == "`" else piece)
        inside = piece == "`" or closes if not inside else piece not in ("`", "${")
    return "".join(out)


def of_scripts(folder: Path) -> dict[Path, bytes]:
    """By its path in `folder`, the JSON of each language that has a translations/<language>/LC_MESSAGES/messages.po."""
    found = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
    return {folder / f"{path.parents[1].name.replace('_', '-')}.json": as_json(path) for path in found}


def as_json(path: Path) -> bytes:
    """{English: translation}; with a number, {English singular: {category of Intl.PluralRules: translation}}."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parents[1].name)
    said = {_key(one): _said(one, catalogue) for one in catalogue if one.id and one.string and not one.fuzzy}
    return json.dumps({key: words for key, words in said.items() if words}, ensure_ascii=False, sort_keys=True).encode()


def _key(one: Message) -> str:
    return one.id if isinstance(one.id, str) else one.id[0]


def _said(one: Message, catalogue: Catalog) -> str | dict[str, str]:
    forms = one.string
    if isinstance(forms, str) or not forms or not all(forms):
        return forms if isinstance(forms, str) else {}
    assert isinstance(catalogue.locale, Locale), "the folder names a language"
    category, index = catalogue.locale.plural_form, gettext.c2py(catalogue.plural_expr)
    return {"other": forms[-1], **{category(n): forms[index(n)] for n in reversed(COUNTS)}}
