"""What translators write reaches the pages: JSON with a form for each kind of number, and nothing that is unsure."""

import json
from pathlib import Path

import pytest

from app import catalogues

POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Lock"
msgstr "Zablokuj"

msgid "One row fits."
msgid_plural "%(num)s rows fit."
msgstr[0] "Pasuje jeden wiersz."
msgstr[1] "Pasują %(num)s wiersze."
msgstr[2] "Pasuje %(num)s wierszy."

#, fuzzy
msgid "Leave"
msgstr "Liść"

msgid "Stop"
msgstr ""

msgid "One day"
msgid_plural "%(num)s days"
msgstr[0] "Jeden dzień"
msgstr[1] ""
msgstr[2] ""
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A translator's file where they are kept."""
    path = tmp_path / "pl" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    return path


def test_each_kind_of_number_has_its_form_and_what_is_unsure_stays_in_english(polish: Path) -> None:
    ((path, data),) = catalogues.of_scripts(Path("static/catalogue")).items()
    assert path == Path("static/catalogue/pl.json")
    one, few, many = ("Pasuje jeden wiersz.", "Pasują %(num)s wiersze.", "Pasuje %(num)s wierszy.")
    forms = {"one": one, "few": few, "many": many, "other": many}
    assert json.loads(data) == {"Lock": "Zablokuj", "One row fits.": forms}


def test_english_needs_no_catalogue() -> None:
    assert catalogues.of_scripts(Path("static/catalogue")) == {}


@pytest.mark.parametrize(
    "script",
    [
        "html`<p>${_('one')}</p>`; _('two')",
        "html`a ${b ? html`c ${_('one')} d` : { e: 1 }} f`; _('two')",
        "html`${x.map((y) => html`${`${y}-z`} ${_('one')}`)}`; _('two')",
        "// it's `odd`\nconst s = 'a ` b'; _('one'); /* ` */ html`\\``; _('two')",
    ],
)
def test_words_are_found_in_templates_within_templates(script: str, tmp_path: Path) -> None:
    (tmp_path / "x.js").write_text(script, encoding="utf-8")
    with (tmp_path / "x.js").open("rb") as file:
        found = [words for _, _, words, _ in catalogues.extract_scripts(file, {"_": None}, [], {})]
    assert found == ["one", "two"]
