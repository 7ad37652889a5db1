"""The modules that a page loads, and those that they import.

Named in its head they are fetched side by side, not each when the one before has been read. On a list of the page
before, they are there already.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache

from app.config import ROOT

STATIC = ROOT / "static"
WORKER = "js/worker/main.js"
# Neither `import()` nor a type in a comment: what is fetched later, or by nobody.
IMPORT = re.compile(r"""(?:^|;)(?:import|export)\b(?:[^'"();=]*\bfrom)?\s*['"](\.[^'"]+)['"]""", re.MULTILINE)
ROOM = re.compile(r"(\w+): \(\) => import\('(\./[^']+)'\)")


def modules(*paths: str) -> list[str]:
    """These scripts and all that they import, each once, the nearest first. paths: in static/."""
    found = list(paths)
    for path in found:  # it grows meanwhile
        found += [one for one in dict.fromkeys(_imports(path)) if one not in found]
    return found


def rooms(names: str) -> list[str]:
    """What the worker of a page loads that asks these rooms first. names: as its script has them in `data-rooms`."""
    files = {name: _beside(WORKER, path) for name, path in ROOM.findall(_text(WORKER))}
    return modules(WORKER, *(files[name] for name in names.split()))


def ahead() -> dict[str, list[str]]:
    """What pages fetch ahead (static/js/parts/ahead.js), by the name of the list.

    intake: what it takes to write, beyond its first page. sign_in: its worker, and what whoever has a case reads next.
    """
    cases = modules("js/pages/case.js", "js/parts/rows.js", "js/parts/sheets.js", "js/pages/supporter.js")
    wanted = {
        "intake": modules("js/pages/intake_writing.js") + rooms("account intake"),
        "sign_in": rooms("account case draft supporter research") + cases,
    }
    here = {name: modules(f"js/pages/{name}.js") for name in wanted}
    return {
        name: [path for path in dict.fromkeys([*found, "words.txt"]) if path not in here[name]]
        for name, found in wanted.items()
    }


def _imports(path: str) -> list[str]:
    return [_beside(path, other) for other in IMPORT.findall(_text(path))]


def _beside(path: str, other: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), other))


@cache
def _text(path: str) -> str:
    return (STATIC / path).read_text(encoding="utf-8")
