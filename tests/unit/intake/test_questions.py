"""The questions in the intake's shell: each is there, inert, and no control could put words into an address."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from app.config import ROOT
from app.intake import questions, widgets
from instruments.cells import COLUMNS
from instruments.dictionary import read_dictionary
from instruments.editions import load
from instruments.questions import questionnaire
from tests.unit.instruments.test_public_dictionaries import CLINIC


class Controls(HTMLParser):
    """Every control and template of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.templates: list[str] = []
        self.controls: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "template":
            self.templates.append(str(dict(attrs)["id"]))
        if tag in ("input", "textarea", "select", "form", "button"):
            self.controls.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    maker = Flask("build", template_folder=str(ROOT / "templates"))
    Babel(maker)
    with maker.test_request_context("/"):
        return questions.facts()


@pytest.fixture(scope="module")
def html(facts: dict[str, Any]) -> Controls:
    return Controls(str(facts["questions"]))


def test_every_question_has_a_page_but_consents_files_and_the_device(html: Controls) -> None:
    asked = [one.id for part in questionnaire(load("intake")).parts for one in part.questions]
    without = set(asked) - {name.removeprefix("q-") for name in html.templates}
    consents = {"consent_service", "consent_research", "consent_quotes", "consent_followup"}
    assert without == consents | {"device_check", "attach"}
    assert len(html.templates) == len(set(html.templates)) > 60


def test_no_control_for_words_has_a_name_and_none_stands_in_a_form(html: Controls) -> None:
    kinds = {tag for tag, _ in html.controls}
    assert kinds == {"input", "textarea"}
    words = [names for tag, names in html.controls if tag == "textarea" or names["type"] not in ("radio", "checkbox")]
    assert len(words) > 15
    assert not [
        names for names in words if "name" in names or names["spellcheck"] != "false" or names["translate"] != "no"
    ]


def test_nothing_is_chosen_beforehand(html: Controls) -> None:
    assert not [names for _, names in html.controls if {"checked", "selected"} & names.keys() or names.get("required")]


def test_i_prefer_not_to_say_stands_last_and_apart(facts: dict[str, Any]) -> None:
    (gender,) = [part for part in str(facts["questions"]).split("<template") if part.startswith(' id="q-gender"')]
    before, after = gender.split('<p class="or">')
    assert 'value="pnts"' in after and 'value="pnts"' not in before and after.count("<input") == 1


def test_the_logic_of_the_sheet_reads_back_and_holds_no_words_twice(facts: dict[str, Any]) -> None:
    text = str(facts["sheet"])
    assert "<" not in text
    sheet = json.loads(text.replace("&lt;", "<").replace("&amp;", "&"))
    every = [one for part in sheet["parts"] for one in part["questions"]] + sheet["others"]
    assert not [one for one in every if set(questions.IN_HTML) & one.keys()]
    (address,) = [one for one in every if one["id"] == "email_safe"]
    assert address["show"] and address["check"]["kind"] == "email" and address["short"] and address["card"]


def test_a_scale_is_written_as_a_number_and_says_what_its_ends_stand_for() -> None:
    line = "pain,f,,slider,Pain,{},,number,0,10,,,,,,,,\n"
    for labels, hint in (
        ("none | the worst", "A whole number from 0 (none) to 10 (the worst)."),
        ("", "A whole number from 0 to 10."),
    ):
        scale = read_dictionary(",".join(f'"{name}"' for name in COLUMNS) + "\n" + line.format(labels), name="intake")
        maker = Flask("build", template_folder=str(ROOT / "templates"))
        Babel(maker)
        with maker.test_request_context("/"):
            html = str(questions.facts(scale)["questions"])
        assert hint in html and 'id="answer" type="text"' in html and "<fieldset" not in html


def test_a_dictionary_with_every_kind_of_field_becomes_a_page() -> None:
    named_like_parts_of_a_form = {"height": "process", "weight": "data", "words": "validate", "seen": "meta"}
    text = CLINIC
    for name, other in named_like_parts_of_a_form.items():
        text = text.replace(f"\n{name},", f"\n{other},").replace(f"[{name}]", f"[{other}]")
    clinic = read_dictionary(text, name="intake")
    maker = Flask("build", template_folder=str(ROOT / "templates"))
    Babel(maker)
    with maker.test_request_context("/"):
        html = Controls(str(questions.facts(clinic)["questions"]))
    asked = {one.name for one in clinic.fields if one.asked_of_people and one.type not in ("file", "signature")}
    assert {name.removeprefix("q-") for name in html.templates} == asked and len(asked) > 10


def test_a_remark_in_brackets_becomes_the_small_line() -> None:
    assert widgets.heading("Other degrees (optional)") == ("Other degrees", "Optional.")
    assert widgets.heading("What happened?") == ("What happened?", "")
