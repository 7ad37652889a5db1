"""Gail said yes to helping at another site. One bad coordinator lists her for this one, by what she signed there."""

import os

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists, believed_by_olga, refused_by_olga, shown_to_olga
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (!equal(person.site, this.site)) throw new WrongPlace('a binding of another site');",
    "",
)


def tell(liar: Liar) -> Visit:
    lists, gail = Lists(liar), liar.stranger("Gail Abroad")
    gail.make_binding(os.urandom(32))
    lists.add(*lists.meet(gail), by=[lists.carl])
    return shown_to_olga(liar, lists)


def refused(visit: Visit) -> None:
    refused_by_olga(visit)


def believed(visit: Visit) -> None:
    believed_by_olga(visit)


test_who_joined_one_site_is_not_listed_at_another = told_twice(CHECK, tell, refused, believed)
