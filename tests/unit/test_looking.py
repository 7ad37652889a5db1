"""What watches the browser does see: axe, the layout checks, and the complaints that fail a visit."""

from collections.abc import Callable

import pytest

from tests.support import axe, layout
from tests.support.browser import PHONE, Visit

pytestmark = pytest.mark.slow
ADD = "([tag, facts]) => document.body.append(Object.assign(document.createElement(tag), facts))"


@pytest.fixture
def here(modules: str, visit: Callable[..., Visit]) -> Visit:
    """A phone at a page with one heading and nothing else."""
    at = visit(modules, PHONE)
    at.go("/")
    return at


def test_axe_finds_a_picture_without_words_outside_any_landmark(here: Visit) -> None:
    before = axe.faults(here.page)
    here.page.evaluate(ADD, ["img", {"src": "/favicon.ico"}])
    assert [fault.split(" ")[0] for fault in axe.faults(here.page) if fault not in before] == ["image-alt", "region"]
    with pytest.raises(AssertionError, match="image-alt"):
        axe.assert_accessible(here.page)


def test_axe_on_a_page_with_nothing_to_read_fails(here: Visit) -> None:
    here.page.evaluate("document.body.replaceChildren()")
    with pytest.raises(AssertionError, match="nothing"):
        axe.faults(here.page)


@pytest.mark.parametrize(
    ("tag", "facts", "fault"),
    [
        ("p", {"textContent": "x" * 300}, "wider than the screen"),
        ("button", {"textContent": ""}, "small"),
        ("h1", {"textContent": "Again"}, "2 main headings"),
        ("style", {"textContent": ""}, "inline style"),
    ],
)
def test_a_page_that_does_not_fit_is_found(here: Visit, tag: str, facts: dict[str, str], fault: str) -> None:
    layout.assert_fits(here.page)
    here.page.evaluate(ADD, [tag, facts])
    here.expect("Content Security Policy")
    assert [found for found in layout.faults(here.page) if fault in found]


def test_a_word_to_be_read_aloud_that_is_broken_in_two_is_found(here: Visit) -> None:
    words = """text => {
      const [list, word] = ['ol', 'li'].map(tag => document.createElement(tag));
      list.className = 'safety', word.textContent = text, list.append(word), document.body.append(list);
    }"""
    here.page.evaluate(words, "whole")
    layout.assert_fits(here.page)
    here.page.evaluate(words, "half " * 40)
    assert ["broken in two" in found for found in layout.faults(here.page)] == [True]


@pytest.mark.parametrize(
    ("does", "complaint"),
    [
        ("console.error('broken')", "broken"),
        ("setTimeout(() => { throw new Error('lost') })", "lost"),
        ("Promise.reject(new Error('forgotten'))", "forgotten"),
        ("fetch('/no-such-file')", "404"),
        ("fetch('http://example.org/').catch(() => 0)", "Content Security Policy"),
        ("setTimeout(() => eval('1'))", "Content Security Policy|unsafe-eval"),
    ],
)
def test_a_complaint_of_the_browser_fails_the_visit(here: Visit, does: str, complaint: str) -> None:
    here.page.evaluate(f"() => {{ {does} }}")
    here.until(lambda: bool(here.complaints()))
    with pytest.raises(AssertionError, match=complaint):
        here.close()
    here.expect(".")


def test_nothing_outside_this_machine_can_be_reached(here: Visit) -> None:
    here.expect("ERR_NAME_NOT_RESOLVED")
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        here.page.goto("http://example.org/")
