"""Nora came later, and holds the lines since. The server says that the case’s older ones are in the log, and has no proof of it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from sqlalchemy import select

from app.audit.models import Event
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import open_first, quiet, stopped
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("worker/receipts.js", "    verifyInclusion(hash, index, size, proof, root);\n", "")


def nora_opens(liar: Liar, otherwise: Callable[[Any], Any]) -> Visit:
    """Args: otherwise: what the server makes of each proof that one of the case's lines is in the log."""
    sara = liar.stage.sara()
    nora = liar.stage.supporter("Nora Lind")
    liar.until_logged()
    nora.log.follow(nora)
    nora.notebook["log"] = {"log": nora.log.number, **nora.log.seen}  # she holds no line from before
    nora.save_notebook()
    liar.stage.team(sara, nora)

    with liar.stage.server.database.engine.connect() as db:
        own = {row.position for row in db.execute(select(Event.position).where(Event.case == sara.case))}

    def change(_asked: Any, answer: Any) -> None:
        told = answer["proofs"]
        answer["proofs"] = [otherwise(one) if one and one["index"] in own else one for one in told]

    visit = liar.sit_down(nora, wire={"/log/proofs": change})
    opens(visit)
    return visit


def opens(visit: Visit) -> None:
    open_first(visit.page)
    visit.until("document.body.dataset.log && document.body.dataset.log !== 'waiting'", timeout_s=20)


def tell(liar: Liar) -> Visit:
    return nora_opens(liar, lambda one: {**one, "proof": [b64(bytes(32))]})


def refused(visit: Visit) -> None:
    stopped(visit.page)
    expect(visit.page.get_by_role("alert")).to_contain_text("something that is not in its log")


def believed(visit: Visit) -> None:
    quiet(visit.page)


test_what_was_before_nora_is_proven_to_her = told_twice(CHECK, tell, refused, believed, opens)
