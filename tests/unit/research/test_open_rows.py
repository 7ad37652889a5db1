"""`python -m crypto open-rows`: from what the portal hands out to the files that `release` reads."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from crypto import keys, posted
from crypto.__main__ import main
from crypto.frame import unframe
from crypto.letter import seal_letter
from crypto.mail import role_address
from crypto.posted import first_of_month
from demo import rows
from demo.people import Staff
from demo.wire import b64
from instruments.answers import SKIP
from instruments.editions import load
from instruments.row import columns, research_row
from release.themes import write_sheet
from tests.support.databases import ROOT, one_database
from tests.support.typed import Done, typed
from tests.unit.research.conftest import Study

EMAIL = "stan@example.org"
INTAKE, OUTTAKE = load("intake"), load("outtake")
YES = {"consent_research": "yes"}
SAID: dict[str, Any] = {"gender": "woman", "wi_type": ["disc"], "miniz_burnout": SKIP, "age_band": "a40"}
ROW = research_row(INTAKE, SAID, YES)

pytestmark = [one_database, pytest.mark.slow]  # it knows of no database


@pytest.fixture
def stan(study: Study) -> Staff:
    """A steward whose words are asked for; every row may be taken at once."""
    study.batches_of(1)
    words = Staff(study.wire.another(), "Stan Oduya", now_s=study.clock.now_s)
    words.roles = "steward"
    words.use_words(email=EMAIL)
    words.join(study.carl.invite_staff("steward"))
    study.carl.certify(words)
    return words


def command(tmp_path: Path, file: bytes, given: str, *more: str) -> Done:
    (tmp_path / "rows.json").write_bytes(file)
    return typed(main, "open-rows", tmp_path / "rows.json", "--out", tmp_path / "rows.csv", *more, given=given)


def secret(stan: Staff) -> str:
    return f"{EMAIL}\n{stan.words}\n"


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def planted(study: Study, stan: Staff, payload: dict[str, Any], kind: str = "row") -> str:
    """What somebody puts among the rows who knows the stewards' keys, as everybody does."""
    day = first_of_month(study.carl.today)
    mail = seal_letter(None, site=study.carl.site, kind=kind, to=role_address(study.carl.site, "steward"), about=bytes(16),
                       day=day, payload=payload, recipients=[study.carl.directory().person(stan.fp)])  # fmt: skip
    return b64(mail)


def test_rows_become_a_file_that_release_reads_and_nothing_else_does(study: Study, stan: Staff, tmp_path: Path) -> None:
    sara, greta = study.somebody(), study.somebody()
    for who in (sara, greta):
        rows.send_row(who, "intake.v1", "intake", ROW)
    done = command(tmp_path, rows.take_rows_home(stan), secret(stan))
    assert done.returncode == 0, done.stderr
    assert "Rows of intake.v1: 2" in done.stdout and "Left out" not in done.stdout
    with (tmp_path / "rows.csv").open() as opened:
        assert next(csv.reader(opened)) == [*columns(INTAKE), "wave", "month", "thread"]
    found = lines(tmp_path / "rows.csv")
    assert {line["thread"] for line in found} == {rows.research(who)["thread"] for who in (sara, greta)}
    assert {name: found[0][name] for name in ROW} == ROW
    assert found[0]["wave"] == "intake" and found[0]["month"] == rows.research(sara)["rows"][0]["month"]
    assert (tmp_path / "rows.csv").stat().st_mode & 0o777 == 0o600


def test_the_file_does_not_depend_on_the_order_of_what_was_handed_out(
    study: Study, stan: Staff, tmp_path: Path
) -> None:
    for age in ("a30", "a50", "a40"):
        rows.send_row(study.somebody(), "intake.v1", "intake", {**ROW, "age_band": age})
    file = json.loads(rows.take_rows_home(stan))
    written = []
    for order in (file["rows"], file["rows"][::-1]):
        assert command(tmp_path, json.dumps({**file, "rows": order}).encode(), secret(stan)).returncode == 0
        written.append((tmp_path / "rows.csv").read_bytes())
    assert written[0] == written[1]


def test_each_instrument_has_a_file_and_comments_have_one(study: Study, stan: Staff, tmp_path: Path) -> None:
    sara = study.somebody()
    rows.send_row(sara, "intake.v1", "intake", ROW)
    rows.send_row(sara, "outtake.v1", "outtake", research_row(OUTTAKE, {"o_useful": "5"}, YES))
    rows.send_comment(sara, "outtake", "=They listened,\n“ça va”")
    file = rows.take_rows_home(stan)
    without = command(tmp_path, file, secret(stan))
    assert "Comments: 1, not written" in without.stdout
    done = command(tmp_path, file, secret(stan), "--comments", str(tmp_path / "comments.csv"))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == [
        "comments.csv",
        "rows.intake.v1.csv",
        "rows.outtake.v1.csv",
    ]
    assert lines(tmp_path / "comments.csv")[0]["text"] == "=They listened,\n“ça va”"
    (intake,), (outtake,) = (lines(tmp_path / f"rows.{name}.v1.csv") for name in ("intake", "outtake"))
    assert intake["thread"] == outtake["thread"] == rows.research(sara)["thread"]
    assert "thread" not in lines(tmp_path / "comments.csv")[0]


def test_no_planted_comment_breaks_the_file_or_adds_a_line_to_it(study: Study, stan: Staff, tmp_path: Path) -> None:
    rows.send_comment(study.somebody(), "outtake", "They listened.\r\nThen they acted.")
    rows.send_comment(study.somebody(), "outtake", "a\r=HYPERLINK(A1)\rb\0\x1a")
    target = tmp_path / "comments.csv"
    done = command(tmp_path, rows.take_rows_home(stan), secret(stan), "--comments", str(target))
    assert done.returncode == 0, done.stderr
    texts = ["They listened.\nThen they acted.", "a\n=HYPERLINK(A1)\nb"]
    assert [line["text"] for line in lines(target)] == texts
    assert b"\r" not in target.read_bytes()
    write_sheet(target, tmp_path / "sheet.csv")
    assert [line["text"] for line in lines(tmp_path / "sheet.csv")] == texts


def test_what_somebody_planted_is_counted_in_words_and_left_out(study: Study, stan: Staff, tmp_path: Path) -> None:
    rows.send_row(study.somebody(), "intake.v1", "intake", ROW)
    file = json.loads(rows.take_rows_home(stan))
    good = {"kind": "row", "instrument": "intake.v1", "wave": "intake", "thread": "A" * 22}
    month = month_of(study)
    odd: list[dict[str, Any]] = [
        {"answers": {"gender": "zebra"}}, {"answers": {"narrative": "a name"}}, {"answers": {"wi_type___disc": "1"}},
        {"answers": {"gender": "woman", "case": "7"}},
    ]  # fmt: skip
    file["rows"] += [planted(study, stan, {**good, "month": month, **one}) for one in odd]
    file["rows"] += [planted(study, stan, {**good, "month": month, "answers": {}, "instrument": "census.v1"})]
    file["rows"] += [
        planted(study, stan, {**good, "month": "1999-01", "answers": {}}),
        planted(study, stan, {}, "comment"),
    ]
    file["rows"] += [b64(b"x" * 9000), "", file["rows"][0][:-40]]
    file["rows"] += [planted(study, stan, {**good, "month": month, "answers": {}})] * 2
    done = command(tmp_path, json.dumps(file).encode(), secret(stan))
    assert done.returncode == 0, done.stderr
    assert "Rows of intake.v1: 2" in done.stdout
    assert "Left out, 4 with an answer" in done.stdout and "Left out, 1 of an instrument" in done.stdout
    assert "Left out, 5 no rows" in done.stdout and "Left out, 1 one person’s row" in done.stdout.replace("'", "’")
    assert "zebra" not in done.stdout and "a name" not in done.stdout


def month_of(study: Study) -> str:
    return posted.month_of(first_of_month(study.carl.today))


def test_rows_from_before_a_steward_came_are_told_apart(study: Study, stan: Staff, tmp_path: Path) -> None:
    early = study.send()
    file = json.loads(rows.take_rows_home(stan))
    other = b64(unframe("row", early)["mail"])
    assert file["rows"] == [other]
    selma = study.steward("Selma")
    selma.use_words(email="selma@example.org")
    unlocks = keys.wrap(selma.method, selma.site, "staff", selma.fp, selma.account_key) if selma.method else b""
    bundle = keys.seal_bundle(selma.account_key, selma.site, "staff", selma.identity)
    assert selma.method is not None
    hers = {
        **file,
        "fp": b64(selma.fp),
        "locator": b64(selma.method.locator),
        "wrap": b64(unlocks),
        "bundle": b64(bundle),
    }
    done = command(tmp_path, json.dumps(hers).encode(), f"selma@example.org\n{selma.words}\n")
    assert done.returncode == 0 and "Left out, 1 not sealed to you" in done.stdout
    assert not (tmp_path / "rows.csv").exists()


@pytest.mark.parametrize(("change", "said"), [
    ({"alongside-rows": 2}, "not the file"), ({"rows": "x"}, "not the file"), ({"fp": "AAAA"}, "another length"),
    ({"wrap": "?"}, "not base64url"), ({"kind": "passkey"}, "made with a passkey"), ({"rows": [5]}, "not base64url"),
])  # fmt: skip
def test_another_file_is_refused_in_words(
    study: Study, stan: Staff, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    file = {**json.loads(rows.take_rows_home(stan)), **change}
    done = command(tmp_path, json.dumps(file).encode(), secret(stan))
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "rows.csv").exists()


def test_with_other_words_nothing_opens(study: Study, stan: Staff, tmp_path: Path) -> None:
    rows.send_row(study.somebody(), "intake.v1", "intake", ROW)
    file = rows.take_rows_home(stan)
    done = command(tmp_path, file, f"{EMAIL}\n{keys.new_words(6)}\n")
    assert done.returncode == 1 and "does not open" in done.stderr
    assert command(tmp_path, b"{", secret(stan)).returncode == 1
    assert command(tmp_path, os.urandom(50), secret(stan)).returncode == 1


def test_a_dictionary_of_the_organisations_own_can_be_named(study: Study, stan: Staff, tmp_path: Path) -> None:
    file = json.loads(rows.take_rows_home(stan))
    answers = {"o_useful": "5"}
    row = {"kind": "row", "instrument": "visit.v3", "wave": "visit", "month": month_of(study), "thread": "A" * 22}
    file["rows"] = [planted(study, stan, {**row, "answers": answers})]
    data = json.dumps(file).encode()
    assert "of an instrument that is not here" in command(tmp_path, data, secret(stan)).stdout
    (tmp_path / "visit.v3.csv").write_bytes((ROOT / "instruments/definitions/outtake.v1.csv").read_bytes())
    done = command(tmp_path, data, secret(stan), "--dictionary", str(tmp_path / "visit.v3.csv"))
    assert "Rows of visit.v3: 1" in done.stdout, done.stderr
    (tmp_path / "broken.csv").write_text("x")
    assert command(tmp_path, data, secret(stan), "--dictionary", str(tmp_path / "broken.csv")).returncode == 1
