"""Nora came later, and holds the lines since. The server says that the case’s older ones are in the log, and gives no proof at all."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.test_an_older_entry_that_is_in_no_log import believed, nora_opens, opens, refused
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

__all__ = ["CHECK", "believed", "refused", "tell"]

CHECK = Check("worker/case_settle.js", "if (!standing) throw logTrouble('not-in-log');", "if (!standing) return;")


def tell(liar: Liar) -> Visit:
    return nora_opens(liar, lambda _one: None)


test_what_was_before_nora_is_in_the_log = told_twice(CHECK, tell, refused, believed, opens)
