"""Carl wrote to Sam. Sam, with the server's help, has the letter handed to Sara, as if it were for her."""

from crypto.letter import add_stanza
from crypto.people import read_identity
from tests.hostile_server import letter_handed
from tests.hostile_server.letter_handed import WORDS, goes_on, handed
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "crypto/letter.js",
    "if (!equal(read.from, reader.fp) && !mine.some((address) => equal(address, read.to))) throw new NotAllowed('a letter to someone else');",
    "",
)
refused, believed = letter_handed.refused, letter_handed.believed


def tell(liar: Liar) -> Visit:
    sara, sam, carl = liar.stage.sara(), liar.stage.peer("Sam"), liar.stage.carl
    carl.meet(sam.identity.frame)
    letter = carl.seal("word", {"type": "refusal", "text": WORDS}, to=sam.fp)
    again = add_stanza(letter, sam.identity, read_identity(sara.identity.frame))
    return handed(liar, sara, again)


test_sara_is_not_told_what_was_said_to_sam = told_twice(CHECK, tell, refused, believed, goes_on)
