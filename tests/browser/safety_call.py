"""The call on which two people make sure of each other: what each has on the screen, beside what the Python twin says it must be."""

from playwright.sync_api import Locator, Page, expect

from crypto.people import safety_words
from demo.client import Person
from tests.browser.cast import words_in


def call_between(peer: Person, supporter: Person) -> list[list[str]]:
    """The words of the call in the order in which they are read: the supporter's by the peer, then the peer's by the supporter."""
    return [safety_words(supporter.fp), safety_words(peer.fp)]


def unfold(place: Locator | Page, summary: str) -> Locator:
    """Open what is folded below these words."""
    fold = place.locator("details", has_text=summary)
    expect(fold.locator(".safety").first).to_be_hidden()
    fold.locator("summary").click()
    return fold


def read_in_turn(fold: Locator) -> list[list[str]]:
    """Each six words in it, from above: on both screens in the order in which they are read."""
    expect(fold.locator(".safety").first).to_be_visible()
    return [words_in(six) for six in fold.locator(".safety").all()]
