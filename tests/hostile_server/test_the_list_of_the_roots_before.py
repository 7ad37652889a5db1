"""The roots have asked for two coordinators since. The server goes on with the list that they signed before."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists, believed_by_olga, refused_by_olga, shown_to_olga
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (!equal(fields.site, site) || !equal(fields.root, root.hash))",
    "if (!equal(fields.site, site))",
)


def tell(liar: Liar) -> Visit:
    lists = Lists(liar)
    before = lists.answer["directories"]
    lists.ask_two()
    lists.answer["directories"] = before
    return shown_to_olga(liar, lists)


def refused(visit: Visit) -> None:
    refused_by_olga(visit)


def believed(visit: Visit) -> None:
    believed_by_olga(visit)


test_the_first_list_shown_is_one_of_the_newest_roots = told_twice(CHECK, tell, refused, believed)
