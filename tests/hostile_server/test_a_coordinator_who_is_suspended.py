"""Cora is suspended, and the list that says so names her key still. With the server's help she signs the next one: it lists a ghost."""

from demo.people import Coordinator
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists, believed_by_olga, key_of, refused_by_olga, shown_to_olga
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (!this.bindings.has(hash) || this.revoked.has(hex(person.fp)))",
    "if (!this.bindings.has(hash))",
)


def tell(liar: Liar) -> Visit:
    cora, ghost = Coordinator(liar.stage.wire.another(), "Cora Bell", now_s=liar.stage.clock.now_s), liar.stranger()
    for one in (cora, ghost):
        one.make_binding(liar.site)
    lists = Lists(liar)
    lists.add(*lists.meet(cora), by=[lists.root_key], accept=True)
    lists.add(by=[lists.carl], accept=True, revoked=[cora.fp])
    lists.add(*lists.meet(ghost), by=[key_of(cora)])
    return shown_to_olga(liar, lists)


def refused(visit: Visit) -> None:
    refused_by_olga(visit)


def believed(visit: Visit) -> None:
    believed_by_olga(visit)


test_who_is_suspended_signs_nothing_though_still_listed = told_twice(CHECK, tell, refused, believed)
