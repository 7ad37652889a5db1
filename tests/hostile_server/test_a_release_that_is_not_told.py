"""A release was put on the log. Whoever checks the log is not told of it; or is told of one that is not there."""

import os
from typing import Any

from crypto.log import lane_tag, site_lane_key
from tests.hostile_server.at_the_log import check, checks, fits, open_log, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/log_whole.js",
    "if (find(tree, siteTag(site, lane, lines.length + 1)).length) throw logTrouble('line-hidden');",
    "",
)


def next_number(liar: Liar) -> int:
    """Of a release that nobody published."""
    return int(liar.rows("select count(*) as many from releases")[0].many) + 1


def next_tag(liar: Liar) -> bytes:
    return lane_tag(site_lane_key(liar.site, "release"), "release", next_number(liar))


def tell(liar: Liar) -> Visit:
    liar.stage.together()
    liar.until_logged()
    visit = liar.device()
    check(open_log(visit, liar.fork().add((next_tag(liar), os.urandom(32)))))
    return visit


def refused(visit: Visit) -> None:
    refuses(visit, "a line about its own pages or releases that it does not show")


def believed(visit: Visit) -> None:
    fits(visit)


test_each_release_in_the_log_is_told = told_twice(CHECK, tell, refused, believed, checks)


def test_each_release_that_is_told_is_in_the_log(liar: Liar) -> None:
    liar.stage.together()
    liar.until_logged()
    told = liar.event(
        "release", tag=next_tag(liar), case=bytes(16), actor=bytes(32), digest=os.urandom(32), logged=False
    )

    n = next_number(liar)
    liar.sooner = ("worker/log_whole.js",)

    def change(_asked: Any, answer: Any) -> None:
        if len(answer["lanes"]["release"]) == n - 1:
            answer["lanes"]["release"].append({"n": n, **told})

    visit = liar.device()
    liar.tells(visit, {"/log/public": change})
    check(open_log(visit))
    refuses(visit, "not in its log")
