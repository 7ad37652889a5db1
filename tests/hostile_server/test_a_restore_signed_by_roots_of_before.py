"""The roots changed, since one key was stolen. The thief signs a restore with it, after everybody has seen the change in the log."""

from typing import Any

from tests.hostile_server.at_the_log import check, open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.new_roots import NEW, new_roots
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.seen import quiet
from tests.hostile_server.test_a_restore_that_the_roots_did_not_sign import refused as marked_for_it
from tests.hostile_server.twice import told_twice
from tests.hostile_server.vouched import Change
from tests.support.browser import Visit

CHECK = Check("worker/log_lanes.js", " || by < inForce) throw", ") throw")


def put_back(liar: Liar, by: bytes | None = None) -> tuple[PutBack, dict[str, Change]]:
    liar.until_logged()
    told, lines = new_roots(liar)
    other = PutBack(liar.stage.carl, liar.log_seed, by=by, more=lines)

    def public(asked: Any, answer: Any) -> None:
        for one in (told, other.public()):
            one["/log/public"](asked, answer)

    return other, {**told, "/log/public": public}


def tell(liar: Liar, by: bytes | None = None) -> Visit:
    sara = liar.stage.sara()
    other, wire = put_back(liar, by)
    return liar.sit_down(sara, fork=other, wire=wire, vouched=False)


def refused(visit: Visit) -> None:
    marked_for_it(visit)


def believed(visit: Visit) -> None:
    visit.until("document.body.dataset.log === 'proven'", timeout_s=30)
    quiet(visit.page)


test_a_retired_key_begins_no_log = told_twice(CHECK, tell, refused, believed)


def test_the_key_that_came_after_it_does(liar: Liar) -> None:
    believed(tell(liar, NEW))


def test_nor_for_whoever_looks_without_an_account(liar: Liar) -> None:
    liar.stage.sara()
    other, wire = put_back(liar)
    visit = liar.device()
    liar.tells(visit, wire)
    check(open_log(visit, other))
    refuses(visit, "has not shown who allowed that")
