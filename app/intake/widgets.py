"""How a question looks in a shell: WTForms asks, templates/intake/questions/ answers.

WTForms' own widgets give every control a name, and `name=False` does not work on each of them. A control with a name is
one slip away from an address line, so ours write their own HTML. Only radio buttons carry one, to be a group.
"""

from __future__ import annotations

import re
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from instruments.questions import Question

LONG_LIST = 7  # from here on two columns
KEYBOARDS = {"email": "email", "phone": "tel", "integer": "numeric", "number": "decimal", "slider": "numeric"}
_FIELDS = {"radio": RadioField, "dropdown": RadioField, "checkbox": SelectMultipleField, "notes": TextAreaField}


class AsQuestion:
    """One question, inert in a `template` element until the page's script puts it up."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __call__(self, field: Field, **_options: Any) -> Markup:
        one = self.question
        lead, aside = heading(one.label)
        kind = one.check.kind if one.check else ""
        shape = "choices" if one.choices and one.type != "slider" else "words"
        hint = " ".join(filter(None, (aside, one.note, ends(one))))
        html = render_template(
            f"intake/questions/{shape}.html", field=field, one=one, lead=lead, hint=hint,
            boxes=one.type == "checkbox", two=len(one.choices) >= LONG_LIST,
            date=kind.startswith("date_"), keyboard=KEYBOARDS.get(kind, ""), writing=is_account(one),
        )  # fmt: skip
        return Markup(re.sub(r">\s*\n\s*<", "><", html.strip()))  # noqa: S704  our own template, which escapes


def is_account(one: Question) -> bool:
    """Whether this asks for a long account: notes that stay out of the card."""
    return one.type == "notes" and not one.card and not one.short and one.show is None


def ends(one: Question) -> str:
    """What the two ends of a scale stand for; "" for what is none. Twin: ends in static/js/parts/asked.js."""
    if one.type != "slider" or one.check is None:
        return ""
    values = {"low": one.check.least, "high": one.check.most}
    labels = {choice.code: choice.label for choice in one.choices}
    if "0" not in labels or len(labels) < 2:
        return str(_("A whole number from %(low)s to %(high)s.", **values))
    values |= {"first": labels["0"], "last": one.choices[-1].label}
    return str(_("A whole number from %(low)s (%(first)s) to %(high)s (%(last)s).", **values))


def heading(label: str) -> tuple[str, str]:
    """What to ask in large letters, and the remark in brackets at its end: ("Other degrees", "Optional")."""
    found = re.fullmatch(r"(.+?) \(([^()]+)\)", label, re.DOTALL)
    return (found[1], found[2][:1].upper() + found[2][1:] + ".") if found else (label, "")


def field(question: Question) -> Any:
    """The WTForms field of a question, for a form class."""
    kind = _FIELDS.get(question.type, StringField)
    choices = [SelectChoice(one.code, one.label) for one in question.choices]
    options = {"choices": choices} if kind in (RadioField, SelectMultipleField) else {}
    return kind(question.label, widget=AsQuestion(question), **options)
