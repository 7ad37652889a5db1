"""What can be wrong with bytes that somebody else made (SPEC 1). A caller's own mistake is a ValueError instead.

The same names are thrown by the JavaScript twin, and the vectors name them.
"""


class SealError(Exception):
    """Bytes were refused. Messages never carry an id, a key or a word that a person typed."""


class Malformed(SealError):
    """Not the shape it must have: tag, count, length, text, order, JSON, checksum."""


class WrongPlace(SealError):
    """Well formed, but of another site, case, position, person, epoch or log."""


class CannotOpen(SealError):
    """Does not open: a wrong key and changed bytes are told apart for nobody."""


class BadSignature(SealError):
    """A signature is missing or does not verify, or its key is one that fits every message."""


class NotAllowed(SealError):
    """Signed by somebody who may not do this: a rule of the roster, the directory or a kind is broken."""


class Expired(SealError):
    """The directory (or duty list) is older than it says it may be, or dated in the future."""


class UnknownWords(SealError):
    """Some words are not in the list. `positions` count from 0; `words` are as normalised."""

    def __init__(self, positions: list[int], words: list[str]) -> None:
        super().__init__("some words are not in the list")
        self.positions = positions
        self.words = words
