"""Every word for a person can be translated: it is marked where it stands, and what is marked reaches the translators."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[2]
COMMAND = re.search(r"-m (babel.messages.frontend .+) -o \S+ (.+)", (ROOT / "babel.cfg").read_text("utf-8"))
# Commands, the same in every language.
NO_WORDS = {
    "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt",
    ".venv/bin/python -m crypto open copy.sealed",
    "mkdir log",
    "tar -xf log.tar -C log",
    "python -m crypto verify-log log",
    ".venv/bin/python -m crypto open-rows rows.json --out rows.csv",
    # columns of a codebook, as REDCap names them
    "Variable / Field Name",
    "Choices, Calculations, OR Slider Labels",
    "Field Label",
}
NO_MARKUP = re.compile(r"""[\w-]+=".*|(?:[a-z]+-[a-z]+ ?)+""", re.S)  # attributes, or ids, that a template composes
READ_OUT = re.compile(r'\s(?:aria-label|title|alt|placeholder)="([^"]*)"')
SENTENCE = re.compile(r"[A-Z“][^\n]*[a-z’]+[,;:]? +\S")


def in_scripts(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Of each script the words that are marked, and those that are bare."""
    command = ["node", str(ROOT / "tests" / "architecture" / "words.mjs"), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, list[str]]] = json.loads(done.stdout)
    return found


def bare_in_template(source: str) -> list[str]:
    """Words outside of `_()`: in the markup, in an attribute that is read out, or as a sentence handed to a macro."""
    markup, sentences, marked = "", [], False
    for _, kind, text in Environment().lex(source):
        if kind == "data":
            markup += text
        elif kind == "variable_begin":
            markup += "\ufffc"
        elif kind == "string" and not marked and SENTENCE.match(text[1:-1]):
            sentences.append(text)
        if kind not in ("whitespace", "operator", "string"):
            marked = kind == "name" and text in ("_", "ngettext")
        elif kind == "operator" and text != "(":
            marked = False
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", markup, flags=re.S)
    seen = re.sub(r"<[^>]*>", "\n", re.sub(r"<!--.*?-->", "", markup, flags=re.S)).split("\n")
    seen = [words for words in seen if not NO_MARKUP.fullmatch(words.strip())]
    return [
        *sentences,
        *(words.strip() for words in [*READ_OUT.findall(markup), *seen] if re.search(r"[^\W\d_]{2}", words)),
    ]


@pytest.fixture(scope="module")
def scripts() -> dict[str, dict[str, list[str]]]:
    return in_scripts(ROOT / "static" / "js")


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What the documented command gives to translators."""
    assert COMMAND
    pot = tmp_path_factory.mktemp("words") / "messages.pot"
    command = [sys.executable, "-m", *COMMAND[1].split(), "-o", str(pot), *COMMAND[2].split()]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    with pot.open("rb") as file:
        ids = [message.id for message in read_po(file)]
    return {words for one in ids for words in ([one] if isinstance(one, str) else one)}


def test_no_word_of_a_script_is_left_in_english_alone(scripts: dict[str, dict[str, list[str]]]) -> None:
    assert {script: bare for script, found in scripts.items() if (bare := set(found["bare"]) - NO_WORDS)} == {}


@pytest.mark.parametrize("file", sorted((ROOT / "templates").rglob("*.html")), ids=lambda file: file.name)
def test_no_word_of_a_template_is_left_in_english_alone(file: Path) -> None:
    assert set(bare_in_template(file.read_text("utf-8"))) - NO_WORDS == set()


def test_every_word_that_is_marked_reaches_the_translators(
    scripts: dict[str, dict[str, list[str]]], gathered: set[str]
) -> None:
    marked = {words for found in scripts.values() for words in found["marked"]}
    assert len(marked) > 500
    assert marked - gathered == set()


@pytest.mark.parametrize(
    "words",
    [
        "You don’t have to face this alone",  # a template
        "Physician Support Line",  # on every page, from Python
        "This should be %(limit)s or later.",  # of an instrument
        "Write a number with 2 decimals, or leave it empty.",
        "The site is busy. Nothing is lost. Try again in a moment.",  # of the worker, by its code
        "These are not the forty letters of a sheet of this site. Look at each group again.",  # by its place in wrongInput
        "%(num)s people wrote to you",  # the other half of a pair
        "New Jersey",
    ],
)
def test_words_of_each_kind_reach_the_translators(words: str, gathered: set[str]) -> None:
    assert words in gathered


BARE_SCRIPTS = [
    ("html`<p>Hello</p>`", "Hello"),
    ("html`<p>${yes ? 'Agreed' : _('No')}</p>`", "Agreed"),
    ('html`<button aria-label="Close"></button>`', "Close"),
    ("html`<button aria-label=${open ? 'Close' : _('Open')}></button>`", "Close"),
    ("html`${list.map((one) => html`<li>${one} days</li>`)}`", "days"),
    ("notice({ title: 'Locked', body })", "Locked"),
    ("button('Send', go)", "Send"),
    ("const words = `This should be ${limit} or later.`", "This should be"),
    ("const SAID = { busy: 'The site is busy.' }", "The site is busy."),
    ("throw problem('x', 'Nothing was sent. Try again.')", "Nothing was sent. Try again."),
]


def test_a_bare_word_of_a_script_is_found_and_a_marked_one_is_not(tmp_path: Path) -> None:
    for number, (line, _) in enumerate(BARE_SCRIPTS):
        (tmp_path / f"{number}.js").write_text(line, encoding="utf-8")
    fine = "html`<p class=\"soft small\" id=${'a-b'}>${_('Hello')} ${n}</p>`; throw new RangeError('no such thing. At all.');"
    (tmp_path / "fine.js").write_text(fine, encoding="utf-8")
    found = in_scripts(tmp_path)
    assert found["fine.js"] == {"marked": ["Hello"], "bare": []}
    for number, (line, words) in enumerate(BARE_SCRIPTS):
        assert any(words in bare for bare in found[f"{number}.js"]["bare"]), line


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<p>{{ _("Yes") }}, then</p>',
        '<nav aria-label="Rooms"></nav>',
        '{{ readers("Only you can read this.") }}',
        '{% call notice("stop", "This did not work") %}{% endcall %}',
        '{{ _("Yes") ~ "And then some more." }}',
    ],
)
def test_a_bare_word_of_a_template_is_found(source: str) -> None:
    assert bare_in_template(source)
