"""The instrument's questions for the intake's shell: rendered at build. No answer comes back here."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup
from wtforms import Form

from app.intake import widgets
from instruments.editions import load
from instruments.field import Instrument
from instruments.questions import Question, as_json, questionnaire

ELSEWHERE = {"device_check"}  # asked on the page before the first question, where nothing is kept
NOT_YET = {"file", "signature", "descriptive"}  # records of their own
IN_HTML = ("label", "note", "choices", "search")
# static/js/pages/intake_account.js puts these back.
DEFAULTS: dict[str, Any] = {
    "exclusive": [], "support": [], "check": None, "show": None,
    "formula": None, "matrix": "", "short": False, "card": False, "required": False, "consent": False, "kept": True,
    "row": "no", "only_if": "",
}  # fmt: skip


def facts(instrument: Instrument | None = None) -> dict[str, Any]:
    """Variables of templates/intake/intake.html: questions, sheet, minutes, short_minutes.

    instrument: the edition to ask; without one, the newest that ships with the software.
    """
    instrument = instrument or load("intake")
    sheet = questionnaire(instrument)
    asked = [one for part in sheet.parts for one in part.questions if is_asked(one)]
    # A question may be called "data" or "process": so are parts of a form.
    form = type("Intake", (Form,), {f"q_{one.id}": widgets.field(one) for one in asked})()
    return {
        "questions": Markup("\n").join(field() for field in form),
        "sheet": as_text(slim(as_json(instrument))),
        "minutes": sheet.minutes,
        "short_minutes": sheet.short_minutes,
    }


def is_asked(one: Question) -> bool:
    """Whether it has a page of its own among the questions."""
    return not one.consent and one.id not in ELSEWHERE and one.type not in NOT_YET


def slim(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet without what the page's script finds in the questions' HTML, and without defaults."""
    for one in [*(q for part in sheet["parts"] for q in part["questions"]), *sheet["others"]]:
        for name in IN_HTML:
            del one[name]
        for name, usual in DEFAULTS.items():
            if one[name] == usual:
                del one[name]
    return sheet


def as_text(sheet: dict[str, Any]) -> Markup:
    """JSON that may stand as text in HTML."""
    text = json.dumps(sheet, separators=(",", ":"), ensure_ascii=False)
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;"))  # noqa: S704  escaped here
