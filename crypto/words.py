"""Generated words, and the secret that they make (SPEC 12). Source: EFF large list; RFC 9106.

Nobody chooses words of their own: what they wrap lies on a server, and can be tried offline.
Vectors: tests/vectors/keys.json.
"""

import bisect
import re
import secrets

from argon2.low_level import Type, hash_secret_raw

from crypto.errors import UnknownWords
from crypto.frame import H, frame
from crypto.people import WORDS

PEER_WORDS, STAFF_WORDS = 7, 6  # 90 bits; 77 bits with the e-mail in the salt
# Never read from a server, which could ask for less.
MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 1

SPACE = "\t\n\v\f\r \u00a0\u202f\u3000"
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_KNOWN = frozenset(WORDS)


def new_words(n: int) -> str:
    """`n` fresh words with one space between."""
    return " ".join(secrets.choice(WORDS) for _ in range(n))


def read_words(text: str) -> str:
    """The words of `text`, lower case, one space between.

    Raises: UnknownWords with the positions, from 0, of those that are not in the list; ValueError: none at all.
    """
    words = [w for w in re.split(f"[{SPACE}]+", text.translate(_LOWER)) if w]
    wrong = [i for i, w in enumerate(words) if w not in _KNOWN]
    if wrong:
        raise UnknownWords(wrong, [words[i] for i in wrong])
    if not words:
        raise ValueError("no words")
    return " ".join(words)


def suggest(prefix: str) -> list[str]:
    """At most eight words that begin with `prefix`, in the list's order; none for an empty one."""
    prefix = prefix.translate(_LOWER).strip(SPACE)
    start = bisect.bisect_left(WORDS, prefix)
    return [w for w in WORDS[start : start + 8] if prefix and w.startswith(prefix)]


def read_email(text: str, role: str) -> str:
    """The e-mail as it goes into the salt: trimmed, lower case. A peer has none. Raises: ValueError."""
    email = text.strip(SPACE).translate(_LOWER)
    if role not in ("peer", "staff") or not email.isascii() or (role == "staff") != bool(email):
        raise ValueError("staff give an e-mail in plain letters, a peer gives none")
    return email


def words_secret(words: str, site: bytes, role: str, email: str) -> bytes:
    """32 bytes: Argon2id over the words, 64 MiB, 3 passes, salted with site, role and e-mail.

    The site is in the salt, so the words themselves pin the roots: under other roots they unlock nothing.
    Raises: UnknownWords, ValueError.
    """
    salt = H(frame("kdf-salt", {"site": site, "role": role, "email": read_email(email, role)}))[:16]
    return hash_secret_raw(read_words(words).encode(), salt, PASSES, MEMORY_KIB, LANES, 32, Type.ID)
