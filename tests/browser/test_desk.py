"""The desk: Carl reads a card, asks supporters, proposes a team; nothing of it is readable anywhere else."""

from playwright.sync_api import expect

from crypto.frame import frame, unframe
from demo.people import Coordinator, Peer
from tests.browser.cast import button
from tests.browser.seeded import come_in, seed
from tests.support.browser import Visit
from tests.support.canary import new_canary, search
from tests.support.databases import one_database
from tests.support.server import Server
from tests.support.widths import sound_at_both

pytestmark = one_database

TEAM = ("Nora Lind", "Tomas Vega", "Amara Osei", "Ruth Baum")


def test_carl_opens_a_card_asks_and_proposes_and_no_word_of_it_leaks(server: Server, phone: Visit) -> None:
    on_card, summary, note, question = (new_canary(what) for what in ("card", "summary", "note", "question"))
    card = {"lines": [{"field": "goals", "label": "What do you want?", "text": on_card}]}
    site = seed(server, card=card)
    page = come_in(phone, site.carl)
    expect(page.get_by_role("heading", level=1, name="One person is waiting for us")).to_be_visible()
    sound_at_both(page)
    button(page.locator("main"), "Open the card of Someone").click()
    expect(page.get_by_text(on_card)).to_be_visible()
    expect(page.get_by_text("Worked at a place like the peer’s own: Lakeside Medical Center")).to_be_visible()
    expect(page.get_by_text("In a state to be kept out: TX")).to_be_visible()
    button(page, "I will look after it").click()
    expect(page.get_by_text("You look after this card now.")).to_be_visible()
    for name in TEAM:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("A summary in your words, without names or places").fill(summary)
    button(page, "Invite 4 people").click()
    expect(page.get_by_text("4 people are invited.")).to_be_visible()
    for name in TEAM:
        (invitation,) = site.team[name].invitations()
        assert (invitation.payload["summary"], invitation.payload["by"]) == (summary, "coordinator")
        site.team[name].answer(site.sara.case)
    button(page, "Back to the list").click()
    expect(page.get_by_text("4 invited, 4 answered")).to_be_visible()
    page.get_by_role("button", name="Open the card").click()
    sound_at_both(page)
    picked = page.get_by_role("group", name="Who is on it?")
    expect(page.get_by_text("Can help, and has not written to Someone yet")).to_be_visible()
    expect(picked).to_have_count(0)  # nobody would know them
    for name in TEAM:
        (invitation,) = site.team[name].invitations()
        site.team[name].statement(invitation, f"I am {name}.")
    button(page, "Back to the list").click()
    page.get_by_role("button", name="Open the card").click()
    expect(page.get_by_text("has not written to")).to_have_count(0)
    for name in TEAM[:3]:
        picked.get_by_label(name).check()
    expect(button(page, "Propose this team")).to_have_count(0)
    picked.get_by_label(TEAM[3]).check()
    page.get_by_label("A few words to Someone, if you like").fill(note)
    button(page, "Propose this team").click()
    expect(page.get_by_text("The team is proposed.")).to_be_visible()
    page.get_by_label("Your letter", exact=True).fill(question)
    button(page, "Seal and send my letter").click()
    expect(page.get_by_text("Your letter is sealed and sent.")).to_be_visible()
    assert {person["name"] for person in site.sara.offered()} == set(TEAM)
    (word,) = site.sara.letters("word")
    assert (word.payload["type"], word.payload["text"]) == ("question", question)
    search([on_card, summary, note, question], [*server.places(), *phone.places()])


def test_what_carl_typed_is_still_there_when_the_connection_drops_a_kind_no_reaches_sara_and_her_answer_brings_the_card_back(
    server: Server, desktop: Visit, phone: Visit
) -> None:
    site = seed(server, team=("Nora Lind",))
    page = come_in(desktop, site.carl)
    page.get_by_role("button", name="Open the card").click()
    button(page, "I will look after it").click()
    expect(page.get_by_label("Your letter", exact=True)).to_be_visible()
    desktop.expect("failed|Failed to load")
    desktop.context.set_offline(True)
    page.get_by_label("Your letter", exact=True).fill("Is Thursday better?")
    button(page, "Seal and send my letter").click()
    expect(page.get_by_text("The connection dropped before this was done")).to_be_in_viewport()  # he pressed far below
    expect(page.get_by_label("Your letter", exact=True)).to_have_value("Is Thursday better?")
    desktop.context.set_offline(False)
    button(page, "Seal and send my letter").click()
    expect(page.get_by_text("Your letter is sealed and sent.")).to_be_in_viewport()
    assert len(site.sara.letters("word")) == 1
    site.carl.card(site.sara.case)  # whose key it is
    site.carl.write("word", {"type": "waiting", "text": "After the holidays."}, about=site.sara.case, to=site.sara.fp)
    hers = come_in(phone, site.sara, "/case")
    expect(hers.get_by_text("Not yet. The desk wrote to you why")).to_be_visible()

    page.get_by_label("No, with the reason").check()
    page.get_by_label("Your letter", exact=True).fill("We can’t take this on before spring. Here is who can.")
    button(page, "Seal and send my letter").click()
    expect(page.get_by_text("Answered: not with us")).to_be_visible()
    assert site.sara.letters("word")[-1].payload["type"] == "refusal"
    hers.reload()
    expect(hers.get_by_text("Not with us. The desk wrote to you why")).to_be_visible()
    expect(hers.get_by_text("We look for people for you.")).to_have_count(0)

    button(page, "Back to the list").click()
    expect(page.get_by_text("Nobody is waiting for us")).to_be_visible()
    site.sara.write("word", {"type": "reply", "text": "It has become worse."}, about=site.sara.case)
    page.reload()
    row = page.get_by_role("row").filter(has_text="Answered: not with us")
    expect(row.get_by_text("A letter came")).to_be_visible()
    row.get_by_role("button").click()
    expect(page.get_by_text("It has become worse.")).to_be_visible()
    button(page, "Put it back with the finished cards").click()
    expect(page.get_by_text("It is among the finished cards again.")).to_be_visible()
    button(page, "Back to the list").click()
    expect(page.get_by_text("Nobody is waiting for us")).to_be_visible()

    page.get_by_text("Finished cards").click()
    page.get_by_role("table", name="Refused or closed").get_by_role("button").click()
    page.get_by_role("checkbox", name="Nora Lind").check()
    page.get_by_label("A summary in your words, without names or places").fill("Somebody who was told no.")
    button(page, "Invite one person").click()
    expect(page.get_by_text("One person is invited.")).to_be_visible()
    expect(page.get_by_text("Looking for people")).to_be_visible()


def test_a_supporter_who_opens_the_desk_sees_no_card(server: Server, desktop: Visit) -> None:
    site = seed(server, team=("Omar Haddad",))
    desktop.expect("40[34]")
    page = come_in(desktop, site.omar, "/desk")
    expect(page.get_by_text("did not go through")).to_be_visible()
    expect(page.get_by_role("button", name="Open the card")).to_have_count(0)


def test_a_strangers_crooked_card_does_not_take_the_desk_from_carl(server: Server, desktop: Visit) -> None:
    crooked = {
        "deadline": 5,
        "lines": [{"field": "name_use", "label": "Name", "text": "X" * 30_000}, 7],
        "excluded": "all",
    }
    site = seed(server, card=crooked, team=())
    for number in (1, 2):
        other = Peer(site.carl.wire.another(), f"Stranger {number}", now_s=server.clock.now_s)
        other.enrol()
        other.submit({"answers": {}, "instrument": "intake.v1"}, {**crooked, "deadline": number})
    page = come_in(desktop, site.carl)
    for card in range(3):
        page.get_by_role("button", name="Open the card").nth(card).click()
        expect(page.get_by_role("heading", name="People who could help")).to_be_visible()
        button(page, "Back to the list").click()
        expect(page.get_by_role("heading", level=1, name="3 people are waiting for us")).to_be_visible()
    page = desktop.go("/desk")
    expect(page.get_by_role("heading", level=1, name="3 people are waiting for us")).to_be_visible()
    expect(page.get_by_text("did not go through")).to_have_count(0)
    expect(page.get_by_role("button", name="Open the card")).to_have_count(3)


def test_a_strangers_spoilt_letter_does_not_keep_the_others_from_dana(server: Server, desktop: Visit) -> None:
    site = seed(server)
    mail = unframe("mail", site.sara.seal("word", {"type": "question", "text": "x"}))
    spoilt = [one[:32] + bytes(len(one) - 32) for one in mail["stanzas"]]
    site.sara.post("/letters", mail=frame("mail", {**mail, "stanzas": spoilt}))
    dana = Coordinator(site.carl.wire.another(), "Dana Reyes", now_s=server.clock.now_s)
    dana.join(site.carl.invite_staff("coordinator"))
    site.carl.certify(dana)
    page = come_in(desktop, site.carl, "/people")
    button(page, "Hand on letters to Dana Reyes").click()
    expect(page.get_by_role("heading", name="Dana Reyes can open 6 letters to the desk.")).to_be_visible(timeout=20_000)
    assert len(dana.letters("profile")) == 5
    assert dana.card(site.sara.case).payload["deadline"] == "2027-01-08"


def test_carl_reads_to_whom_sara_said_no_and_a_letter_whose_writer_is_unknown_is_not_headed_with_her_name(
    server: Server, desktop: Visit
) -> None:
    site = seed(server, team=("Nora Lind", "Tomas Vega", "Omar Haddad"))
    site.introduce("Nora Lind", "Tomas Vega")
    site.carl.invite(site.sara.case, site.omar.fp, summary="A physician in practice.")
    site.carl.claim(site.sara.case)
    tomas = site.team["Tomas Vega"].fp.hex()
    site.sara.write("word", {"type": "decline", "whom": tomas, "text": ""}, about=site.sara.case)
    site.nora.write("word", {"type": "decline", "whom": tomas, "text": ""}, about=site.sara.case)  # not hers to say
    site.omar.write("word", {"type": "question", "text": "Who is it?"}, about=site.sara.case)
    site.carl.list_people(revoke=(site.omar.fp,))
    page = come_in(desktop, site.carl)
    page.get_by_role("button", name="Open the card").click()
    expect(page.get_by_text("No, thank you, to Tomas Vega.")).to_have_count(1)
    expect(page.get_by_role("group", name="Who is on it?").get_by_text("Sara said no on")).to_have_count(1)
    letter = page.get_by_role("listitem").filter(has_text="We can’t tell who")
    expect(letter).to_contain_text("Unreadable here")
    expect(letter).not_to_contain_text("Sara")
