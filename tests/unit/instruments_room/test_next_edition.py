"""The next edition of an instrument: looked at, refused in words, kept for good, and asked from the next start on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from app import cli, kept, shells
from app.config import from_environment
from app.db import make_sessions
from app.instruments import service
from demo.wire import Over, b64, unb64
from instruments import needed
from instruments.dictionary import read_dictionary, write_dictionary
from instruments.editions import CONSENTS, every_edition, load
from tests.support.databases import Database
from tests.support.editions import NEW, SECOND, edited, line_of
from tests.support.people import Cast, CastInside, refusal
from tests.support.server import Server


def keep(cast: Cast, dictionary: bytes = SECOND, after: str = "intake.v1", name: str = "intake") -> dict[str, Any]:
    return cast.carl.act("/instruments/store", name=name, dictionary=b64(dictionary), after=after)


def told(said: Any) -> list[tuple[str, str]]:
    return [(one["column"], one["words"]) for one in said.error.facts["wrong"]]


def test_carl_is_told_line_and_column_of_each_fault_and_nothing_is_stored(cast: CastInside) -> None:
    def spoil(lines: list[dict[str, str]]) -> None:
        line_of(lines, "name_use")["Field Type"] = "txt"
        line_of(lines, "npi")["Variable / Field Name"] = "NPI"

    spoilt = edited(spoil)
    for path, more in (("/instruments/check", {"name": "intake"}), ("/instruments/try", {})):
        with refusal(400, "dictionary") as said:
            cast.carl.post(path, dictionary=b64(spoilt), **more)
        assert [column for column, _ in told(said)] == ["Field Type", "Variable / Field Name"]
        assert said.error and all(one["line"] > 2 for one in said.error.facts["wrong"])
    with refusal(400, "dictionary"):
        keep(cast, spoilt)
    assert cast.count("instruments") == 0


def test_more_for_research_than_a_sealed_row_holds_is_refused_where_it_is_too_much(cast: CastInside) -> None:
    def with_many(lines: list[dict[str, str]]) -> None:
        boxes = " | ".join(f"c{number}, Choice {number}" for number in range(30))
        for number in range(8):
            name = f"a_question_with_many_boxes_{number}"
            more = {
                "Variable / Field Name": name,
                "Field Type": "checkbox",
                "Field Annotation": "class=plain; export=yes",
            }
            lines.append({**NEW, **more, "Choices, Calculations, OR Slider Labels": boxes})

    with refusal(400, "dictionary") as said:
        keep(cast, edited(with_many))
    ((column, words),) = told(said)
    assert column == "Field Annotation" and "more goes to research than one sealed row holds" in words
    assert said.error and said.error.facts["wrong"][0]["line"] > len(load("intake").fields)
    for name in ("intake", "outtake", "followup"):
        assert list(needed.too_long(load(name))) == []


def test_an_intake_without_a_consent_that_the_pages_ask_is_refused(cast: CastInside) -> None:
    def without(lines: list[dict[str, str]]) -> None:
        lines.remove(line_of(lines, "consent_followup"))
        line_of(lines, "consent_service")["Choices, Calculations, OR Slider Labels"] = "y, Yes | n, No"

    with refusal(400, "dictionary") as said:
        keep(cast, edited(without))
    assert [words for _, words in told(said)] == [
        "“consent_service” has the codes yes, no, and no others",
        "there is no field “consent_followup”; the pages ask for this consent by that name",
    ]


def test_what_keeps_people_out_stays_in_the_intake_and_on_the_card(cast: CastInside) -> None:
    def without(lines: list[dict[str, str]]) -> None:
        lines.remove(line_of(lines, "exclude_people"))
        line_of(lines, "employer_org")["Field Annotation"] = "class=identifier; export=never"
        line_of(lines, "exclude_states")["Choices, Calculations, OR Slider Labels"] = "53, Washington | al, Alabama"
        line_of(lines, "deadline_date")["Text Validation Type OR Show Slider Number"] = ""

    with refusal(400, "dictionary") as said:
        keep(cast, edited(without))
    words = [words for _, words in told(said)]
    assert len(words) == 4 and "there is no field “exclude_people”" in words[0] and "write triage=yes" in words[1]
    assert "no profile has the code “53”" in words[2] and "is a date" in words[3]
    assert cast.count("instruments") == 0


def test_boxes_do_not_become_a_choice_of_one_under_the_same_name(cast: CastInside) -> None:
    def one_only(lines: list[dict[str, str]]) -> None:
        line = line_of(lines, "goals")
        line["Field Type"], line["Field Annotation"] = "radio", "class=sensitive; export=never"

    with refusal(400, "dictionary") as said:
        keep(cast, edited(one_only))
    ((column, words),) = told(said)
    assert column == "Field Type" and "give a radio a new name" in words


def test_no_upload_puts_an_identifier_into_a_research_row(cast: CastInside) -> None:
    def exported(lines: list[dict[str, str]]) -> None:
        line_of(lines, "npi")["Field Annotation"] = "class=plain; export=yes"

    with refusal(400, "dictionary") as said:
        keep(cast, edited(exported))
    ((_, words),) = told(said)
    assert "can't go into a research row" in words


def test_what_is_no_dictionary_or_no_instrument_is_refused(cast: CastInside) -> None:
    for data in (b"", b"name,age\nSara,40\n", b"\xff\xfe\x00", b"PK\x03\x04" + bytes(40)):
        with refusal(400, "dictionary"):
            cast.carl.post("/instruments/try", dictionary=b64(data))
    with refusal(413, "too-large"):
        cast.carl.post("/instruments/try", dictionary=b64(b"x" * (service.MOST_BYTES + 1)))
    for name in ("any", "survey", "", "intake.v1", "../intake"):
        with refusal(404, "no-such-instrument"):
            cast.carl.post("/instruments/check", name=name, dictionary=b64(SECOND))
    for id_ in ("intake", "intake.v2", "intake.v0", "intake.v01", "../intake.v1", "intake.v9999999", "hierarchies.v1"):
        with refusal(404, "no-such-instrument"):
            cast.carl.post("/instruments/show", id=id_)


def test_carl_sees_what_the_next_edition_changes_before_it_is_stored(cast: CastInside) -> None:
    seen = cast.carl.post("/instruments/check", name="intake", dictionary=b64(SECOND))
    assert (seen["id"], seen["nothing"]) == ("intake.v2", False)
    changes = seen["differences"]
    assert changes["added"] == [{"name": "union", "label": "Are you in a union?", "further": ["card"]}]
    assert [one["name"] for one in changes["removed"]] == ["pronouns"]
    (renamed,) = changes["changed"]
    assert renamed["name"] == "name_use"
    assert [one["what"] for one in renamed["changes"]] == ["label"]
    assert next(one for one in seen["places"] if one["name"] == "union")["card"] is True
    assert cast.count("instruments") == 0


def test_an_edition_is_kept_once_and_never_written_over(cast: CastInside) -> None:
    assert keep(cast) == {"id": "intake.v2"}
    (row,) = cast.rows("instruments")
    assert keep(cast) == {"id": "intake.v2"}, "the answer was lost on its way, and she asks again"
    with refusal(409, "newer"):
        keep(cast, edited(lambda lines: lines.remove(line_of(lines, "npi"))))
    with refusal(409, "same"):
        keep(cast, after="intake.v2")
    assert cast.rows("instruments") == [row]
    assert keep(cast, edited(lambda lines: lines.remove(line_of(lines, "npi"))), after="intake.v2") == {
        "id": "intake.v3"
    }
    every = cast.carl.post("/instruments/list")["editions"]
    assert [one["id"] for one in every] == ["followup.v1", "intake.v3", "intake.v2", "intake.v1", "outtake.v1"]
    assert [one["by"] for one in every] == [None, b64(cast.carl.fp), b64(cast.carl.fp), None, None]


def test_every_edition_is_known_to_what_takes_rows_and_gives_the_same_dictionary_back(cast: CastInside) -> None:
    keep(cast)
    with make_sessions(cast.database.engine)() as db:
        assert [service.is_known(db, f"intake.v{n}") for n in (1, 2, 3)] == [True, True, False]
        assert service.newest(db, "intake") == service.find(db, "intake.v2")
        assert service.find(db, "intake.v1") == load("intake", 1)
    for id_ in ("intake.v1", "intake.v2", "outtake.v1", "followup.v1"):
        given = unb64(cast.carl.post("/instruments/dictionary", id=id_)["dictionary"])
        name, edition = id_.split(".v")
        again = read_dictionary(given, name=name, edition=int(edition), also_known=CONSENTS)
        assert write_dictionary(again).encode() == given
        assert cast.carl.post("/instruments/show", id=id_)["sheet"]["id"] == id_


def test_two_coordinators_at_once_store_one_edition(cast: CastInside) -> None:
    with make_sessions(cast.database.engine)() as one:
        service.store(one, "intake", SECOND, after="intake.v1", by=cast.carl.fp)
        one.commit()
    other = edited(lambda lines: lines.remove(line_of(lines, "npi")))
    with refusal(409, "newer"):
        keep(cast, other)


@pytest.mark.slow
def test_the_next_edition_is_asked_from_the_next_start_on_and_the_list_of_pages_is_to_be_signed_anew(
    make_server: Callable[..., Server], database: Database
) -> None:
    server = make_server(workers=1)
    cast = Cast(database, Over(server.url), server.clock)
    keep(cast)
    page = requests.get(f"{server.url}/intake", timeout=10).text
    assert 'id="q-union"' not in page and 'id="q-pronouns"' in page
    server.stop()
    server.run("own-pages")
    server.start()
    page = requests.get(f"{server.url}/intake", timeout=10).text
    assert 'id="q-union"' in page and 'id="q-pronouns"' not in page and "What may we call you?" in page
    sheets = [requests.get(f"{server.url}/static/instruments/intake.v{n}.json", timeout=10).json() for n in (1, 2)]
    assert ["pronouns" in sheet["order"] for sheet in sheets] == [True, False]
    asked = {one["id"] for one in cast.carl.post("/instruments/list")["editions"] if one["asked"]}
    assert asked == {"intake.v2"}
    config = from_environment({name: value for name, value in server.environment.items() if name != "PORT"})
    given = shells.given(config.build, config.own_pages)
    assert given["/intake"].decode() == page and "/static/instruments/intake.v2.json" in given


def test_pages_of_its_own_go_when_there_is_nothing_of_its_own_any_more(tmp_path: Path) -> None:
    second = read_dictionary(SECOND, name="intake", edition=2, also_known=CONSENTS)
    build, own = tmp_path / "build", tmp_path / "own"
    kept.write_build(build, {"css/app.css": b""}, lambda _static: {"en/case.html": b""})
    shells.render_own(lambda page: cli.page_facts(page, {"intake": second}), own, [second], build, name="Here")
    assert shells.asked(own) == {"intake": "intake.v2"}
    assert json.loads((own / "static/instruments/intake.v2.json").read_text())["id"] == "intake.v2"
    shells.render_own(cli.page_facts, own, [], build, name="Here")
    assert shells.asked(own) == {"intake": "intake.v1"}
    assert not [path for path in own.rglob("*") if path.is_file()]


@pytest.mark.slow
def test_each_edition_that_ships_is_a_file_for_everybody(tmp_path: Path) -> None:
    shells.render(cli.page_facts, tmp_path, name="Here")
    for name, edition in every_edition():
        path = tmp_path / "static" / "instruments" / f"{name}.v{edition}.json"
        assert json.loads(path.read_text())["id"] == f"{name}.v{edition}"
