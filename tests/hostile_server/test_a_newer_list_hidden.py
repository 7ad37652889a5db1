"""Somebody was suspended, for all the world to see in the log. Sara, who knows no list yet, is handed the one before."""

from typing import Any

from playwright.sync_api import expect

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import marked, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_lanes.js",
    "if (newerList(tree, await directory({ reload: true }))) throw logTrouble('list-hidden');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, other = liar.stage.sara(), liar.stage.supporter("Vera Vance")
    liar.stage.carl.list_people(revoke=(other.fp,))
    liar.until_logged()

    def change(_asked: Any, answer: Any) -> None:
        answer["directories"].pop()

    return liar.sit_down(sara, wire={"/people/directory": change}, vouched=False)


def refused(visit: Visit) -> None:
    marked(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("a newer list of people than the one")


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_the_newest_list_is_in_the_log_for_everybody = told_twice(CHECK, tell, refused, believed)
