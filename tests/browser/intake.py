"""What Sara does with her hands in the intake, so that a test can tell its own part of the story.

`writing` and `ready_to_send` begin where a test does: the Python client kept the draft that she would have written by hand.
"""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

from crypto import keys
from demo.people import Peer
from demo.wire import Over
from tests.browser.cast import SLOW_MS, button, heading, sheet_words
from tests.support.addresses import script
from tests.support.browser import PHONE, Visit
from tests.support.canary import Place, new_canary, rare_word, search
from tests.support.people import Cast
from tests.support.server import Server
from tests.support.stage import Begin, sit_down

CONSENTS = {"service": "yes", "research": "yes", "quotes": "no", "followup": "later"}
AGREED = {f"consent_{group}": answer for group, answer in CONSENTS.items()}
SHORT_WAY = {
    "urgent_deadline": ["none"], "name_use": "Sara", "contact_ok": ["inapp"], "contact_times": "After eight",
    "employer_org": "Lakeside Clinic", "exclude_people": "Dr. Wilde", "wi_type": ["disc"], "goals": ["support"],
}  # fmt: skip


@dataclass
class Sara:
    """The peer, her device, and the words on her sheet."""

    visit: Visit
    words: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)  # question: the canary she typed there
    peer: Peer | None = None  # as the Python client knows her
    rare: str = field(default_factory=rare_word)  # in all that she types

    @property
    def page(self) -> Page:
        return self.visit.page

    def search(self, places: list[Place]) -> None:
        """Raises: AssertionError when anything she typed, or her seven words together if she has any, is readable in a place."""
        search(self.typed.values(), places)
        words = " ".join(self.words).encode()
        assert not [place.name for place in places for piece in place.pieces.values() if words and words in piece]


def founded(server: Server) -> Cast:
    """The site with Carl at its desk."""
    return Cast(server.database, Over(server.url), server.clock)


def start(visit: Visit, way: str = "Full way") -> Sara:
    """From the first page to the seven words."""
    page = visit.go("/")
    page.get_by_role("link", name="Start here").first.click()
    heading(page, "First, a minute about staying private")
    page.get_by_role("button", name=way).click()
    heading(page, "These seven words are your key")
    return Sara(visit, sheet_words(page))


def open_account(sara: Sara) -> None:
    """Keep the words, and give two of them back."""
    button(sara.page, "I have kept them").click()
    give_two_back(sara)
    heading(sara.page, "Your choices, one at a time")


def give_two_back(sara: Sara) -> None:
    """Type the two words that are asked for, and go on."""
    heading(sara.page, "Two words, to be sure")
    for name in ("check-first", "check-second"):
        label = sara.page.locator(f"label[for={name}]").inner_text()
        sara.page.locator(f"#{name}").fill(sara.words[int(label.removeprefix("Word ")) - 1])
    button(sara.page, "Go on").click()


def choose(page: Page, **answers: str) -> None:
    """Answer the consents that come up, one at a time."""
    for group, answer in {**CONSENTS, **answers}.items():
        shown = page.locator(f"#consent-{group}")
        if shown.is_visible():
            assert shown.locator("input:checked").count() == 0, "nothing is ticked for her"
            shown.locator(f"input[value={answer}]").check()
            button(page, "Keep and go on").click()


def begin(visit: Visit, way: str = "Full way", **answers: str) -> Sara:
    """As far as the first question, or the list of parts."""
    sara = start(visit, way)
    open_account(sara)
    choose(sara.page, **answers)
    return sara


def question(page: Page) -> str:
    """The name of the question that shows."""
    heads: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('template[id^=q-]')]"
        ".map(one => [one.content.querySelector('h1').textContent, one.id.slice(2)]))"
    )
    return heads[page.locator("#question h1").inner_text()]


def answer(sara: Sara, **chosen: Any) -> str:
    """Answer the question that shows: with what was given, words with a canary, or the first choice. Its name."""
    page, name = sara.page, question(sara.page)
    given = chosen.get(name)
    text = page.locator("#question #answer")
    if text.count():
        if given is None and text.get_attribute("type") == "date":
            given = "2030-01-15"
        if given is None:
            given = sara.typed[name] = new_canary(name, sara.rare)
        text.fill(given)
    else:
        for code in [given] if isinstance(given, str) else given or []:
            page.locator(f"#question input[value={code}]").check()
        if given is None:
            page.locator("#question .choice input").first.check()
    return name


def keep(page: Page) -> None:
    button(page, "Keep and go on").click()


def go_through(sara: Sara, *, named: bool = True, **chosen: Any) -> list[str]:
    """Every question of the way to the review; the names of those that were put."""
    put = []
    while sara.page.locator("section[data-step=question]").is_visible():
        put.append(answer(sara, **chosen))
        keep(sara.page)
    heading(sara.page, "This card is all the coordinators will see")
    if named:
        expect(sara.page.locator("#card-readers[data-taken='1']")).to_be_attached(timeout=SLOW_MS)
    return put


def drafted(
    server: Server, *, step: str, path: str = "full", question: str = "", words: bool = False, **answers: Any
) -> Peer:
    """Sara, who wrote this before and stopped. Args: step, path, question: where she was (intake_account.js);
    words: she has seven words to come back with, which cost a quarter of a second.
    """
    sara = Peer(Over(server.url), "Sara", now_s=server.clock.now_s)
    if words:
        sara.use_words()
    sara.enrol()
    where = {"v": 1, "instrument": "intake.v1", "path": path, "step": step, "question": question}
    draft = {**where, "answers": {**AGREED, **answers}, "removed": []}
    number = bytes(16)
    sara.octets("/intake/draft", number + keys.seal_draft(sara.account_key, sara.site, sara.fp, number, draft))
    return sara


def goes_on(peer: Peer, here: Visit) -> Sara:
    """At the intake, in a tab that is open to her. `sign_in` comes by her words."""
    sit_down(here, peer, "/intake")
    return Sara(here, peer.words.split(), peer=peer)


def writing(server: Server, visit: Begin, *, words: bool = False, watched: bool = False) -> Sara:
    """Sara has come to the question for her account."""
    here = visit(server.url, PHONE, watched=watched)
    sara = goes_on(drafted(server, step="question", question="narrative", words=words), here)
    heading(sara.page, "Tell us in your own words what happened. You can stop and come back.")
    return sara


def ready_to_send(server: Server, visit: Begin) -> Sara:
    """Sara has answered the short way and looks at her card."""
    sara = goes_on(drafted(server, step="review", path="short", **SHORT_WAY), visit(server.url, PHONE))
    heading(sara.page, "This card is all the coordinators will see")
    expect(sara.page.locator("#card-readers[data-taken='1']")).to_be_attached(timeout=SLOW_MS)
    return sara


def wait_until_kept(sara: Sara) -> None:
    expect(sara.page.locator("#question-kept")).to_contain_text("Sealed and kept", timeout=SLOW_MS)


def wait_until_stored(sara: Sara) -> None:
    """Until the server has all that the page has."""
    unsaved = f"import('{script('pages/intake_account.js')}').then(({{ unsaved }}) => unsaved())"
    sara.visit.until(lambda: not sara.page.evaluate(unsaved))


def send(sara: Sara) -> None:
    button(sara.page, "Send the card and seal my account").click()
    heading(sara.page, "It is sealed, and we have it")


def sign_in(sara: Sara, visit: Visit | None = None) -> None:
    """Come back with the seven words, on this device or another."""
    sara.visit = visit or sara.visit
    page = sara.visit.go("/sign-in")
    page.get_by_label("Your words", exact=True).fill(" ".join(sara.words))
    button(page, "Open").click()
    sara.visit.until(lambda: "/sign-in" not in page.url, timeout_s=SLOW_MS / 1000)
