"""Vectors of research rows, comments and withdrawals."""

import base64
from typing import Any

from crypto.frame import frame, unframe
from crypto.letter import seal_letter
from crypto.mail import role_address
from crypto.payload import to_json
from crypto.row import make_comment, make_row, row_payload
from tests.unit.crypto.cast import CORA, NORA, STAN, TODAY, fixed
from tests.vectors.make_frames import again
from tests.vectors.make_letters import _to, _who

FIRST = 20_758  # 2026-11-01
SITE = fixed("site")
ANSWERS = {
    "gender": "woman",
    "age_band": "a40",
    "wi_type___disc": "1",
    "wi_type___har": "0",
    "miniz_burnout": "skip",
    "sector": "",
}
ROW: dict[str, Any] = {
    "instrument": "intake.v1",
    "wave": "intake",
    "day": FIRST,
    "thread": fixed("thread", 16),
    "answers": ANSWERS,
}
COMMENT: dict[str, Any] = {"wave": "outtake", "day": FIRST, "text": "They listened — ça va."}
POST: dict[str, Any] = {"site": SITE, "stewards": _to(STAN, CORA), "secret": fixed("secret")}


def make(v: Any) -> None:
    _days(v)
    _payloads(v)
    _opened(v)
    _outside(v)
    _withdrawals(v)


def _days(v: Any) -> None:
    for name, day in {"November": FIRST, "the first of all": 0, "a leap year's March": 790}.items():
        v.gives("row", f"the month of {name}", "month_of", day=day)
    for name, day in {"the 22nd": TODAY, "the last of a month": FIRST - 1, "a day after the calendar": 2**52}.items():
        v.refuses("row", "Malformed", f"no month begins on {name}", "month_of", day=day)
    for name, day in {
        "today": TODAY,
        "the first": FIRST,
        "the 29th of February": 19782,
        "the last day": 2_932_896,
    }.items():
        v.gives("row", f"where the month of {name} begins", "first_of_month", day=day)
    v.refuses("row", "ValueError", "the month of no day", "first_of_month", day=2_932_897)


def _payloads(v: Any) -> None:
    v.gives("row", "what is sealed of a row", "row_payload", **ROW)
    v.gives(
        "row",
        "what is sealed of a follow-up",
        "row_payload",
        **{**ROW, "instrument": "followup.v1", "wave": "followup-12"},
    )
    v.gives("row", "what is sealed of a comment", "comment_payload", **COMMENT)
    for name, change in _wrong().items():
        v.refuses("row", "ValueError", f"no row {name}", "row_payload", **{**ROW, **change})
    for name, change in {"without words": {"text": ""}, "without a wave": {"wave": ""}, "of the 22nd": {"day": TODAY},
                         "in capitals": {"wave": "Outtake"}}.items():  # fmt: skip
        v.refuses("row", "ValueError", f"no comment {name}", "comment_payload", **{**COMMENT, **change})
    v.refuses("row", "ValueError", "no row for nobody", "make_row", **ROW, **{**POST, "stewards": []})
    v.refuses("row", "ValueError", "no row for Stan twice", "make_row", **ROW, **{**POST, "stewards": _to(STAN, STAN)})
    v.refuses("row", "ValueError", "no row with half a secret", "make_row", **ROW, **{**POST, "secret": bytes(16)})
    v.refuses(
        "row", "ValueError", "no comment that is too long", "make_comment", **{**COMMENT, "text": "x" * 8192}, **POST
    )


def _wrong() -> dict[str, dict[str, Any]]:
    return {
        "of no edition": {"instrument": "intake"}, "of edition 0": {"instrument": "intake.v0"},
        "with capitals": {"instrument": "Intake.v1"}, "of a wave in capitals": {"wave": "Intake"},
        "of a long wave": {"wave": "w" * 33}, "of the 22nd": {"day": TODAY}, "with half a thread": {"thread": bytes(8)},
        "with a number for a code": {"answers": {"gender": 1}}, "with a column in capitals": {"answers": {"Gender": "woman"}},
        "with a line for a code": {"answers": {"gender": "wo\nman"}}, "with a long code": {"answers": {"gender": "w" * 101}},
    }  # fmt: skip


def _opened(v: Any) -> None:
    row, comment = make_row(**ROW, **POST), make_comment(**COMMENT, **POST)
    mail = unframe("row", row)["mail"]
    as_stan: dict[str, Any] = {"steward": _who(STAN), "site": SITE}
    v.gives("row", "Stan opens a row", "open_posted", mail=mail, **as_stan)
    v.gives("row", "Cora, a steward too, opens it", "open_posted", mail=mail, **{**as_stan, "steward": _who(CORA)})
    v.gives("row", "Stan opens a comment", "open_posted", mail=unframe("row", comment)["mail"], **as_stan)
    v.refuses(
        "row",
        "NotAllowed",
        "Nora, for whom it is not, opens a row",
        "open_posted",
        mail=mail,
        **{**as_stan, "steward": _who(NORA)},
    )
    v.refuses("row", "WrongPlace", "a row of another site", "open_posted", mail=mail, **{**as_stan, "site": bytes(32)})
    good = row_payload(**ROW)
    for name, change in _planted(good).items():
        kind = change.pop("as", "row")
        planted = _letter(kind, {k: w for k, w in {**good, **change}.items() if w is not None})
        v.refuses("row", "Malformed", f"a planted row {name}", "open_posted", mail=planted, **as_stan)


def _planted(good: dict[str, Any]) -> dict[str, dict[str, Any]]:
    odd = base64.urlsafe_b64encode(bytes(15) + b"\x01").decode()[:21] + "R"  # spare bits that are set
    return {
        "that is a comment": {"as": "comment"}, "of another month": {"month": "2026-10"}, "with another name": {"case": "x"},
        "without answers": {"answers": None}, "with a list of answers": {"answers": []}, "with an empty code": {"answers": {"gender": ""}},
        "with a number": {"answers": {"gender": 1}}, "with a short thread": {"thread": "AAAA"}, "with a thread written otherwise": {"thread": odd},
        "of no instrument": {"instrument": "../x.v1"}, "with a list for a wave": {"wave": ["intake"]}, "of no kind": {"kind": None},
    }  # fmt: skip


def _letter(kind: str, payload: dict[str, Any], **change: Any) -> bytes:
    given = {"site": SITE, "to": role_address(SITE, "steward"), "about": bytes(16), "day": FIRST, **change}
    return seal_letter(None, kind=kind, payload=payload, recipients=_to(STAN), **given)


def _outside(v: Any) -> None:
    row = make_row(**ROW, **POST)
    of: dict[str, Any] = {"site": SITE, "stewards": [STAN.fp, CORA.fp]}
    v.gives("row", "a row as a server sees it", "read_row", data=row, **of)
    v.gives("row", "a comment as a server sees it", "read_row", data=make_comment(**COMMENT, **POST), **of)
    v.gives("row", "a row as it is handed out", "read_posted", mail=unframe("row", row)["mail"], site=SITE)
    for name, expect, change in (
        ("for one steward of two", "NotAllowed", {"stewards": [STAN.fp]}), ("with Nora beside", "NotAllowed", {"stewards": [STAN.fp, CORA.fp, NORA.fp]}),
        ("where there is no steward", "NotAllowed", {"stewards": []}), ("at another site", "WrongPlace", {"site": bytes(32)}),
        ("called a comment", "Malformed", {"data": again("row", row, instrument="comment")}), ("of no edition", "Malformed", {"data": again("row", row, instrument="intake")}),
        ("cut short", "Malformed", {"data": row[:-1]}),
    ):  # fmt: skip
        v.refuses("row", expect, f"a row {name}", "read_row", **{**of, "data": row, **change})
    comment = make_comment(**COMMENT, **POST)
    v.refuses(
        "row",
        "Malformed",
        "a comment called a row",
        "read_row",
        data=again("row", comment, instrument="intake.v1"),
        **of,
    )
    parts = unframe("mail", unframe("row", row)["mail"])
    for name, expect, wrong in (
        ("of another length", "Malformed", frame("mail", {**parts, "body": parts["body"][:-256]})), ("of the 22nd", "Malformed", _letter("row", {}, day=TODAY)),
        ("to the desk", "WrongPlace", _letter("row", {}, to=role_address(SITE, "coordinator"))),
        ("that is a word", "Malformed", seal_letter(NORA, kind="word", site=SITE, to=role_address(SITE, "steward"), about=bytes(16), day=FIRST, payload={}, recipients=_to(STAN))),
    ):  # fmt: skip
        v.refuses("row", expect, f"a letter {name}", "read_posted", mail=wrong, site=SITE)
    assert len(to_json(row_payload(**ROW))) < 8192


def _withdrawals(v: Any) -> None:
    secret = fixed("secret")
    withdrawal = frame("withdraw", {"site": SITE, "secret": secret})
    v.gives("row", "what stands beside a row", "withdraw_hash", site=SITE, secret=secret)
    v.refuses("row", "ValueError", "what stands beside nothing", "withdraw_hash", site=SITE, secret=b"")
    v.gives("row", "a row taken back", "read_withdrawal", data=withdrawal, site=SITE)
    v.refuses("row", "WrongPlace", "a row taken back elsewhere", "read_withdrawal", data=withdrawal, site=bytes(32))
    v.refuses(
        "row", "Malformed", "a row taken back with half a secret", "read_withdrawal", data=withdrawal[:-1], site=SITE
    )
    v.gives("row", "a batch", "batch_hash", hashes=[fixed("b"), fixed("a"), fixed("c")])
    v.gives("row", "the same batch in another order", "batch_hash", hashes=[fixed("c"), fixed("b"), fixed("a")])
    v.gives("row", "a batch of none", "batch_hash", hashes=[])
