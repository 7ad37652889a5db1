"""The holder of the root sheet founded a second site with it, for trials, and put that one back. Its log had the very same lines: its
restore is handed out here."""

import os

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.put_back import PutBack
from tests.hostile_server.test_a_restore_that_the_roots_did_not_sign import believed, refused
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

__all__ = ["CHECK", "believed", "refused", "tell"]

CHECK = Check("worker/restores.js", "(!equal(site, here) || ", "(")


def tell(liar: Liar) -> Visit:
    sara, _nora = liar.stage.seen()
    liar.until_logged()
    other = PutBack(liar.stage.carl, liar.log_seed, site=os.urandom(32))
    return liar.sit_down(sara, fork=other, wire=other.public())


test_a_restore_is_of_one_site = told_twice(CHECK, tell, refused, believed)
