"""What REDCap would have exported of answers: raw codes, a heading of variable names, a BOM, its own columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from instruments.editions import load
from instruments.field import ANSWERED

INTAKE = load("intake")
READ = tuple(one for one in INTAKE.fields if one.type in ANSWERED or one.type == "calc")
BOXES = tuple(name for one in READ if one.type == "checkbox" for name in one.columns)
OWN = ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "redcap_data_access_group")
# The record's number stands first, then REDCap's own columns, then the questions.
HEADING = (
    "record_id",
    *OWN,
    *(name for one in READ[1:] for name in one.columns),
    "intake_timestamp",
    "intake_complete",
)


def line(record: object, complete: str = "2", /, **answers: object) -> dict[str, str]:
    """One line of an export: every box that is not ticked is 0, whether it was shown or not."""
    made = dict.fromkeys(HEADING, "") | dict.fromkeys(BOXES, "0")
    made |= {"record_id": str(record), "intake_complete": complete, "consent_research": "yes"}
    for name, answer in answers.items():
        if isinstance(answer, list):
            boxes = dict(zip((choice.code for choice in INTAKE[name].choices), INTAKE[name].columns, strict=True))
            made |= dict.fromkeys((boxes[code] for code in answer), "1")
        else:
            made[name] = str(answer)
    return made


def export(path: Path, lines: Iterable[Mapping[str, str]], heading: Iterable[str] = HEADING) -> Path:
    """The lines as REDCap writes them."""
    names, text = list(heading), io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(lines)
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return path
