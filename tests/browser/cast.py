"""What the cast does with its hands, so that a test can tell its own part of the story.

Most functions drive the real pages; `settled` and `arrived` let the Python client do what a test is not about. `Staff` keeps
what a person would keep: words and sheets on paper.
"""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from crypto import keys
from demo import people
from demo.wire import Over, b64
from tests.support.browser import Visit
from tests.support.people import founding_token
from tests.support.server import Server
from tests.support.stage import sit_down

ROLES = {
    "Supporter": "supporter", "Coordinator": "coordinator", "Research steward": "steward", "Researcher": "researcher",
    "Auditor": "auditor",
}  # fmt: skip
SLOW_MS = 20_000  # words cost a second by design, more on a busy machine


@dataclass
class Staff:
    """One member of staff, with the device they sit at and the paper they keep."""

    name: str
    email: str
    visit: Visit
    words: list[str]
    sheet: str
    root_sheet: str = ""
    person: people.Staff | None = None  # as the Python client knows them
    seated: bool = False  # whether this person's session is in the browser yet

    @property
    def page(self) -> Page:
        return self.visit.page

    def go(self, path: str) -> Page:
        """Open a page of the site, the first time in a tab that was signed in by the Python client."""
        if self.person and not self.seated:
            self.seated = True
            return sit_down(self.visit, self.person, path)
        return self.visit.go(path)

    def at_people(self) -> Page:
        """Where people are invited and let in, without loading it once more."""
        return self.page if self.page.url.endswith("/people") else self.go("/people")


def button(within: Page | Locator, name: str) -> Locator:
    return within.get_by_role("button", name=name, exact=True)


def heading(page: Page, words: str) -> None:
    """Wait until the page says this at its head."""
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible(timeout=SLOW_MS)


def sheet_words(page: Page) -> list[str]:
    expect(page.locator(".keysheet .words li").first).to_be_visible()
    return page.locator(".keysheet .words li").all_inner_texts()


def sheet_code(page: Page) -> str:
    expect(page.locator(".keysheet > p.mono")).to_be_visible(timeout=SLOW_MS)
    return page.locator(".keysheet > p.mono").inner_text()


def give_words_back(page: Page, words: list[str]) -> None:
    """Type the two words that are asked for, and go on."""
    heading(page, "Two words, to be sure")
    for field in page.get_by_label("Word ").all():
        label = page.locator(f"label[for={field.get_attribute('id')}]").inner_text()
        field.fill(words[int(label.removeprefix("Word ")) - 1])
    button(page, "Go on").click()


def keep_sheet(page: Page, go: str) -> str:
    """Copy the code of a sheet by hand, say so, and go on."""
    code = sheet_code(page)
    page.get_by_label("I have printed it or copied it by hand").check()
    button(page, go).click()
    return code


def founding_link(server: Server) -> str:
    """The path of a link to the ceremony."""
    return f"/setup#{b64(founding_token(server.database))}"


def printed_link(server: Server) -> str:
    """The same, as `make run` prints it."""
    address = next(word for word in server.run("first-steps").split() if "/setup#" in word)
    return "/" + address.split("/", 3)[3]


def found(
    server: Server, visit: Visit, *, coordinators: int = 1, name: str = "Carl Brandt", email: str = "carl@example.org"
) -> Staff:
    """Carl founds the site, and ends on the page that says so."""
    page = visit.go(printed_link(server))
    page.get_by_label("Your name, as others will see it").fill(name)
    page.get_by_label("Your e-mail address").fill(email)
    page.locator(f"#coordinators-{coordinators}").check()
    button(page, "Make the keys").click()
    heading(page, "The root sheet")
    root_sheet = keep_sheet(page, "Go on")
    page.get_by_label("Last group of five").fill(root_sheet.split()[-1])
    button(page, "Go on").click()
    heading(page, "These six words are your key")
    words = sheet_words(page)
    button(page, "I have kept them").click()
    give_words_back(page, words)
    heading(page, "Your recovery sheet")
    sheet = keep_sheet(page, "I have kept it")
    heading(page, "The site stands")
    if coordinators == 1:
        expect(page.get_by_text("For now one person decides here")).to_be_visible()
    return Staff(name, email, visit, words, sheet, root_sheet)


def settled(server: Server, visit: Visit, *, coordinators: int = 1, words: bool = False) -> Staff:
    """Carl, who founded the site before; he has opened no page yet. The ceremony itself is told in test_setup.py.

    Args: words: he has six words to sign in with by hand; they cost a quarter of a second.
    """
    carl = people.Coordinator(Over(server.url), "Carl Brandt", now_s=server.clock.now_s)
    carl.found(founding_token(server.database), email="carl@example.org" if words else "", coordinators=coordinators)
    return Staff(carl.name, carl.email, visit, carl.words.split(), "", keys.root_sheet_text(carl.root_code), carl)


def token(coordinator: Staff, *roles: str) -> bytes:
    """What an invitation carries after its `#`; made by the Python client."""
    assert isinstance(coordinator.person, people.Coordinator)
    return coordinator.person.invite_staff(*roles)


def link_of(token: bytes) -> str:
    return f"/people#{b64(token)}"


def arrived(
    coordinator: Staff, visit: Visit, *, name: str = "Nora Lind", role: str = "supporter", words: bool = False
) -> Staff:
    """A newcomer who followed an invitation and waits for a call; they have opened no page yet. `join` does it by hand."""
    one = newcomer(coordinator, name, role, words=words)
    return Staff(name, one.email, visit, one.words.split(), "", person=one)


def newcomer(coordinator: Staff, name: str, role: str = "supporter", *, words: bool = False) -> people.Staff:
    """The same, of whom no browser is needed."""
    assert coordinator.person
    one = people.Staff(coordinator.person.wire.another(), name, now_s=coordinator.person.now_s)
    one.roles = role
    if words:
        one.use_words(email=f"{name.split()[0].lower()}@example.org")
    told = {"specialty": "Anesthesiology", "state": "oh", "stage": "mid", "availability": "Weekday evenings"}
    profile = {"kind": "profile", **told, "employers": ["Lakeside Clinic"]}
    one.join(token(coordinator, role), profile if role in ("supporter", "coordinator") else None)
    return one


def listed(coordinator: Staff, newcomer: Staff) -> None:
    """After a call: the Python client signs the list. `certify` does it by hand."""
    assert isinstance(coordinator.person, people.Coordinator) and newcomer.person
    coordinator.person.certify(newcomer.person)


def invite(coordinator: Staff, *roles: str) -> str:
    """A coordinator makes a link for one new person; its path."""
    page = coordinator.at_people()
    expect(page.get_by_role("heading", name="Invite someone")).to_be_visible(timeout=SLOW_MS)
    for role, value in ROLES.items():
        page.locator(f"#roles-{value}").set_checked(role in (roles or ("Supporter",)))
    shown = page.locator("#invitation-link")
    earlier = shown.inner_text() if shown.count() else "none yet"
    button(page, "Make a link").click()
    expect(shown).not_to_have_text(earlier)
    return "/" + shown.inner_text().split("/", 3)[3]


def join(visit: Visit, link: str, *, name: str, email: str, **profile: Any) -> Staff:
    """A volunteer follows a link to the page where they wait for a call. Args: link: empty where they have followed it."""
    page = visit.go(link) if link else visit.page
    heading(page, "Thank you for coming to help")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your e-mail address").fill(email)
    if page.get_by_role("heading", name="Your work").count():
        tell_work(page, profile)
    button(page, "Make my key").click()
    heading(page, "These six words are your key")
    words = sheet_words(page)
    button(page, "I have kept them").click()
    give_words_back(page, words)
    heading(page, "Your recovery sheet")
    sheet = keep_sheet(page, "I have kept it")
    heading(page, "People")
    expect(page.get_by_role("heading", name="One step left: a call")).to_be_visible(timeout=SLOW_MS)
    return Staff(name, email, visit, words, sheet)


def tell_work(page: Page, profile: dict[str, Any]) -> None:
    """What those who help a peer, or find people who do, tell the desk."""
    page.get_by_label("Specialty").fill(profile.get("specialty", "Anesthesiology"))
    page.get_by_label("State where you work").select_option(profile.get("state", "oh"))
    page.get_by_label("In practice, 6 to 15 years").check()
    page.get_by_label("Where you worked or trained in the last ten years").fill(
        profile.get("employers", "Lakeside Clinic")
    )
    page.get_by_label("When you can help").fill(profile.get("availability", "Weekday evenings"))


def waiting_card(page: Page, name: str) -> Locator:
    return page.locator("article").filter(has=page.get_by_role("heading", level=3, name=name, exact=True))


def call(coordinator: Staff, newcomer: Staff) -> Locator:
    """Each reads aloud the words that the screen shows for the other, and each hears their own. The newcomer's card."""
    expect(newcomer.at_people().get_by_role("heading", name="One step left: a call")).to_be_visible(timeout=SLOW_MS)
    card = waiting_card(coordinator.page, newcomer.name)
    if not card.count():  # they came after the page was loaded
        coordinator.go("/people")
    expect(card).to_be_visible(timeout=SLOW_MS)
    shown = card.locator(".safety").all()
    assert words_in(shown[0]) == own_words(newcomer), "the coordinator's screen shows the newcomer's words"
    assert words_in(shown[1]) == words_of(newcomer, coordinator), "the newcomer's screen shows the coordinator's words"
    return card


def let_in(coordinator: Staff, name: str, *, root_sheet: str = "") -> None:
    """The words matched on a call: the newcomer of this name is listed, with the root sheet if it is asked for."""
    page = coordinator.page
    button(waiting_card(page, name), "They match").click()
    if root_sheet:
        sign_by_root(page, root_sheet)
    expect(page.get_by_role("heading", name=f"{name} is in the list.")).to_be_visible(timeout=SLOW_MS)


def sign_by_root(page: Page, root_sheet: str) -> None:
    page.get_by_label("The code on the root sheet").fill(root_sheet)
    button(page, "Sign with the root sheet").click()


def certify(coordinator: Staff, newcomer: Staff, *, root_sheet: str = "") -> None:
    """A call on which the words match, and the newcomer is listed."""
    call(coordinator, newcomer)
    let_in(coordinator, newcomer.name, root_sheet=root_sheet)


def words_in(place: Locator) -> list[str]:
    return place.locator("li").all_inner_texts()


def own_words(who: Staff) -> list[str]:
    """The newcomer's own safety words, as their waiting page shows them."""
    return words_in(who.page.locator("section[aria-labelledby=mine-head] .safety"))


def words_of(who: Staff, other: Staff) -> list[str]:
    """What `who` sees for `other`, a coordinator."""
    block = who.page.locator("section[aria-labelledby=desk-head] .sheet").filter(has_text=other.name)
    return words_in(block.locator(".safety"))


def sign_in(visit: Visit, who: Staff, *, by_sheet: bool = False) -> Page:
    """Come back as staff; ends where the person belongs."""
    page = visit.go("/sign-in")
    button(page, "I am a volunteer or on staff").click()
    if by_sheet:
        button(page, "Use the code on my sheet").click()
        page.get_by_label("The code on your sheet").fill(who.sheet)
    else:
        page.get_by_label("Your e-mail address here").fill(who.email)
        page.get_by_label("Your words", exact=True).fill(" ".join(who.words))
    button(page, "Open").click()
    visit.until(lambda: "/sign-in" not in page.url, timeout_s=20)
    return page
