"""HKDF-SHA256 with 32 zero bytes of salt, written out so that both twins show the same lines (RFC 5869)."""

import hmac

ZEROS32 = bytes(32)


def hkdf(ikm: bytes, info: bytes, n: int = 32) -> bytes:
    """`n` bytes (1 to 8160) from `ikm`; `info` is always a whole frame. Raises: ValueError: another `n`."""
    if not 1 <= n <= 255 * 32:
        raise ValueError("HKDF-SHA256 gives 1 to 8160 bytes")
    prk = hmac.digest(ZEROS32, ikm, "sha256")
    out = block = b""
    for counter in range(1, -(-n // 32) + 1):
        block = hmac.digest(prk, block + info + bytes([counter]), "sha256")
        out += block
    return out[:n]
