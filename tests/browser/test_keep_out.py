"""A name that comes to Sara's mind after she has sent her account: the desk sees who is like it, and only she can add one."""

from playwright.sync_api import expect

from tests.browser.cast import SLOW_MS, button
from tests.browser.seeded import come_in, seed
from tests.support.browser import Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.stage import Begin, Stage, device
from tests.support.widths import sound_at_both

pytestmark = one_database
TEAM = ("Nora Lind", "Tomas Vega", "Amara Osei", "Ruth Baum")
LIKE = "This name is like one on the list"
NAMED_SINCE = "Somebody to keep out was named since you opened this card."


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
    expect(page.get_by_text("It is sealed and sent.").first).to_be_visible(timeout=SLOW_MS)
    expect(out.get_by_text(f"Dr. Ruth Baum; {whom}")).to_be_in_viewport()  # not one name with the other
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
    expect(his.get_by_text(f"Dr. Ruth Baum; {whom}").first).to_be_visible()
    expect(people.get_by_text(f"{LIKE}: Ruth Baum")).to_have_count(1)
    expect(people.get_by_text(LIKE)).to_have_count(1)
    button(his, "I will look after it").click()
    picked = his.get_by_role("group", name="Who is on it?")
    expect(picked.get_by_text(f"{LIKE}: Ruth Baum.")).to_be_visible(timeout=SLOW_MS)
    expect(picked.get_by_text(LIKE)).to_have_count(1)
    sound_at_both(his)
    for name in TEAM:
        picked.get_by_label(name).check()
    site.sara.write("word", {"type": "exclude", "text": "Osei"}, about=site.sara.case)
    button(his, "Propose this team").click()
    expect(his.get_by_text(NAMED_SINCE)).to_be_visible(timeout=SLOW_MS)
    expect(picked.get_by_text(f"{LIKE}: Amara Osei.")).to_be_visible()
    assert len(site.sara.letters("offer")) == 1
    search([whom], [*server.places(), *phone.places(), *desktop.places()])


def test_nobody_is_asked_by_marks_from_before_sara_named_them(server: Server, visit: Begin) -> None:
    """And whoever is called Ng is found by a name of two letters."""
    stage = Stage(server)
    ng, sara = stage.supporter("Amy Ng"), stage.sara()
    page = device(visit, stage, stage.carl, path="/desk").page
    page.get_by_role("button", name="Open the card").click()
    button(page, "I will look after it").click()
    page.get_by_role("checkbox", name="Amy Ng").check(timeout=SLOW_MS)
    page.get_by_label("A summary in your words, without names or places").fill("Somebody who spoke up.")
    sara.write("word", {"type": "exclude", "text": "Dr. Ng"}, about=sara.case)
    button(page, "Invite one person").click()
    expect(page.get_by_text(NAMED_SINCE)).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_text(f"{LIKE}: Amy Ng")).to_be_visible()
    assert ng.invitations() == []
    button(page, "Invite one person").click()  # a mark is no wall
    expect(page.get_by_text("One person is invited.")).to_be_visible(timeout=SLOW_MS)
