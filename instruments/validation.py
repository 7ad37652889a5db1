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


def N_(words: str) -> str:  # noqa: N802  gettext's own name for it
    """Words for a person, marked so that translators get them: the page that shows them translates them."""
    return words


SLIDER_WORDS = N_("Choose a whole number from %(least)s to %(most)s.")


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
            N_("This does not look like a whole e-mail address. It has an @ and a dot, like name@example.org."),
        ),
        Validation(
            "phone",
            r"\+?[0-9(][0-9 ()./-]{5,22}[0-9]( ?(x|ext\.?) ?[0-9]{1,6})?",
            N_("Write the number with its area code, for example 212 555 0147."),
        ),
        Validation(
            "integer", "-?[0-9]{1,15}", N_("Write a whole number, for example 3, or leave it empty."), "number", True
        ),
        Validation(
            "number",
            r"-?([0-9]{1,15}(\.[0-9]{1,15})?|\.[0-9]{1,15})",
            N_("Write a number, for example 12.5, or leave it empty."),
            "number",
            True,
        ),
        Validation(
            "number_comma_decimal",
            "-?([0-9]{1,15}(,[0-9]{1,15})?|,[0-9]{1,15})",
            N_("Write a number, for example 12,5, or leave it empty."),
            "comma",
            True,
        ),
        Validation("time", _HOUR, N_("Write the time as hours and minutes, for example 14:30."), "text", True),
        Validation("time_hh_mm_ss", _HOUR + ":[0-5][0-9]", N_("Write the time like 14:30:00."), "text", True),
        Validation(
            "time_mm_ss", "[0-5][0-9]:[0-5][0-9]", N_("Write minutes and seconds, for example 04:30."), "text", True
        ),
        Validation("zipcode", "[0-9]{5}(-[0-9]{4})?", N_("A ZIP code has five digits, for example 10001.")),
        Validation("postalcode_australia", "[0-9]{4}", N_("This postal code has four digits.")),
        Validation("postalcode_canada", "[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]", N_("Write it like K1A 0B1.")),
        Validation("postalcode_french", "[0-9]{5}", N_("This postal code has five digits.")),
        Validation("postalcode_germany", "[0-9]{5}", N_("This postal code has five digits.")),
        Validation("postalcode_uk", "[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}", N_("Write it like SW1A 1AA.")),
        Validation("phone_australia", r"\(?0[0-9]\)?[ 0-9-]{8,12}", N_("Write the number with its area code.")),
        Validation("phone_uk", "0[0-9 ]{9,13}", N_("Write the number with its area code.")),
        Validation("ssn", "[0-9]{3}-[0-9]{2}-[0-9]{4}", N_("Write it like 123-45-6789.")),
        Validation("mrn_10d", "[0-9]{10}", N_("This number has ten digits.")),
        Validation("mrn_generic", "[A-Za-z0-9_-]+", N_("Use letters, digits, - and _ only.")),
        Validation("vmrn", "[0-9]{1,10}", N_("Use digits only.")),
        Validation("alpha_only", "[A-Za-z]+", N_("Use letters only.")),
        Validation("letters_only", "[A-Za-z]+", N_("Use letters only.")),
    ]
    decimals = [
        N_("Write a number with 1 decimal, or leave it empty."),
        N_("Write a number with 2 decimals, or leave it empty."),
        N_("Write a number with 3 decimals, or leave it empty."),
        N_("Write a number with 4 decimals, or leave it empty."),
    ]
    for places, words in enumerate(decimals, 1):
        rows.append(Validation(f"number_{places}dp", rf"-?[0-9]{{1,15}}\.[0-9]{{{places}}}", words, "number", True))
        rows.append(
            Validation(f"number_{places}dp_comma_decimal", f"-?[0-9]{{1,15}},[0-9]{{{places}}}", words, "comma", True)
        )
    for order in ("ymd", "mdy", "dmy"):
        day = N_("Write the day as year, month, day, for example 2026-11-24, or leave it empty.")
        rows.append(Validation(f"date_{order}", _DAY, day, "date", True))
        rows.append(
            Validation(f"datetime_{order}", f"{_DAY} {_HOUR}", N_("Write it like 2026-11-24 14:30."), "date", True)
        )
        rows.append(
            Validation(
                f"datetime_seconds_{order}",
                f"{_DAY} {_HOUR}:[0-5][0-9]",
                N_("Write it like 2026-11-24 14:30:00."),
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
        return N_("The calendar does not have this day. Check the month and the day.")
    low, high = (today if limit in ("today", "now") else limit for limit in (least, most))
    if low and _before(validation.compare, text, low):
        return _at_least(validation) % {"limit": low}
    if high and _before(validation.compare, high, text):
        return _at_most(validation) % {"limit": high}
    return ""


def _at_least(validation: Validation) -> str:
    timed = validation.compare in ("date", "text")
    return N_("This should be %(limit)s or later.") if timed else N_("This should be %(limit)s or more.")


def _at_most(validation: Validation) -> str:
    timed = validation.compare in ("date", "text")
    return N_("This should be %(limit)s or earlier.") if timed else N_("This should be %(limit)s or less.")


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
