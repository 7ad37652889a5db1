"""The pages of a release: read aloud, on a phone, offline, with the numbers that were published and no others."""

from html.parser import HTMLParser

from release.attacks.page import NAMES, page
from release.attacks.result import Result
from release.attacks.suite import KINDS
from release.page import document, paragraph


class Read(HTMLParser):
    """Tags that are open, and the attributes of each that was met."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.met: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, dict(attrs)))


FOUND = {kind: Result(kind != "k", 0.25, 0.1, "<b>words</b>") for kind in KINDS}


def test_a_report_says_first_whether_it_may_be_published() -> None:
    assert "Do not publish this release. These attacks succeed: k." in page(FOUND, "ab")
    fine = {kind: Result(True, 0, 0, "") for kind in KINDS}
    assert f"withstands all {len(KINDS)} kinds" in page(fine, "ab")


def test_each_kind_has_a_name_for_people() -> None:
    assert set(NAMES) == set(KINDS) and all(name in page(FOUND, "ab").replace("&#x27;", "'") for name in NAMES.values())


def test_every_heading_says_what_it_is_the_heading_of() -> None:
    met = Read(page(FOUND, "ab")).met
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in met if tag == "th")
    assert [tag for tag, _ in met].count("caption") == [tag for tag, _ in met].count("table") == 1
    assert next(attrs for tag, attrs in met if tag == "html")["lang"] == "en"


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    for tag, attrs in Read(page(FOUND, "ab")).met:
        assert tag not in ("script", "link", "img", "iframe") and not {"src", "href", "onclick", "style"} & attrs.keys()


def test_what_was_found_is_shown_as_text() -> None:
    assert "&lt;b&gt;words" in page(FOUND, "ab") and "<b>" not in document("<b>", paragraph("<b>"))
