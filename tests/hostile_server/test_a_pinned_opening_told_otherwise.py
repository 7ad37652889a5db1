"""Carl opened the card, and Sara's browser has proven and noted that. Later the server says that it was Nora."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.test_an_opening_told_otherwise import believed, of_nora, refused
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

__all__ = ["CHECK", "believed", "refused", "tell"]

CHECK = Check(
    "worker/case_proof.js",
    "if (b64u(running(lines.slice(0, n))) !== hash) throw logTrouble('line-changed');",
    "",
)


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.seen()
    return liar.sit_down(sara, wire={"/cases/open": of_nora(liar, nora)})


test_what_was_noted_once_stays_as_it_was_told = told_twice(CHECK, tell, refused, believed)
