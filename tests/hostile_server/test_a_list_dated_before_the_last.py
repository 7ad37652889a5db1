"""One bad coordinator dates a list back, below the one that it follows. So the list before the last would seem the newer one."""

from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.listed import Lists, believed_by_olga, refused_by_olga, shown_to_olga
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/directory.js",
    "if (fields.issued < this.issued) throw new NotAllowed('a directory older than the one before');",
    "",
)
DAY_S = 86_400


def tell(liar: Liar) -> Visit:
    lists = Lists(liar)
    before = lists.state.issued - DAY_S
    lists.add(by=[lists.carl], issued=before, expires=before + 7 * DAY_S)
    return shown_to_olga(liar, lists)


def refused(visit: Visit) -> None:
    refused_by_olga(visit)


def believed(visit: Visit) -> None:
    believed_by_olga(visit)


test_lists_go_on_in_time = told_twice(CHECK, tell, refused, believed)
