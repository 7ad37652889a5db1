"""What the documents say is what the code does: every route, setting, event, command and link."""

import re
import runpy
from pathlib import Path

import pytest

from app import config, factory
from tests.support.databases import ROOT

DOCS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")] + sorted((ROOT / "docs").glob("*.md"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_list_of_events_is_the_one_in_the_code() -> None:
    assert runpy.run_path(str(ROOT / "docs" / "make_events.py"))["text"]() == text("docs/events.md"), (
        "the events have changed: run python docs/make_events.py"
    )


def test_every_route_is_described_and_every_described_route_is_there(tmp_path: Path) -> None:
    app = factory.create_app(config.from_environment({"ALONGSIDE_INSTANCE": str(tmp_path)}))
    app.extensions["alongside_engine"].dispose()
    described = set(re.findall(r"^\| (?:GET )?`(/[^`]*)`", text("docs/http.md"), re.M))
    assert described == {rule.rule for rule in app.url_map.iter_rules()}


def test_every_setting_is_described_and_every_described_setting_is_read() -> None:
    sources = ("app/config.py", "app/serving.py", "gunicorn.conf.py", "demo/__main__.py")
    read = {name for file in sources for name in re.findall(r"\bALONGSIDE_[A-Z_]*[A-Z]", text(file))}
    assert set(re.findall(r"\bALONGSIDE_[A-Z_]*[A-Z]", text("docs/operations.md"))) == read


def test_every_verb_of_make_that_is_named_exists() -> None:
    verbs = set(re.findall(r"^([a-z]+):.*?## ", text("Makefile"), re.M))
    named = {verb for file in DOCS for verb in re.findall(r"`make ([a-z]+)", file.read_text(encoding="utf-8"))}
    assert named and named <= verbs


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_no_link_leads_nowhere(file: Path) -> None:
    said = file.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", said) + re.findall(r'(?:src|srcset|href)="([^"#]+)"', said)
    assert [t for t in targets if "://" not in t and not (file.parent / t).exists()] == []
