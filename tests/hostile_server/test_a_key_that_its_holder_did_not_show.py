"""Somebody waits to be listed as Omar under Nora's key, which he has not got. Carl would vouch for a key that is another's."""

import os
from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.frame import frame
from demo.wire import b64
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.seen import SLOW_MS
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check("crypto/people.js", "    verify(fields.ed_pk, thing, sig);\n", "")


def tell(liar: Liar) -> Visit:
    nora, omar = liar.stage.supporter("Nora Lind"), liar.stranger()
    binding = frame("binding", {
        "site": liar.site, "person": os.urandom(16), "seq": 1, "prev": bytes(32), "roles": "supporter", "name": omar.name,
        "ed_pk": nora.identity.ed_pk, "xwing_pk": nora.identity.xwing_pk, "day": omar.today,
    })  # fmt: skip
    signed = keys.sign_thing(binding, [(nora.fp, omar.identity.ed_seed)])

    def change(_asked: Any, answer: Any) -> None:
        answer["waiting"] = [b64(signed)]

    return liar.sit_down(liar.stage.carl, wire={"/people/waiting": change}, path="/people")


def refused(visit: Visit) -> None:
    expect(visit.page.get_by_text("because a signature does not match")).to_be_visible(timeout=SLOW_MS)
    expect(visit.page.get_by_text("Omar Outsider")).to_have_count(0)


def believed(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", level=3, name="Omar Outsider")).to_be_visible(timeout=SLOW_MS)


test_nobody_is_listed_whose_key_has_not_signed = told_twice(CHECK, tell, refused, believed)
