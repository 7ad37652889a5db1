"""One bad coordinator signs a list that begins in a week. It would still be in force when everybody else has a newer one."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.seen import approve
from tests.hostile_server.test_an_expired_list import believed as approved_all_the_same
from tests.hostile_server.test_an_expired_list import refused as nobody_new
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (this.needsRoots || nowS < this.issued - DAY_S || nowS >= this.expires)",
    "if (this.needsRoots || nowS >= this.expires)",
)
WEEK_S = 7 * 86_400


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.introduced()
    lists = Lists(liar)
    begins = lists.state.issued + WEEK_S
    lists.add(by=[lists.carl], issued=begins, expires=begins + WEEK_S)
    visit = liar.sit_down(sara, wire=lists.wire)
    approve(visit.page, "Nora Lind")
    return visit


def refused(visit: Visit) -> None:
    nobody_new(visit)


def believed(visit: Visit) -> None:
    approved_all_the_same(visit)


def test_nobody_is_let_in_under_a_list_that_has_not_begun(liar: Liar) -> None:
    refused(tell(liar))
