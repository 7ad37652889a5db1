"""How a person finds her own class: what each of her answers becomes in this release.

Her browser reads it with classes.csv and what she herself answered; it asks nobody.
"""

from __future__ import annotations

from typing import Any

from release.design import NOT_STATED, SEVERAL, Known
from release.draft import Draft
from release.hierarchy import Level
from release.published import FORM


def levels(draft: Draft) -> dict[str, Any]:
    """levels.json. `columns` are those of classes.csv. A question with boxes becomes the code of the one box that was
    ticked, beside `beside` of the other one, of two or more others `several`; no answer is `unstated`.
    """
    known = zip(draft.design.known, draft.scheme.node, strict=True)
    made = [(one, one.levels.levels[level]) for one, level in known]
    told = [_column(one, level) for one, level in made if len(level.labels) > 1]
    return {"form": FORM, "instrument": draft.design.plan.instrument, "columns": told}


def _column(one: Known, level: Level) -> dict[str, Any]:
    codes = {code: level.codes[level.group[place]] for place, code in enumerate(one.levels.codes)}
    many = one.field.type == "checkbox"
    return {
        "field": one.field.name,
        "label": one.field.label,
        "many": many,
        "beside": one.plan.beside,
        "unstated": codes[NOT_STATED],
        "several": codes[SEVERAL] if many else "",
        "codes": {choice.code: codes[choice.code] for choice in one.field.options},
        "labels": dict(zip(level.codes, level.labels, strict=True)),
    }
