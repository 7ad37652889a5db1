"""Beside the list the server hands out one supporter more, whom nobody listed. What Carl writes to her would be the server's to read."""

from typing import Any

from playwright.sync_api import expect

from demo.wire import b64
from tests.hostile_server.at_the_desk import open_card, opens_card
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS, quiet
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/directory.js", "if (!this.bindings.has(hash) || this.revoked", "if (this.revoked")


def tell(liar: Liar) -> Visit:
    sara, ghost = liar.stage.sara(), liar.stranger("Gail Ghost")
    binding = ghost.make_binding(liar.site)

    def change(_asked: Any, answer: Any) -> None:
        answer["bindings"].append(b64(binding))

    return open_card(liar, sara, directory=change)


def refused(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("heading", name="People who could help")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("Gail Ghost")).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_text("Gail Ghost")).to_be_visible(timeout=SLOW_MS)


test_carl_is_shown_only_supporters_who_are_listed = told_twice(CHECK, tell, refused, believed, opens_card)
