"""What a server can check of sealed bytes without a key, so that plain text is never stored by mistake (SPEC 3).

Source: Padme, "Reducing Metadata Leakage from Encrypted Files" (PETS 2019). Vectors: tests/vectors/outer.json.
"""

from crypto.errors import Malformed
from crypto.frame import MAX_INT

OVERHEAD = 72  # commitment 32, nonce 24, tag 16
FLOOR = 256
CHUNK = 1024 * 1024
TAG = 16


def padme(length: int) -> int:
    """The padded length of `length` bytes: at least 256, at most 12 percent more than needed.

    Raises: ValueError: not a whole number from 0 to 2^52 - 1.
    """
    if type(length) is not int or not 0 <= length <= MAX_INT >> 1:
        raise ValueError("a length is a whole number from 0")
    length = max(length, FLOOR)
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def check_box(data: bytes, plain_length: int | None = None) -> bytes:
    """`data`, when it can be a box: 72 bytes and a Padme length, and not readable as text.

    Args: plain_length: if given, the box must be exactly as long as one with that many bytes inside.
    Raises: Malformed.
    """
    inner = len(data) - OVERHEAD
    if inner < FLOOR or padme(inner) != inner:
        raise Malformed("no box has this length")
    if plain_length is not None and inner != padme(plain_length + 1):
        raise Malformed("another length than this box must have")
    return _not_text(data)


def check_chunk(data: bytes) -> bytes:
    """`data`, when it can be a stored chunk: 272 bytes to 1 MiB + 16, and not readable as text. Raises: Malformed."""
    if not FLOOR + TAG <= len(data) <= CHUNK + TAG:
        raise Malformed("no chunk has this length")
    return _not_text(data)


def _not_text(data: bytes) -> bytes:
    # 256 random bytes are valid UTF-8 less often than once in 2^200.
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    raise Malformed("this is text, not sealed")
