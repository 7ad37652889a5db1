"""Dictionaries in the shapes that public REDCap projects have: each loads, or says where and why not. Written by hand."""

import csv
import io

import pytest

from instruments.cells import COLUMNS
from instruments.dictionary import look_over, read_dictionary, write_dictionary
from instruments.errors import DictionaryError
from instruments.field import TYPES, Instrument
from instruments.headings import API
from instruments.questions import as_json, plain, questionnaire
from instruments.validation import VALIDATIONS

# As REDCap quotes: only what has a blank, and Identifier? bare.
HEADINGS = (
    '"Variable / Field Name","Form Name","Section Header","Field Type","Field Label",'
    '"Choices, Calculations, OR Slider Labels","Field Note","Text Validation Type OR Show Slider Number",'
    '"Text Validation Min","Text Validation Max",Identifier?,"Branching Logic (Show field only if...)",'
    '"Required Field?","Custom Alignment","Question Number (surveys only)","Matrix Group Name","Matrix Ranking?",'
    '"Field Annotation"\n'
)
CLINIC = HEADINGS + (
    'record_id,visit,,text,"Record ID",,,,,,,,,,,,,\n'
    'dob,visit,"<h3>About you</h3>",text,"Date of birth <i>(day first)</i>",,,date_dmy,1900-01-01,today,y,,,,,,,\n'
    'sex,visit,,radio,Sex,"1,Female|2,Male|3, Other, or both|",,,,,,,y,RH,1a,,,@DEFAULT="3"\n'
    "country,visit,,dropdown,Country,\"AFG, Afghanistan | CIV, Côte d'Ivoire\",,autocomplete,,,,,,,,,,\n"
    'site,visit,,sql,Site,"select value, label from sites",,autocomplete,,,,,,,,,,\n'
    'symptoms,visit,,checkbox,Symptoms,"0, None | -1, Unsure | 2, Cough",,,,,,,,,,,,@NONEOFTHEABOVE=\'0\'\n'
    'cough,visit,,yesno,"For long?",,,,,,,"[symptoms(2)] = \'1\' and [sex] <> \'2\'",,,,,,\n'
    "well,visit,,truefalse,I am well,,,,,,,,,,,,,\n"
    'how_a,visit,"Today, how is",radio,"your sleep","1, Good | 2, Bad",,,,,,,,,,how,,\n'
    'how_b,visit,,radio,"your appetite","1, Good | 2, Bad",,,,,,,,,,how,y,\n'
    'pain,visit,,slider,Pain,"none | some | the worst",,number,0,10,,,,RH,,,,\n'
    "height,visit,,text,\"Height (cm)\",,,number,0,250,,,,,,,,@HIDE-CHOICE='x'\n"
    'weight,visit,,text,Weight,,kg,number_1dp_comma_decimal,"0,0","300,0",,,,,,,,\n'
    'bmi,visit,,calc,BMI,"round([height] / ([well] + 1), 1)",,,,,,,,,,,,"@IF([sex]=\'1\', @HIDDEN, \'\')"\n'
    'since,visit,,calc,"Days since","datediff([dob], [seen], ""d"", ""dmy"", true)",,,,,,,,,,,,\n'
    'seen,visit,,text,"Seen on",,,datetime_seconds_mdy,,now,,,,,,,,@NOW @READONLY\n'
    'consent,visit,,file,Signature,,,signature,,,,,,,,,,\n'
    'scan,visit,,file,Scan,,,,,,,,,,,,,\n'
    'thanks,visit," ",descriptive,"<div class=""rich-text""><p>Thank&nbsp;you</p></div>",,,,,,,,,,,,,\n'
    'words,visit,,notes,"In your words",,,,,,,,,,,,,"see=1; see=2 means nothing here"\n'
)  # fmt: skip


def read(text: str | bytes) -> Instrument:
    return read_dictionary(text, name="any")


def table(headings: tuple[str, ...] | list[str], *lines: list[str], sign: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end).writerows([list(headings), *lines])
    return out.getvalue()


def test_a_clinic_with_every_kind_of_field_loads_and_comes_back_the_same() -> None:
    clinic = read(CLINIC)
    assert {one.type for one in clinic.fields} == set(TYPES) - {"signature"}
    assert read_dictionary(write_dictionary(clinic), name="any") == clinic
    assert write_dictionary(read(write_dictionary(clinic))) == write_dictionary(clinic)
    assert [choice.label for choice in clinic["sex"].choices] == ["Female", "Male", "Other, or both"]
    assert clinic["symptoms"].columns == ("symptoms___0", "symptoms____1", "symptoms___2")
    assert {one.row_policy for one in clinic.fields} == {"no"}, "what says nothing of research goes into no row"


def test_action_tags_are_kept_whole_and_a_tag_inside_another_hides_nothing() -> None:
    clinic = read(CLINIC)
    assert clinic["bmi"].policy.tags == ("@IF([sex]='1', @HIDDEN, '')",)
    assert not clinic["bmi"].hidden
    assert clinic["seen"].policy.tags == ("@NOW", "@READONLY")
    spaced = read(CLINIC.replace("@NOW @READONLY", "\"@DEFAULT = 'a b' @MAXCHOICE(1=5, 2=(6)) @CHARLIMIT=5\""))
    assert spaced["seen"].policy.tags == ("@DEFAULT = 'a b'", "@MAXCHOICE(1=5, 2=(6))", "@CHARLIMIT=5")
    assert spaced["seen"].policy.tag("@DEFAULT") == "a b"


def test_markup_is_shown_as_words_and_kept_in_the_dictionary() -> None:
    clinic = read(CLINIC)
    sheet = questionnaire(clinic)
    assert [part.title for part in sheet.parts] == ["", "About you", "Today, how is"]
    shown = {one.id: one for part in sheet.parts for one in part.questions}
    assert shown["thanks"].label == "Thank you" and shown["dob"].label == "Date of birth (day first)"
    assert clinic["thanks"].label.startswith("<div")
    assert plain("1 < 2 and 3 > 2") == "1 < 2 and 3 > 2" and plain("a<br>b") == "a b"
    assert as_json(clinic)["id"] == "any.v1"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: ("\ufeff" + text.replace("\n", "\r\n")).encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text + "\n" + "," * 17 + "\n   ,,,,,,,,,,,,,,,,,\n",
        lambda text: "".join(f"{line},,\n" for line in text.splitlines()),
        lambda text: text.replace(",y,", ",Y,"),
        lambda text: table(*list(csv.reader(io.StringIO(text))), sign=";"),
        lambda text: table(*list(csv.reader(io.StringIO(text))), sign="\t", end="\r\n"),
        lambda text: table(API, *list(csv.reader(io.StringIO(text)))[1:]),
        lambda text: table([name.upper() + " " for name in COLUMNS], *list(csv.reader(io.StringIO(text)))[1:]),
    ],
    ids=["BOM", "CRLF", "both", "UTF-16", "empty lines", "empty columns", "Y", "semicolons", "tabs", "the API's", "case"],
)  # fmt: skip
def test_the_same_dictionary_in_another_form_is_the_same(spoil: object) -> None:
    assert read(spoil(CLINIC)) == read(CLINIC)


def test_the_columns_may_stand_in_another_order() -> None:
    lines = [line[::-1] for line in csv.reader(io.StringIO(CLINIC))]
    assert read(table(*lines)) == read(CLINIC)


@pytest.mark.parametrize("count", [17, 15, 14, 13])
def test_a_dictionary_from_before_annotations_and_matrices_loads(count: int) -> None:
    lines = [["a", "f", "", "radio", "A", "1, One | 2, Two", *[""] * 12], ["b", "f", "", "text", "B", *[""] * 13]]
    short = read(table(COLUMNS[:count], *[line[:count] for line in lines]))
    assert short == read(table(COLUMNS, *lines))


def test_the_oldest_dictionaries_have_units_and_other_names() -> None:
    old = (
        '"Variable / Field Name","Form Name","Field Units","Section Header","Field Type","Field Label",'
        '"Choices OR Calculations","Field Note","Text Validation Type","Text Validation Min","Text Validation Max",'
        'Identifier?,"Branching Logic (Show field only if...)","Required Field?"\n'
        'weight,visit,kg,,text,Weight,,"without shoes",number,1,300,,,y\n'
        "height,visit,cm,,text,Height,,,integer,,,,,\n"
        "study_id,visit,,,text,ID,,,,,,y,,\n"
    )
    found = read(old)
    assert [one.note for one in found.fields] == ["without shoes (kg)", "(cm)", ""]
    assert found["weight"].required and found["study_id"].identifier


def test_four_columns_are_enough() -> None:
    found = read('"Variable / Field Name","Form Name","Field Type","Field Label"\nage,f,text,Age\n')
    assert found["age"].label == "Age"


def test_every_validation_of_redcap_stands_in_a_dictionary_with_its_limits() -> None:
    limits = {
        "integer": ("-5", "5"),
        "number_2dp": ("0.00", "1.50"),
        "time": ("08:00", "17:30"),
        "date_mdy": ("today", ""),
    }
    lines = [
        [f"v_{kind}", "f", "", "text", kind, "", "", kind, *limits.get(kind, ("", "")), *[""] * 8]
        for kind in VALIDATIONS
    ]
    assert len(read(table(COLUMNS, *lines)).fields) == len(VALIDATIONS) > 35


Line = list[str]


def line(name: str, type_: str = "text", choices: str = "", show: str = "", kind: str = "") -> Line:
    return [name, "f", "", type_, name, choices, "", kind, "", "", "", show, "", "", "", "", "", ""]


WHY_NOT: list[tuple[str, str, list[Line]]] = [
    ("Branching Logic (Show field only if...)", "names of events", [line("a"), line("b", show="[visit_1_arm_1][a]='1'")]),
    ("Branching Logic (Show field only if...)", "smart variables", [line("b", show="[event-name]='baseline'")]),
    ("Branching Logic (Show field only if...)", "straight quotation", [line("a"), line("b", show="[a]=“1”")]),
    ("Branching Logic (Show field only if...)", "a field is written", [line("a"), line("b", show="[A]='1'")]),
    ("Choices, Calculations, OR Slider Labels", "powers", [line("a"), line("b", "calc", "[a]^2")]),
    ("Choices, Calculations, OR Slider Labels", "another day", [line("a"), line("b", "calc", "datediff([a],'today','y')")]),
    ("Choices, Calculations, OR Slider Labels", "we don't know left()", [line("b", "calc", "left([a],2)")]),
    ("Choices, Calculations, OR Slider Labels", "code, a comma and words", [line("b", "radio", "Yes | No")]),
    ("Choices, Calculations, OR Slider Labels", "letters, digits", [line("b", "dropdown", "1/2, Half")]),
    ("Text Validation Type OR Show Slider Number", "we don't know", [line("b", kind="iso8601")]),
    ("Text Validation Type OR Show Slider Number", "no text validation", [line("b", "radio", "1, A", kind="autocomplete")]),
    ("Field Type", "not a field type", [line("b", "textarea")]),
    ("Variable / Field Name", "small letters", [line("Record ID")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "words", "lines"), WHY_NOT, ids=lambda one: one[:30] if isinstance(one, str) else ""
)
def test_what_is_not_read_is_said_with_its_line_and_column(column: str, words: str, lines: list[Line]) -> None:
    _, wrong = look_over(table(COLUMNS, *lines), name="any")
    assert [(one.line, one.column) for one in wrong] == [(len(lines) + 1, column)]
    assert words in wrong[0].words


def test_all_lines_with_a_fault_are_named_at_once() -> None:
    spoilt = table(COLUMNS, line("a", "nonsense"), line("b"), line("C"), line("d", "calc"), line("b"))
    _, wrong = look_over(spoilt, name="any")
    assert [one.line for one in wrong] == [2, 4, 5]
    _, wrong = look_over(table(COLUMNS, line("b"), line("b"), line("x"), line("x")), name="any")
    assert [one.line for one in wrong] == [3, 5]
    _, wrong = look_over(table(COLUMNS, line("b", show="[y]='1'"), line("c", show="[z]='1' or [y]='2'")), name="any")
    assert [(one.line, one.words[:22]) for one in wrong] == [(2, "there is no field [y];"), (3, "there is no field [z];"), (3, "there is no field [y];")]  # fmt: skip


HEADS: list[tuple[str, list[str]]] = [
    ("is headed “Field Name”", ["Field Name", *COLUMNS[1:]]),
    ("and so is one before it", [*COLUMNS, "field_label"]),
    ("no column is headed “Field Type”", [name for name in COLUMNS if name != "Field Type"]),
    ("and no “Notes”", [*COLUMNS, "Notes"]),
]


@pytest.mark.parametrize(("words", "headings"), HEADS)
def test_headings_that_are_not_redcaps_are_named(words: str, headings: list[str]) -> None:
    with pytest.raises(DictionaryError, match="line 1") as refused:
        read(table(headings))
    assert words in refused.value.words
