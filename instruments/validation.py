"""REDCap's text validations as patterns that Python and the browser read alike, and kind words.

Answers keep REDCap's stored forms: a date is YYYY-MM-DD whatever order the page shows.
Source: REDCap help, "Text validation types". Twin: checkText in static/js/parts/instrument.js.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_HOUR = "([01][0-9]|2[0-3]):[0-5][0-9]"
_NUMBER_WORDS = "Write a number, for example 12.5, or leave it empty."
_SKIP = ", or leave it empty."


@dataclass(frozen=True)
class Validation:
    """One validation type. `compare` says how limits are read; `closed` that no free words fit in."""

    kind: str
    pattern: str
    words: str
    compare: str = ""
    closed: bool = False


def _table() -> dict[str, Validation]:
    rows = [
        Validation(
            "email",
            r"[^@ ,;<>()]+@[^@ ,;<>()]+\.[^@ .,;<>()]{2,}",
            "This does not look like a whole e-mail address. It has an @ and a dot, like name@example.org.",
        ),
        Validation(
            "phone",
            r"\+?[0-9(][0-9 ()./-]{5,22}[0-9]( ?(x|ext\.?) ?[0-9]{1,6})?",
            "Write the number with its area code, for example 212 555 0147.",
        ),
        Validation("integer", "-?[0-9]{1,15}", "Write a whole number, for example 3" + _SKIP, "number", True),
        Validation("number", r"-?([0-9]{1,15}(\.[0-9]{1,15})?|\.[0-9]{1,15})", _NUMBER_WORDS, "number", True),
        Validation(
            "number_comma_decimal",
            "-?([0-9]{1,15}(,[0-9]{1,15})?|,[0-9]{1,15})",
            "Write a number, for example 12,5, or leave it empty.",
            "comma",
            True,
        ),
        Validation("time", _HOUR, "Write the time as hours and minutes, for example 14:30.", "text", True),
        Validation("time_hh_mm_ss", _HOUR + ":[0-5][0-9]", "Write the time like 14:30:00.", "text", True),
        Validation(
            "time_mm_ss", "[0-5][0-9]:[0-5][0-9]", "Write minutes and seconds, for example 04:30.", "text", True
        ),
        Validation("zipcode", "[0-9]{5}(-[0-9]{4})?", "A ZIP code has five digits, for example 10001."),
        Validation("postalcode_australia", "[0-9]{4}", "This postal code has four digits."),
        Validation("postalcode_canada", "[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]", "Write it like K1A 0B1."),
        Validation("postalcode_french", "[0-9]{5}", "This postal code has five digits."),
        Validation("postalcode_germany", "[0-9]{5}", "This postal code has five digits."),
        Validation("postalcode_uk", "[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}", "Write it like SW1A 1AA."),
        Validation("phone_australia", r"\(?0[0-9]\)?[ 0-9-]{8,12}", "Write the number with its area code."),
        Validation("phone_uk", "0[0-9 ]{9,13}", "Write the number with its area code."),
        Validation("ssn", "[0-9]{3}-[0-9]{2}-[0-9]{4}", "Write it like 123-45-6789."),
        Validation("mrn_10d", "[0-9]{10}", "This number has ten digits."),
        Validation("mrn_generic", "[A-Za-z0-9_-]+", "Use letters, digits, - and _ only."),
        Validation("vmrn", "[0-9]{1,10}", "Use digits only."),
        Validation("alpha_only", "[A-Za-z]+", "Use letters only."),
        Validation("letters_only", "[A-Za-z]+", "Use letters only."),
    ]
    for places in range(1, 5):
        words = f"Write a number with {places} decimal" + ("s" if places > 1 else "") + _SKIP
        rows.append(Validation(f"number_{places}dp", rf"-?[0-9]{{1,15}}\.[0-9]{{{places}}}", words, "number", True))
        rows.append(
            Validation(f"number_{places}dp_comma_decimal", f"-?[0-9]{{1,15}},[0-9]{{{places}}}", words, "comma", True)
        )
    for order in ("ymd", "mdy", "dmy"):
        day = "Write the day as year, month, day, for example 2026-11-24" + _SKIP
        rows.append(Validation(f"date_{order}", _DAY, day, "date", True))
        rows.append(Validation(f"datetime_{order}", f"{_DAY} {_HOUR}", "Write it like 2026-11-24 14:30.", "date", True))
        rows.append(
            Validation(
                f"datetime_seconds_{order}",
                f"{_DAY} {_HOUR}:[0-5][0-9]",
                "Write it like 2026-11-24 14:30:00.",
                "date",
                True,
            )
        )
    return {row.kind: row for row in rows}


VALIDATIONS = _table()


def trimmed(text: str) -> str:
    """Text without blanks at its ends; the same blanks as in the browser twin."""
    return text.strip(" \t\r\n")


def check_text(validation: Validation, least: str, most: str, text: str, today: str = "") -> str:
    """Kind words about what to change in `text`, or "" when it is fine. Blank is always fine.

    Args: least, most: limits as in the dictionary, may be "today". today: YYYY-MM-DD, for such limits.
    """
    text = trimmed(text)
    if not text:
        return ""
    if not re.fullmatch(validation.pattern, text):
        return validation.words
    if validation.compare == "date" and not _on_the_calendar(text[:10]):
        return "The calendar does not have this day. Check the month and the day."
    low, high = (today if limit in ("today", "now") else limit for limit in (least, most))
    if low and _before(validation.compare, text, low):
        return f"This should be {low} or {'later' if validation.compare in ('date', 'text') else 'more'}."
    if high and _before(validation.compare, high, text):
        return f"This should be {high} or {'earlier' if validation.compare in ('date', 'text') else 'less'}."
    return ""


def limit_is_readable(validation: Validation, limit: str) -> bool:
    """Whether a minimum or maximum fits its validation type."""
    if validation.compare == "date" and limit in ("today", "now"):
        return True
    return bool(validation.compare) and check_text(validation, "", "", limit) == "" and limit == trimmed(limit)


def limits_are_ordered(validation: Validation, least: str, most: str) -> bool:
    """Whether the minimum is at most the maximum; today and now count as ordered."""
    moving = {"today", "now"} & {least, most}
    return bool(moving) or not _before(validation.compare, most, least)


def _before(compare: str, left: str, right: str) -> bool:
    if compare in ("number", "comma"):
        return float(left.replace(",", ".")) < float(right.replace(",", "."))
    if compare == "date":  # a day as limit covers the whole of that day
        shortest = min(len(left), len(right))
        return left[:shortest] < right[:shortest]
    return left < right


def _on_the_calendar(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
