"""One bad coordinator signs a list that is in force for a year. Whoever is shown it for so long hears of nobody who is suspended."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists, believed_by_olga, refused_by_olga, shown_to_olga
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "expires <= issued || expires - issued > WEEK_S",
    "expires <= issued",
)
YEAR_S = 365 * 86_400


def tell(liar: Liar) -> Visit:
    lists = Lists(liar)
    lists.add(by=[lists.carl], expires=lists.state.issued + YEAR_S)
    return shown_to_olga(liar, lists)


def refused(visit: Visit) -> None:
    refused_by_olga(visit)


def believed(visit: Visit) -> None:
    believed_by_olga(visit)


test_no_list_outlives_its_seven_days = told_twice(CHECK, tell, refused, believed)
