"""The site was put back, and its log goes on under the next number. Olga, who saw that, is shown the one of before again."""

from tests.hostile_server.at_the_log import check, fits, open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.support.browser import Visit

CHECK = Check("worker/log.js", "if (!own) throw logTrouble('log-renumbered');", "if (!own) return;")


def tell(liar: Liar) -> Visit:
    liar.stage.together()
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed, gone=3)
    visit = liar.device()
    liar.tells(visit, other.public())
    page = open_log(visit, other)
    liar.fork().serve(visit.door)
    check(page)
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "has begun another log than the one you have seen")


def believed(visit: Visit) -> None:
    fits(visit)


def test_no_log_comes_back(liar: Liar) -> None:
    refused(tell(liar))
