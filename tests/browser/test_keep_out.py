"""A name that comes to Sara's mind after she has sent her account: the desk sees who is like it, and only she can add one."""

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import come_in, seed
from tests.support.browser import Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin
from tests.support.widths import sound_at_both

pytestmark = one_database
TEAM = ("Nora Lind", "Tomas Vega", "Amara Osei", "Ruth Baum")


def test_whom_sara_names_later_is_marked_at_the_desk_though_they_answered_already(
    server: Server, phone: Visit, visit: Begin
) -> None:
    site, whom = seed(server, team=TEAM), new_canary("whom")
    site.introduce(*TEAM)
    site.carl.write("word", {"type": "question", "text": "Is Monday good?"}, about=site.sara.case, to=site.sara.fp)
    page = come_in(phone, site.sara, "/case")
    button(page, "Name someone to keep out").click()
    expect(page.get_by_role("heading", name="Someone to keep out?")).to_be_focused()
    out = page.get_by_role("region", name="Someone to keep out?")
    out.get_by_label("Names of people or places, nothing else").fill(f"Dr. Ruth Baum\n{whom}")
    expect(out.get_by_text("Sealed and kept")).to_be_visible(timeout=SLOW_MS)
    phone.expect("failed|Failed to load")
    phone.context.set_offline(True)
    button(out, "Seal and tell the coordinators").click()
    expect(page.get_by_text("The connection dropped before this was done")).to_be_in_viewport()
    expect(out.get_by_label("Names of people or places")).to_have_value(f"Dr. Ruth Baum\n{whom}")
    phone.context.set_offline(False)
    button(out, "Seal and tell the coordinators").click()
    expect(page.get_by_text("The coordinators see now whom to keep out.").first).to_be_visible(timeout=SLOW_MS)
    expect(out.get_by_text(whom)).to_be_in_viewport()
    expect(out.get_by_label("Names of people or places")).to_have_value("")
    sound_at_both(page)
    button(page, "Your page").click()
    expect(page.get_by_text("A letter from the desk")).to_be_visible()  # Carl's question is answered by no name
    assert [one.payload["type"] for one in site.carl.letters("word") if one.sender == site.sara.fp] == ["exclude"]

    # Whoever is asked can't have others kept out in her name.
    site.nora.write("word", {"type": "exclude", "text": "Tomas Vega"}, about=site.sara.case)
    desktop = visit(server.url, watched=True)
    his = come_in(desktop, site.carl)
    his.get_by_role("button", name="Open the card").click()
    expect(his.get_by_text("Keep out, named on")).to_be_visible(timeout=SLOW_MS)
    people = his.get_by_role("region", name="People who could help")
    expect(people.get_by_text("This name is like one on the list: Ruth Baum")).to_have_count(1)
    expect(people.get_by_text("This name is like one on the list")).to_have_count(1)
    button(his, "I will look after it").click()
    picked = his.get_by_role("group", name="Who is on it?")
    expect(picked.get_by_text("This name is like one on the list: Ruth Baum.")).to_be_visible(timeout=SLOW_MS)
    expect(picked.get_by_text("like one on the list")).to_have_count(1)
    sound_at_both(his)
    search([whom], [*server.places(), *phone.places(), *desktop.places()])
