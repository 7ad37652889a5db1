"""Rita takes a file of a release. The server hands out another one: rows that say what it would like them to say."""

from playwright.sync_api import expect

from tests.hostile_server.at_the_releases import OTHER, looks, published, refuses
from tests.hostile_server.doors import Answer, Asked
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet
from tests.support.browser import Visit

CHECK = Check(
    "worker/research_releases_proven.js",
    "if (!file || !equal(H(bytes), file.hash)) throw changed();",
    "",
)


def tell(liar: Liar) -> Visit:
    _stan, number = published(liar)
    visit = looks(liar, {})

    def other(asked: Asked) -> Answer:
        honest = asked.honest()
        return honest.but(OTHER, honest.kind)

    visit.door.tell("/research/download", other)
    page = visit.page
    page.get_by_role("button", name=f"Open release {number}", exact=True).click(timeout=SLOW_MS)
    page.get_by_role("button", name="Save public.json").click(timeout=SLOW_MS)
    return visit


def refused(visit: Visit) -> None:
    refuses(visit)


def believed(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("heading", name="It is saved.")).to_be_visible(timeout=SLOW_MS)


def test_a_file_that_differs_is_not_saved(liar: Liar) -> None:
    visit = tell(liar)
    saved: list[object] = []
    visit.page.on("download", lambda download: saved.append(download))
    refused(visit)
    assert saved == []
