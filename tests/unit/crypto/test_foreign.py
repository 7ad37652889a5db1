"""Vectors that others made: RFC 6962 proofs by transparency-dev, X-Wing under HPKE by the age test kit.

They lie beside the project (tests/support/beside.py).
"""

import base64
import hashlib
import hmac
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from crypto import log, seal
from crypto.errors import Malformed, SealError
from tests.support import beside

LABEL = b"age-encryption.org/mlkem768x25519"


def folder(name: str) -> Path:
    if beside.may_skip():
        pytest.skip("vectors made by others are not beside this tree")
    found = beside.VECTORS / name
    assert found.is_dir(), "vectors made by others must be there under CI"
    return found


def _bytes(text: str | None) -> bytes:
    return base64.b64decode(text or "")


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_proofs_of_others_hold_or_fail_as_they_say(kind: str) -> None:
    files = sorted(folder(f"rfc6962/{kind}").rglob("*.json"))
    assert len(files) > 50
    for path in files:
        v = json.loads(path.read_text("utf-8"))
        short = any(len(_bytes(v.get(k))) != 32 for k in ("root", "root1", "root2") if k in v)
        try:
            _check(v)
        except SealError as refused:
            # One of them takes a root of 12 bytes; a hash has 32.
            assert v["wantErr"] or (short and isinstance(refused, Malformed)), path.name
        else:
            assert not v["wantErr"], path.name


def _check(v: dict[str, Any]) -> None:
    proof = [_bytes(p) for p in v["proof"] or []]
    if "leafIdx" in v:
        log.verify_inclusion(_bytes(v["leafHash"]), v["leafIdx"], v["treeSize"], proof, _bytes(v["root"]))
    else:
        log.verify_consistency(v["size1"], v["size2"], proof, _bytes(v["root1"]), _bytes(v["root2"]))


def test_age_files_for_x_wing_open_or_fail_as_they_say() -> None:
    files = sorted(folder("age-hybrid").iterdir())
    assert len(files) >= 18
    opened = 0
    for path in files:
        head, _, body = path.read_bytes().partition(b"\n\n")
        about: dict[str, list[str]] = {}
        for line in head.decode().split("\n"):
            name, _, value = line.partition(": ")
            about.setdefault(name, []).append(value)
        if about.get("compressed") == ["zlib"]:
            body = zlib.decompress(body)
        seeds = [_seed(i) for i in about["identity"] if i.startswith("AGE-SECRET-KEY-PQ-1")]
        try:
            key = _file_key(body, seeds)
        except (Malformed, InvalidTag, ValueError):
            assert about["expect"] != ["success"], path.name
            continue
        assert about["expect"] == ["success"], path.name
        assert key == bytes.fromhex(about["file key"][0]), path.name
        opened += 1
    assert opened >= 4


def _file_key(body: bytes, seeds: list[bytes]) -> bytes:
    """The file key of an age header: HPKE with X-Wing for one of the seeds, header MAC checked."""
    header, _, _ = body.partition(b"\n---")
    lines = header.decode("utf-8").split("\n")
    if lines[0] != "age-encryption.org/v1":
        raise ValueError("no age file")
    sealed = [s for at in range(len(lines)) if (s := _stanza(lines, at))]
    found = next((key for s in sealed for seed in seeds if (key := _opened(seed, s))), None)
    if found is None:
        raise InvalidTag
    mac = body[len(header) :].split(b"\n")[1].removeprefix(b"--- ")
    key = hmac.digest(hmac.digest(bytes(32), found, "sha256"), b"header\x01", "sha256")
    if hmac.digest(key, header + b"\n---", "sha256") != _strict(mac.decode()):
        raise ValueError("another header")
    return found


def _stanza(lines: list[str], at: int) -> bytes | None:
    """The share and sealed key of the stanza in this line, if it is one for X-Wing."""
    _, *arguments = lines[at].removeprefix("-> ").split(" ")
    if lines[at].startswith("-> X25519 ") and len(_strict(arguments[0])) != 32:
        raise ValueError("an X25519 stanza with another share")
    if not lines[at].startswith("-> mlkem768x25519 "):
        return None
    (share,) = map(_strict, arguments)
    if (len(share), len(_strict(lines[at + 1]))) != (1120, 32):
        raise ValueError("another length")
    return share + _strict(lines[at + 1])


def _opened(seed: bytes, sealed: bytes) -> bytes | None:
    try:
        return seal._SUITE.decrypt(sealed, MLKEM768X25519PrivateKey(*seal._private(seed)), info=LABEL)
    except InvalidTag:
        return None


def _strict(text: str) -> bytes:
    data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    if base64.b64encode(data).decode().rstrip("=") != text:
        raise ValueError("not canonical")
    return data


def _seed(bech32: str) -> bytes:
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    values = [letters.index(c) for c in bech32.lower().rpartition("1")[2]][:-6]
    number = 0
    for v in values:
        number = number << 5 | v
    return (number >> (len(values) * 5 - 256)).to_bytes(32, "big")


def test_a_seal_is_what_rfc_9180_says_and_not_what_a_library_does() -> None:
    """Base mode written out: KEM secret, key schedule, one ChaCha20-Poly1305."""
    seed, x = hashlib.sha256(b"seed").digest(), b"info"
    sealed = seal.seal(seal.public_key(seed), x, bytes(range(32)))
    kem, dh = seal._private(seed)
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    share = X25519PublicKey.from_public_bytes(sealed[1088:1120])
    mine = dh.public_key().public_bytes_raw()
    secret = hashlib.sha3_256(
        kem.decapsulate(sealed[:1088]) + dh.exchange(share) + sealed[1088:1120] + mine + b"\\.//^\\"
    )
    suite = b"HPKE\x64\x7a\x00\x01\x00\x03"

    def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")

    def expand(prk: bytes, label: bytes, info: bytes, n: int) -> bytes:
        return hmac.digest(prk, n.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\x01", "sha256")[:n]

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", x)
    prk = extract(secret.digest(), b"secret", b"")
    cipher = ChaCha20Poly1305(expand(prk, b"key", context, 32))
    assert cipher.decrypt(expand(prk, b"base_nonce", context, 12), sealed[1120:], b"") == bytes(range(32))
