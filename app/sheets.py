"""Each instrument's questions as a file of the site, by edition: `/static/instruments/intake.v1.json`.

What somebody answered years ago is coded and read in words by the questions of then. Everybody fetches the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from instruments.editions import FOLDER, editions, load
from instruments.field import Instrument
from instruments.questions import as_json


def shipped() -> Iterator[Instrument]:
    """Every edition that comes with the project."""
    for name, newest in sorted(editions().items()):
        for edition in range(1, newest + 1):
            if (FOLDER / f"{name}.v{edition}.csv").is_file():
                yield load(name, edition)


def files(folder: Path, instruments: Iterable[Instrument] | None = None) -> dict[Path, bytes]:
    """By its path in `folder`, the JSON of each instrument; of those that are shipped when none are given."""
    sheets = [as_json(one) for one in (shipped() if instruments is None else instruments)]
    return {folder / f"{sheet['id']}.json": _written(sheet) for sheet in sheets}


def _written(sheet: dict[str, object]) -> bytes:
    return json.dumps(sheet, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
