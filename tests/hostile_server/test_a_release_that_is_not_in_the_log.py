"""A steward signs a second release under a number that stands in the log for another, and the server hands out that one."""

from typing import Any

from crypto.frame import frame, unframe
from demo.wire import b64, unb64
from tests.hostile_server.at_the_releases import believes, looks, published, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/receipts.js",
    "if (!told || !equal(unframe('event', unb64u(told.event)).object, hash)) throw logTrouble(otherwise);",
    "",
    first=(
        "if (told.signed && !equal(unframe('event', unb64u(told.event)).object, H(readSigned(unb64u(told.signed)).thing))) throw logTrouble('not-in-log');",
        "",
    ),
)


def tell(liar: Liar) -> Visit:
    stan, _number = published(liar)

    def change(_asked: Any, answer: Any) -> None:
        last = answer["releases"][-1]
        other = frame("release", {**unframe("release", unb64(last["frame"])), "day": stan.today - 1})
        last["frame"], last["signed"] = b64(other), b64(stan.sign(other))

    return looks(liar, {"/research/public": change})


def refused(visit: Visit) -> None:
    refuses(visit, "not in its log")


def believed(visit: Visit) -> None:
    believes(visit)


test_a_release_is_the_one_in_the_log = told_twice(CHECK, tell, refused, believed)
