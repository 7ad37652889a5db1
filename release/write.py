"""Writes a draft as a release folder: data, codebook, classes, manifest. Nothing in it tells who came when.

Row numbers are drawn anew for each release and rows lie in their order, so that the file's order says nothing either.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from instruments.dictionary import write_dictionary
from instruments.field import Choice, Field, Instrument
from release.draft import Draft, merged
from release.formats import write_formats
from release.hierarchy import Level
from release.levels import levels
from release.multiselect import LEFT_OUT
from release.published import CLASSES, CODEBOOK, DATA, FORM, LEVELS, MANIFEST, MICRODATA, ROW, Published, digest
from release.row_tables import of_rows
from release.tables_page import page, write_tables

ID_BYTES = 8
Random = Callable[[int], bytes]
OF_ROWS = "These tables count the rows of this release, and no others. "


def write(
    draft: Draft, folder: Path, *, month: str, previous: Sequence[Published] = (), random: Random = secrets.token_bytes
) -> None:
    """The folder with its files, the manifest last.

    Raises: FileExistsError when there is something in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"“{folder}” is not empty; name a new folder")
    table = frame(draft, random)
    book, plan = codebook(draft), draft.design.plan
    (folder / CODEBOOK).write_text(write_dictionary(book), encoding="utf-8")
    table.write_csv(folder / DATA)
    write_formats(table, book, folder, {"name": f"{plan.id}-{draft.number}".replace(".", "-"), "title": plan.title})
    write_classes(table, draft, folder / CLASSES)
    (folder / LEVELS).write_text(_json(levels(draft)), encoding="utf-8")
    counted = of_rows(draft, book)
    write_tables(counted, page(counted, plan, OF_ROWS), folder)
    files = {path.name: digest(path) for path in sorted(folder.iterdir())}
    (folder / MANIFEST).write_text(_json(manifest(draft, month, previous) | {"files": files}), encoding="utf-8")


def frame(draft: Draft, random: Random = secrets.token_bytes) -> pl.DataFrame:
    """The table as text, in the order of its random row numbers."""
    numbers = row_numbers(draft.cohort.n, random)
    order = np.argsort(numbers)
    made = {ROW: pl.Series(numbers[order])}
    for name, (codes, places) in draft.columns().items():
        made[name] = pl.Series(np.array(codes, dtype=object)[places[order]], dtype=pl.String)
    return pl.DataFrame(made)


def row_numbers(n: int, random: Random = secrets.token_bytes) -> np.ndarray:
    """n different random numbers in hex."""
    while True:
        drawn = random(n * ID_BYTES).hex()
        numbers = np.array([drawn[at : at + 2 * ID_BYTES] for at in range(0, len(drawn), 2 * ID_BYTES)])
        if len(np.unique(numbers)) == n:
            return numbers


def codebook(draft: Draft) -> Instrument:
    """The release's own REDCap dictionary: its columns, and the codes that they hold here."""
    note, never = "Random, for this release only.", "class=plain; export=never"
    fields = [Field(ROW, "release", type="text", label="Row", note=note, annotation=never)]
    fields += [_known(one.field, level) for one, level in draft.told()]
    for kept in draft.design.kept:
        multi = next((one for one in draft.cohort.multis if one.field == kept.field.name), None)
        if multi is None:
            fields.append(_single(kept.field))
        elif multi.items:
            fields.append(_boxes(draft, kept.field, multi.items))
    return Instrument("release", draft.number, tuple(fields))


def write_classes(table: pl.DataFrame, draft: Draft, path: Path) -> None:
    """Each class by its codes, and its rows: a peer's browser finds its own in it."""
    names = [one.field.name for one, _ in draft.told()]
    if names:
        table.group_by(names).len("rows").sort(names).write_csv(path)
    else:
        pl.DataFrame({"rows": [table.height]}).write_csv(path)


def manifest(draft: Draft, month: str, previous: Sequence[Published]) -> dict[str, Any]:
    """What the release is, how it was made, and the public tables needed to check it without us."""
    plan = draft.design.plan
    return {
        "form": FORM,
        "product": MICRODATA,
        "plan": {"id": plan.id, "title": plan.title},
        "series": plan.series,
        "number": draft.number,
        "protocol": plan.protocol,
        "approved": plan.approved,
        "approved_until": plan.approved_until,
        "month": month,
        "instrument": plan.instrument,
        "rows": draft.cohort.n,
        # Told so roughly that nobody can count who was left out.
        "left_out_at_most": ceil((1 - draft.cohort.n / draft.of_all) * 20) / 20,
        "loss": round(draft.loss, 2),
        "proven": draft.proven,
        "targets": asdict(plan.targets) | {"loss": plan.loss},
        "scheme": {
            "levels": {one.field.name: level for one, level in zip(draft.design.known, draft.scheme.node, strict=True)},
            "boxes": draft.scheme.boxes,
        },
        "hierarchies": {
            one.field.name: {
                code: [level.codes[level.group[place]] for level in one.levels.levels]
                for place, code in enumerate(one.levels.codes)
            }
            for one in draft.design.known
        },
        "previous": digest(previous[-1].folder / MANIFEST) if previous else "",
    }


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _known(field: Field, level: Level) -> Field:
    choices = tuple(Choice(code, label) for code, label in zip(level.codes, level.labels, strict=True))
    return _field(field, "radio", choices, "", "quasi")


def _single(field: Field) -> Field:
    choices = (*field.options, Choice("skip", "Asked and left"))
    return _field(field, "radio", choices, "Empty: not asked.", field.policy.cls)


def _boxes(draft: Draft, field: Field, items: tuple[str, ...]) -> Field:
    labels = {choice.code: choice.label for choice in field.choices}
    made = []
    for item in items:
        others = [labels[box] for box in merged(draft.scheme.boxes, field.name, item)]
        made.append(Choice(item, labels[item] + (f" (here also: {'; '.join(others)})" if others else "")))
    gone = [labels[box] for box, to in draft.scheme.boxes[field.name].items() if to == LEFT_OUT]
    note = "More than one answer possible. Empty: not asked; skip: asked and left."
    note += f" Left out as too rare: {'; '.join(gone)}." if gone else ""
    return _field(field, "checkbox", tuple(made), note, field.policy.cls)


def _field(field: Field, kind: str, choices: tuple[Choice, ...], note: str, cls: str) -> Field:
    told = " | ".join(f"{choice.code}, {choice.label.replace('|', '/')}" for choice in choices)
    return Field(
        field.name,
        "release",
        type=kind,
        label=field.label,
        choices_text=told,
        note=note,
        choices=choices,
        annotation=f"class={cls}; export=yes",
    )
