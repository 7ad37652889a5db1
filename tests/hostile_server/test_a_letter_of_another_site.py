"""Carl has the same keys at another site, and wrote to Sara there. The server hands her the letter here."""

import os

from crypto.letter import seal_letter
from crypto.people import read_identity
from tests.hostile_server import letter_handed
from tests.hostile_server.letter_handed import WORDS, goes_on, handed
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/letter.js",
    "if (!equal(read.site, site)) throw new WrongPlace('a letter of another site');",
    "",
)
refused, believed = letter_handed.refused, letter_handed.believed


def tell(liar: Liar) -> Visit:
    sara, carl = liar.stage.sara(), liar.stage.carl
    letter = seal_letter(
        carl.identity, site=os.urandom(32), kind="word", to=sara.fp, about=sara.case, day=carl.today,
        payload={"kind": "word", "at_ms": 0, "type": "refusal", "text": WORDS}, recipients=[read_identity(sara.identity.frame)],
    )  # fmt: skip
    return handed(liar, sara, letter)


test_what_was_said_at_one_site_is_not_said_at_another = told_twice(CHECK, tell, refused, believed, goes_on)
