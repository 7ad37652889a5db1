"""One bad coordinator signs a list that follows, under roots that this site never had."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists, believed_by_olga, refused_by_olga, shown_to_olga
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "!equal(fields.site, this.site) || !equal(fields.root, this.root.hash)",
    "!equal(fields.site, this.site)",
)


def tell(liar: Liar) -> Visit:
    lists = Lists(liar)
    lists.add(by=[lists.carl], root=bytes(range(32)))
    return shown_to_olga(liar, lists)


def refused(visit: Visit) -> None:
    refused_by_olga(visit)


def believed(visit: Visit) -> None:
    believed_by_olga(visit)


test_a_list_stands_under_the_roots_of_the_site = told_twice(CHECK, tell, refused, believed)
