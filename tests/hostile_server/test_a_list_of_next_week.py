"""One bad coordinator signs a list that begins in a week. It would still be in force when everybody else has a newer one."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists
from tests.hostile_server.seen import approve
from tests.hostile_server.test_an_expired_list import believed as approved_all_the_same
from tests.hostile_server.test_an_expired_list import refused as nobody_new
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (this.needsRoots || nowS < this.issued - DAY_S || nowS >= this.expires)",
    "if (this.needsRoots || nowS >= this.expires)",
)
WEEK_S = 7 * 86_400


def goes_on(visit: Visit) -> None:
    approve(visit.page, "Nora Lind")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.introduced()
    lists = Lists(liar)
    begins = lists.state.issued + WEEK_S
    lists.add(by=[lists.carl], issued=begins, expires=begins + WEEK_S)
    visit = liar.sit_down(sara, wire=lists.wire)
    goes_on(visit)
    return visit


def refused(visit: Visit) -> None:
    nobody_new(visit)


def believed(visit: Visit) -> None:
    approved_all_the_same(visit)


test_nobody_is_let_in_under_a_list_that_has_not_begun = told_twice(CHECK, tell, refused, believed, goes_on)
