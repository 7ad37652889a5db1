"""Two coordinators must sign for whoever is new. Carl took a new key, the roots listed it beside his old one, and he signs with both."""

from crypto.people import read_binding
from demo.people import Coordinator
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists, believed_by_olga, key_of, refused_by_olga, shown_to_olga
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "signers.has(hex(person.fp))).map((person) => hex(person.person)))",
    "signers.has(hex(person.fp))).map((person) => hex(person.fp)))",
)


def tell(liar: Liar) -> Visit:
    carl, ghost = liar.stage.carl, liar.stranger()
    second = Coordinator(liar.stage.wire.another(), carl.name, now_s=liar.stage.clock.now_s)
    second.person = read_binding(carl.binding)["person"]
    for one in (second, ghost):
        one.make_binding(liar.site)
    lists = Lists(liar)
    lists.ask_two()
    lists.add(*lists.meet(second), by=[lists.root_key], accept=True)
    lists.add(*lists.meet(ghost), by=[lists.carl, key_of(second)])
    return shown_to_olga(liar, lists)


def refused(visit: Visit) -> None:
    refused_by_olga(visit)


def believed(visit: Visit) -> None:
    believed_by_olga(visit)


test_one_person_with_two_keys_counts_once = told_twice(CHECK, tell, refused, believed)
