"""Releases from end to end: Stan publishes a folder, Rita signs the terms and takes it home, anybody sees what there is."""

import csv
import io
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from playwright.sync_api import Page, expect

from crypto.__main__ import main
from crypto.posted import first_of_month
from crypto.row import make_row
from demo.releases import Researcher, Steward
from demo.rows import post
from tests.browser.cast import SLOW_MS, button
from tests.support import study
from tests.support.browser import DESKTOP, PHONE
from tests.support.databases import one_database
from tests.support.releases import folder
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.typed import typed
from tests.support.widths import sound, sound_at_both

pytestmark = one_database
BESIDE = ("wave", "month", "thread")
APPROVED = study.PLAN.replace(
    'protocol = "IRB 7"', 'protocol = "IRB 7"\napproved = "2026-01-01"\napproved_until = "2099-12-31"'
)


@pytest.fixture(scope="module")
def built(built: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of 700 people who do not exist, as the tool writes it on a steward's machine."""
    home = tmp_path_factory.mktemp("steward")
    (home / "plan.toml").write_text(APPROVED, encoding="utf-8")
    words = ["--rows", study.rows(home, 700), "--dictionary", "intake.v1.csv", "--plan", home / "plan.toml"]
    done = study.run("build", *words, "--out", home / "release-1")
    assert done.returncode == 0, done.stderr
    return home / "release-1"


def taken(page: Page, name: str) -> bytes:
    """A file of the open release, as it lands on the disk."""
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save {name}", exact=True).click()
    return download.value.path().read_bytes()


def refused(page: Page, bad: dict[str, dict[str, bytes]], home: Path) -> None:
    """Each of these folders is named as what it is: words of the page, files."""
    for number, (words, files) in enumerate(bad.items()):
        here = home / str(number)
        here.mkdir()
        for name, data in files.items():
            (here / name).write_bytes(data)
        page.locator("#folder").set_input_files(here)
        expect(page.locator("#folder-wrong")).to_contain_text(words, timeout=SLOW_MS)
        expect(button(page, "Sign and publish")).to_have_count(0)


def test_a_folder_that_may_be_published_and_no_other_goes_from_a_steward_to_a_researchers_own_tools(
    server: Server, visit: Begin, built: Path, tmp_path: Path
) -> None:
    stage = Stage(server)
    stan, rita = (stage.staff(kind, name) for kind, name in ((Steward, "Stan Kim"), (Researcher, "Rita Roe")))

    page = device(visit, stage, stan, DESKTOP, "/research").page
    expect(page.get_by_role("heading", name="Publish a release")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("There is no release yet.")).to_be_visible()
    sound(page)
    bad = {
        "its manifest or its attack report is missing": {"data.csv": b"row\n"},
        "An attack succeeds": folder(caught="k"),
        "The attack report is of another release": folder()
        | {"attack-report.json": folder("tables")["attack-report.json"]},
        "A file was changed": folder() | {"data.csv": b"row\n"},
        "its manifest does not name": folder() | {"rows.csv": b"row\n"},
        "is not in the folder": {n: d for n, d in folder().items() if n != "data.csv"},
        "names no protocol number": folder(protocol=""),
        "not in force today": folder(approved_until="2020-02-01"),
    }
    refused(page, bad, tmp_path)
    sound_at_both(page)

    page.get_by_label("Folder of the release").set_input_files(built)
    expect(page.get_by_text("All 16 attacks failed")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text("IRB 7")).to_be_visible()
    button(page, "Sign and publish").click()
    sound(page)
    button(page, "Sign and publish release 1").click()
    expect(page.get_by_role("heading", name="Release 1 is published")).to_be_visible(timeout=SLOW_MS)
    sound(page)

    page = device(visit, stage, rita, PHONE, "/research").page
    expect(page.get_by_role("heading", name="Read this first, then sign")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("button", name="Open release 1")).to_have_count(0)
    sound(page)
    button(page, "I agree, and I sign").click()
    page.get_by_role("button", name="Open release 1").click(timeout=SLOW_MS)
    expect(page.get_by_role("heading", level=1, name="Release 1")).to_be_visible(timeout=SLOW_MS)
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    expect(page.locator("#app .lead")).to_contain_text(f"{manifest['rows']} people")
    expect(page.get_by_role("heading", name="Who is in it")).to_be_visible()
    page.get_by_text("What each of them found").click()
    expect(page.get_by_text("Held")).to_have_count(16)
    sound(page)
    rows = pd.read_csv(io.BytesIO(taken(page, "data.csv")), dtype=str, keep_default_na=False)
    assert (len(rows), rows.columns[0]) == (manifest["rows"], "row")
    sav = built.parent / "taken.sav"
    sav.write_bytes(taken(page, "data.sav"))
    frame, meta = pyreadstat.read_sav(sav)
    assert len(frame) == manifest["rows"] and meta.column_names_to_labels["career_stage"] == "Career stage"
    for name in ("codebook.csv", "attack-report.html"):
        assert taken(page, name) == (built / name).read_bytes()

    button(page, "All releases").click()
    button(page, "Make a token").click()
    token = page.locator("#token").inner_text(timeout=SLOW_MS)
    page.get_by_text("How a script asks").click()
    sound(page)
    ask = urllib.request.Request(
        f"{server.url}/research/releases/1/data.csv", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(ask) as answer:
        assert answer.read() == (built / "data.csv").read_bytes()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_role("heading", name="That token opens nothing any more.")).to_be_visible(timeout=SLOW_MS)
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(ask)


def test_anybody_sees_figures_and_releases_and_nothing_that_is_not_for_them(server: Server, visit: Begin) -> None:
    stage = Stage(server)
    here = visit(server.url, PHONE, watched=True)
    page = here.go("/research")
    expect(page.get_by_text("There is no release yet.")).to_be_visible(timeout=SLOW_MS)
    sound(page)
    stan = stage.staff(Steward, "Stan Kim")
    for product in ("microdata", "tables", "public"):
        stan.publish(folder(product))
    page = here.go("/research")
    expect(page.get_by_role("heading", name="Who asked in 2025")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("row", name="Woman 171")).to_be_visible()
    for number in (1, 2, 3):
        expect(page.get_by_role("row").filter(has_text=f"Release {number}")).to_contain_text("IRB 7")
    page.get_by_text("Files and their hashes").click()
    sound(page)
    expect(page.get_by_role("button", name="Open")).to_have_count(0)
    expect(page.get_by_role("navigation", name="Rooms")).to_have_count(0)
    asked = [one.url for one in here.record.requests if one.method == "POST"]
    assert not [one for one in asked if "/research/" in one and not one.endswith("/research/public")]
    page = device(visit, stage, stan, DESKTOP, "/research").page
    page.get_by_role("button", name="Open release 2").click(timeout=SLOW_MS)
    expect(page.get_by_role("row", name="MD 25/40 (63%)")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("row", name="Other not shown")).to_be_visible()
    expect(page.get_by_role("row", name="To be safe (kappa 0.81) 30/40 (75%)")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    sound(page)
    stage.carl.list_people(revoke=(stan.fp,))
    stage.staff(Steward, "Sven Ek")  # the list of people begins anew, without Stan
    page = visit(server.url, PHONE).go("/research")
    expect(page.get_by_role("row").filter(has_text="Release 3")).to_contain_text("IRB 7", timeout=SLOW_MS)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_sealed_rows_become_a_release_that_a_researcher_reads(
    make_server: Callable[..., Server], visit: Begin, tmp_path: Path
) -> None:
    """The whole way: forty people say yes, Stan takes their rows home, makes tables, publishes; Rita reads them."""
    stage = Stage(make_server(settings={"ALONGSIDE_ROWS_BATCH": "1"}))
    stan = stage.staff(Steward, "Stan Kim", email="stan@example.org")
    with study.rows(tmp_path, 40).open(encoding="utf-8", newline="") as made:
        answers = [{name: code for name, code in row.items() if code} for row in csv.DictReader(made)]
    stewards = stan.directory().holders("steward")
    for one in answers:
        given = {name: code for name, code in one.items() if name not in BESIDE}
        place = {"instrument": "intake.v1", "wave": "intake", "day": first_of_month(stan.today), "stewards": stewards}
        post(stage.wire, make_row(site=stan.site, thread=os.urandom(16), secret=os.urandom(32), answers=given, **place))
    here = device(visit, stage, stan, PHONE, "/research")
    page = here.page
    expect(page.get_by_role("row").filter(has_text="intake.v1")).to_contain_text("40", timeout=SLOW_MS)
    with page.expect_download() as download:
        button(page, "Save the sealed rows").click()
    expect(page.get_by_role("heading", name="40 sealed rows are saved.")).to_be_visible(timeout=SLOW_MS)
    sound(page)

    file, opened, plan = download.value.path(), tmp_path / "rows.csv", tmp_path / "plan.toml"
    assert b"career_stage" not in file.read_bytes()
    done = typed(main, "open-rows", file, "--out", opened, given=f"stan@example.org\n{stan.words}\n")
    assert done.returncode == 0, done.stderr + done.stdout
    plan.write_text(APPROVED, encoding="utf-8")
    words = ["--rows", opened, "--dictionary", "intake.v1.csv", "--plan", plan, "--out", tmp_path / "tables-1"]
    done = study.run("tables", *words)
    assert done.returncode == 0, done.stderr

    page.get_by_label("Folder of the release").set_input_files(tmp_path / "tables-1")
    button(page, "Sign and publish").click(timeout=SLOW_MS)
    button(page, "Sign and publish release 1").click()
    expect(page.get_by_role("heading", name="Release 1 is published")).to_be_visible(timeout=SLOW_MS)
    rita = stage.staff(Researcher, "Rita Roe")
    rita.agree()
    page = device(visit, stage, rita, DESKTOP, "/research").page
    page.get_by_role("button", name="Open release 1").click(timeout=SLOW_MS)
    expect(page.get_by_text("40 people, rounded.")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("table").filter(has_text="Have you changed specialty")).to_contain_text("/40")
    sound(page)
    assert taken(page, "tables.json") == (tmp_path / "tables-1" / "tables.json").read_bytes()
