"""Coming back, and being locked out when one should be."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from demo.people import Staff
from tests.browser.cast import SLOW_MS, button, keep_sheet, settled
from tests.support.addresses import script
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, Visit
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Stage, sit_down
from tests.support.widths import sound_at_both

pytestmark = one_database

ENROL = """async () => {
  const {ask} = await import('ASK');
  const {words} = await ask('account.begin');
  await ask('account.enrol');
  return words;
}""".replace("ASK", script("parts/ask.js"))
HEAR = """() => {
  window.heard = [];
  new BroadcastChannel('alongside-alive').onmessage = ({ data }) => heard.push(data);  // later than the page's own
}"""
KEPT = "sessionStorage.getItem('tab')"


def points_out(page: Page, words: str) -> None:
    """Says what is wrong, beside the field that it is about."""
    expect(page.locator(".wrong-words", has_text=words)).to_be_visible(timeout=SLOW_MS)


def open_with(page: Page, words: str) -> None:
    page.get_by_label("Your words", exact=True).fill(words)
    button(page, "Open").click()


def test_sara_comes_back_with_seven_words_however_she_types_them_and_shown_ones_are_completed(
    server: Server, visit: Callable[..., Visit]
) -> None:
    sara = Stage(server).peer("Sara", enrolled=False)  # she has sent nothing yet
    sara.use_words()
    sara.enrol()
    words = sara.words.split()
    assert len(words) == 7
    device = visit(server.url, PHONE, watched=True)
    device.expect("401")
    page = device.go("/sign-in")
    sound_at_both(page)
    typed = page.get_by_label("Your words", exact=True)

    typed.click()  # a word is completed from the list only while words are shown
    typed.press_sequentially("abacus abd")
    expect(page.locator("#words-known button")).to_have_count(0)
    page.get_by_label("Show the words as I type").check()
    button(page, "abdomen").click()
    expect(typed).to_have_value("abacus abdomen ")
    assert_accessible(page)
    page.get_by_label("Show the words as I type").uncheck()

    misspelt = words[2] + "zq"
    open_with(page, " ".join([*words[:2], misspelt, *words[3:]]))
    points_out(page, "Word 3 is not in our list.")
    expect(typed).to_have_value(" ".join([*words[:2], misspelt, *words[3:]]))
    sound_at_both(page)
    open_with(page, " ".join(words[:6]))
    points_out(page, "There are 6 words here. Yours are seven.")
    n = next(n for n in range(6) if words[n] != words[n + 1])
    open_with(page, " ".join([*words[:n], words[n + 1], words[n], *words[n + 2 :]]))
    points_out(page, "These words did not open anything. Check their order.")
    open_with(page, "  " + "   ".join(word.upper() for word in words) + " ")
    device.until(lambda: page.url.endswith("/intake"), timeout_s=20)
    phrase = " ".join(words).encode()
    for place in [*device.places(), *server.places()]:
        assert not [name for name, piece in place.pieces.items() if phrase in piece], place.name


def test_a_wrong_address_or_sheet_is_said_beside_its_field_and_a_lost_sheet_opens_nothing(
    server: Server, visit: Callable[..., Visit]
) -> None:
    carl = settled(server, visit(server.url, PHONE), words=True)
    page = carl.go("/people")
    button(page, "Make a recovery sheet").click(timeout=SLOW_MS)
    lost = keep_sheet(page, "I have kept it")
    button(page, "Make another sheet").click(timeout=SLOW_MS)
    second = keep_sheet(page, "I have kept it")
    expect(page.get_by_role("heading", name="Your ways in")).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("button", name="Remove the sheet made on").first.click()
    assert_accessible(page)
    button(page, "Remove this sheet").click()
    expect(page.get_by_role("heading", name="That sheet opens nothing any more.")).to_be_visible(timeout=SLOW_MS)

    device = visit(server.url)
    device.expect("401")
    page = device.go("/sign-in")
    button(page, "I am a volunteer or on staff").click()
    open_with(page, " ".join(carl.words))
    points_out(page, "such as name@example.org")
    page.get_by_label("Your e-mail address here").fill("omar@example.org")
    button(page, "Open").click()
    points_out(page, "Check their order, and the e-mail address.")
    assert_accessible(page)
    button(page, "Use the code on my sheet").click()
    page.get_by_label("The code on your sheet").fill(carl.root_sheet)
    button(page, "Open").click()
    points_out(page, "not the forty letters of a sheet of this site")
    page.get_by_label("The code on your sheet").fill(lost)
    button(page, "Open").click()
    points_out(page, "This code did not open anything.")
    page.get_by_label("The code on your sheet").fill(second.replace(" ", "").lower())
    button(page, "Open").click()
    device.until(lambda: page.url.endswith("/desk"), timeout_s=20)


def test_ten_idle_minutes_lock_and_a_restored_tab_opens_nothing(server: Server, visit: Callable[..., Visit]) -> None:
    device = visit(server.url)
    device.expect("401")
    page = settled(server, device).go("/people")
    expect(page.get_by_role("heading", name="Invite someone")).to_be_visible(timeout=SLOW_MS)
    kept = page.evaluate(KEPT)
    server.clock.move(minutes=11)
    button(page, "Make a link").click()
    device.until(lambda: page.url.endswith("/sign-in"))
    expect(page.get_by_role("heading", name="Locked, and nothing is lost")).to_be_visible()
    assert page.evaluate(KEPT) is None
    assert_accessible(page)
    restored = device.context.new_page()
    restored.goto("/privacy")
    restored.evaluate("kept => sessionStorage.setItem('tab', kept)", kept)
    restored.goto("/people")
    restored.wait_for_url("**/sign-in")
    expect(restored.get_by_role("heading", name="Locked, and nothing is lost")).to_be_visible()
    assert restored.evaluate(KEPT) is None
    expect(restored.locator("body")).not_to_contain_text("Carl Brandt")


def test_a_tab_left_alone_does_not_lock_the_one_in_use(server: Server, visit: Callable[..., Visit]) -> None:
    device = visit(server.url)
    device.expect("401")
    carl = settled(server, device, words=True)
    device.page.clock.install()
    left = carl.go("/people")
    expect(left.get_by_role("heading", name="Invite someone")).to_be_visible(timeout=SLOW_MS)
    used = device.context.new_page()
    used.goto("/sign-in")
    button(used, "I am a volunteer or on staff").click()
    used.get_by_label("Your e-mail address here").fill(carl.email)
    open_with(used, " ".join(carl.words))
    used.wait_for_url("**/desk", timeout=SLOW_MS)
    expect(used.get_by_role("heading", name="Nobody is waiting for us")).to_be_visible(timeout=SLOW_MS)
    left.clock.run_for("08:00")
    left.evaluate(HEAR)
    used.keyboard.press("Tab")
    device.until("window.heard.length")
    left.clock.run_for("08:00")
    expect(left.get_by_text("Are you still here?")).to_have_count(0)
    assert left.url.endswith("/people")
    left.clock.run_for("03:00")
    left.wait_for_url("**/sign-in")


def test_lock_somebody_elses_sign_in_and_leaving_take_what_is_open_off_every_tab(
    server: Server, visit: Callable[..., Visit]
) -> None:
    device = visit(server.url)
    device.expect("401")
    carl = settled(server, device).person
    assert carl
    page, other = at_people(device, carl), device.context.new_page()
    other.goto("/people")
    other.wait_for_url("**/sign-in")  # the second tab has nothing of its own to open with
    button(page, "Lock").click()
    locked(page)
    assert [one for one in device.context.cookies() if one["name"] == "alongside"] == []
    page.goto("/people")
    page.wait_for_url("**/sign-in")

    carl.sign_in()
    at_people(device, carl)
    other.goto("/sign-in")
    other.evaluate(ENROL)
    locked(page)

    carl.sign_in()
    at_people(device, carl)
    other.goto("/privacy")
    other.locator("#leave").click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate(KEPT) is None


def at_people(device: Visit, carl: Staff) -> Page:
    page = sit_down(device, carl, "/people")
    expect(page.get_by_role("heading", name="Who is who")).to_be_visible(timeout=SLOW_MS)
    return page


def locked(page: Page) -> None:
    page.wait_for_url("**/sign-in")
    expect(page.get_by_role("heading", name="Locked, and nothing is lost")).to_be_visible()
