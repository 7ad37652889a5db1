"""In the database, two messages change places.

No single check stands behind it: each names its place and the entry before it, is sealed for that place, and signed for it.
"""

from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import closed
from tests.support.browser import Visit


def tell(liar: Liar) -> Visit:
    sara, nora = liar.stage.together()
    for text in ("first", "second"):
        nora.say(sara.case, {"kind": "message", "text": text})
    one, two = liar.rows(
        "select seq, header, body, hash from entries where case_id = :c order by seq desc limit 2", c=sara.case
    )
    liar.change("update entries set record = null where case_id = :c and seq >= :s", c=sara.case, s=two.seq)
    for there, other in ((one, two), (two, one)):
        liar.change("update entries set header = :h, body = :b, hash = :x where case_id = :c and seq = :s",
                    h=other.header, b=other.body, x=other.hash, c=sara.case, s=there.seq)  # fmt: skip
    return liar.sit_down(sara)


def refused(visit: Visit) -> None:
    closed(visit.page)


def test_sara_is_shown_neither(liar: Liar) -> None:
    refused(tell(liar))
