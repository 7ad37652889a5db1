"""Whom to call now: the support lines that stand on every page, with the day they were last checked."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

CHECKED = "2026-11-22"


def support_lines() -> dict[str, Any]:
    """`checked` (YYYY-MM-DD) and `lines`: name, before, tel (what is dialled), shown, after."""
    physicians = _(
        "Psychiatrists who volunteer, for physicians and students. Free. "
        "Every day; for the hours see physiciansupportline.com."
    )
    lines = [
        _line("988", "988", _("Suicide and Crisis Lifeline"), before=_("Call or text"), after=_("Any hour.")),
        _line("+18884090141", "1-888-409-0141", _("Physician Support Line"), after=physicians),
        _line(
            "+18006694000", "1-800-669-4000", _("EEOC, for deadlines at work"),
            after=_("The US office for equal treatment at work. Weekdays."),
        ),
        _line("911", "911", _("In danger right now"), before=_("Call")),
    ]  # fmt: skip
    return {"checked": CHECKED, "lines": lines}


def _line(tel: str, shown: str, name: str, *, before: str = "", after: str = "") -> dict[str, str]:
    return {"name": name, "before": before, "tel": tel, "shown": shown, "after": after}
