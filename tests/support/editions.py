"""Next editions of an instrument, as a coordinator would make them in REDCap."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from instruments.cells import COLUMNS
from instruments.dictionary import write_dictionary
from instruments.editions import load

Line = dict[str, str]
NEW: Line = dict.fromkeys(COLUMNS, "") | {
    "Variable / Field Name": "union",
    "Form Name": "intake",
    "Field Type": "radio",
    "Field Label": "Are you in a union?",
    "Choices, Calculations, OR Slider Labels": "yes, Yes | no, No | pnts, I prefer not to say",
    "Field Annotation": "class=sensitive; export=never; triage=yes; short=yes",
}


def edited(change: Callable[[list[Line]], None], name: str = "intake") -> bytes:
    """The newest edition that ships, with its lines changed."""
    lines = list(csv.DictReader(io.StringIO(write_dictionary(load(name)))))
    change(lines)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


def line_of(lines: list[Line], name: str) -> Line:
    return next(line for line in lines if line["Variable / Field Name"] == name)


def with_union(lines: list[Line]) -> None:
    """A new question after the name, another label, and one question less."""
    at = next(i for i, line in enumerate(lines) if line["Variable / Field Name"] == "name_use")
    lines.insert(at + 1, dict(NEW))
    line_of(lines, "name_use")["Field Label"] = "What may we call you?"
    lines.remove(line_of(lines, "pronouns"))


SECOND = edited(with_union)
