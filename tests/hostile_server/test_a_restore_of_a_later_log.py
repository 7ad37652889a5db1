"""The roots signed a restore for log 3, by mistake, and it was put aside. The server begins log 2 with it."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.test_a_restore_that_the_roots_did_not_sign import believed, refused
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

__all__ = ["CHECK", "believed", "refused", "tell"]

CHECK = Check("worker/restores.js", " || log !== n) throw", ") throw")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed, log=3)
    return liar.sit_down(sara, fork=other, wire=other.public())


test_a_restore_begins_the_log_that_it_names = told_twice(CHECK, tell, refused, believed)
