"""Vectors of what needs a key: words, sheets, methods, the bundle and notebook, boxes, seals."""

from typing import Any

from crypto import keys
from crypto.box import box
from crypto.frame import frame
from crypto.seal import seal
from tests.unit.crypto.cast import NORA, SARA, fixed

SITE = fixed("site")
WORDS = "abacus zoom yo-yo t-shirt felt-tip drop-down canyon"
AK = fixed("account key")


def make(v: Any) -> None:
    _words(v)
    _sheets(v)
    _methods(v)
    _kept(v)
    _boxes(v)
    _seals(v)


def _words(v: Any) -> None:
    v.gives(
        "keys",
        "words as typed",
        "read_words",
        text=" Abacus\tZOOM\n yo-yo\u00a0T-shirt \u3000felt-tip drop-down\rcanyon ",
    )
    v.refuses("keys", "UnknownWords", "two words misspelt", "read_words", text="abacus zom yo-yo  tshirt")
    v.refuses("keys", "UnknownWords", "a Kelvin sign is no k", "read_words", text="\u212aayak")
    v.refuses("keys", "UnknownWords", "a word with a comma", "read_words", text="abacus, zoom")
    v.refuses("keys", "ValueError", "no words", "read_words", text=" \n")
    for prefix in ("ab", "Zo", "zoom", "x", "", "qqq", "yo-"):
        v.gives("keys", f"words that begin with {prefix!r}", "suggest", prefix=prefix)
    v.gives("keys", "a peer's secret", "words_secret", words=WORDS, site=SITE, role="peer", email="")
    v.gives("keys", "a peer's secret, typed untidily", "words_secret", words=f" {WORDS.upper()} ", site=SITE, role="peer",
            email="")  # fmt: skip
    v.gives(
        "keys", "a secret of staff", "words_secret", words=WORDS, site=SITE, role="staff", email=" Nora@Example.org "
    )
    for name, role, email in (("a peer with an e-mail", "peer", "a@b"), ("staff without", "staff", ""),
                              ("no plain letters", "staff", "é@b"), ("another role", "owner", "")):  # fmt: skip
        v.refuses(
            "keys", "ValueError", f"a secret for {name}", "words_secret", words=WORDS, site=SITE, role=role, email=email
        )


def _sheets(v: Any) -> None:
    code = fixed("code", 20)
    text, root = keys.sheet_text(code, SITE), keys.root_sheet_text(code)
    v.gives("keys", "a sheet printed", "sheet_text", code=code, site=SITE)
    v.gives("keys", "a sheet typed", "read_sheet", text=text.lower().replace(" ", "-") + "\n", site=SITE)
    v.gives("keys", "a sheet with digits for letters", "read_sheet", site=SITE,
            text=text.replace("O", "0").replace("I", "1").replace("B", "8"))  # fmt: skip
    swapped = text[1] + text[0] + text[2:]
    for name, bad in {"two letters swapped": swapped, "a letter short": text[:-1], "a letter too many": text + "A",
                      "another mark": text.replace(" ", "."), "a root's sheet": root}.items():  # fmt: skip
        v.refuses("keys", "Malformed", f"a sheet with {name}", "read_sheet", text=bad, site=SITE)
    v.refuses("keys", "Malformed", "another site's sheet", "read_sheet", text=text, site=bytes(32))
    v.gives("keys", "a root's sheet printed", "root_sheet_text", code=code)
    v.gives("keys", "a root's sheet typed", "read_root_sheet", text=root)
    v.refuses("keys", "Malformed", "a site's sheet for a root", "read_root_sheet", text=text)
    v.gives("keys", "root seed 0", "root_seed", code=code, index=0)
    v.gives("keys", "root seed 2", "root_seed", code=code, index=2)
    v.refuses("keys", "ValueError", "a code of 19 bytes", "root_seed", code=code[:19], index=0)


def _methods(v: Any) -> None:
    for n in (1, 32, 33, 80):
        v.gives("keys", f"hkdf of {n}", "hkdf", ikm=fixed("ikm"), info=frame("kc", {"case": bytes(16), "e": 1}), n=n)
    v.gives("keys", "Sara's identity", "identity", ed_seed=SARA.ed_seed, xwing_seed=SARA.xwing_seed)
    v.gives("keys", "Sara's lane", "lane_account", identity=_of(SARA))
    x = frame("kc", {"case": bytes(16), "e": 1})
    v.gives("keys", "a signature", "sign", ed_seed=SARA.ed_seed, x=x)
    v.gives("keys", "a thing signed by two", "sign_thing", thing=x, signers=[[p.fp, p.ed_seed] for p in (NORA, SARA)])
    v.gives("keys", "a note", "sign_note", text="a\nb\n", name="a", ed_seed=SARA.ed_seed)
    for kind, size in (("words", 32), ("passkey", 32), ("sheet", 20)):
        for role in ("peer", "staff"):
            v.gives("keys", f"{kind} of {role}", "method", secret=fixed(kind, size), site=SITE, role=role, kind=kind)
    v.refuses("keys", "ValueError", "another kind", "method", secret=bytes(32), site=SITE, role="peer", kind="pin")
    v.refuses("keys", "ValueError", "a short secret", "method", secret=bytes(16), site=SITE, role="peer", kind="words")
    v.gives("keys", "what a passkey is asked", "passkey_input", site=SITE, role="peer")
    v.gives(
        "keys",
        "a header",
        "authorization",
        method=vars(_words_method()),
        site=SITE,
        nonce=fixed("nonce"),
        act=bytes(32),
    )


def _kept(v: Any) -> None:
    m, place = _words_method(), {"site": SITE, "role": "peer", "fp": SARA.fp}
    wrapped = keys.wrap(m, account_key=AK, **place)
    bundle = keys.seal_bundle(AK, SITE, "peer", SARA)
    v.gives("keys", "the account key", "unwrap", method=vars(m), wrapped=wrapped, **place)
    v.gives("keys", "the bundle", "open_bundle", account_key=AK, sealed=bundle, **place)
    other = keys.method(fixed("other"), SITE, "peer", "words")
    v.refuses("keys", "CannotOpen", "other words", "unwrap", method=vars(other), wrapped=wrapped, **place)
    v.refuses("keys", "CannotOpen", "somebody else's wrap", "unwrap", method=vars(m), wrapped=wrapped,
              **{**place, "fp": NORA.fp})  # fmt: skip
    short = box(m.kek, frame("wrap", {**place, "kind": "words", "locator": m.locator}), bytes(31))
    v.refuses("keys", "CannotOpen", "an account key of 31 bytes", "unwrap", method=vars(m), wrapped=short, **place)
    swapped = box(AK, frame("bundle", place), NORA.ed_seed + NORA.xwing_seed)
    v.refuses(
        "keys", "WrongPlace", "another identity in the bundle", "open_bundle", account_key=AK, sealed=swapped, **place
    )
    v.refuses("keys", "CannotOpen", "a bundle under another role", "open_bundle", account_key=AK, sealed=bundle,
              **{**place, "role": "staff"})  # fmt: skip
    mine = {"account_key": AK, "site": SITE, "fp": SARA.fp}
    notebook = keys.seal_notebook(version=7, notebook={"pins": {}, "é": [1]}, **mine)
    v.gives("keys", "a notebook", "open_notebook", version=7, sealed=notebook, **mine)
    v.refuses(
        "keys", "CannotOpen", "a notebook as another version", "open_notebook", version=8, sealed=notebook, **mine
    )
    draft = keys.seal_draft(draft=fixed("draft", 16), content={"text": "I was told"}, **mine)
    v.gives("keys", "a draft", "open_draft", draft=fixed("draft", 16), sealed=draft, **mine)
    v.refuses("keys", "CannotOpen", "a draft under another name", "open_draft", draft=bytes(16), sealed=draft, **mine)
    share = fixed("share")
    tab = keys.seal_tab(share, SITE, SARA.fp, AK)
    v.gives("keys", "a tab's key", "open_tab", share=share, site=SITE, fp=SARA.fp, sealed=tab)
    v.refuses("keys", "CannotOpen", "a tab of an ended session", "open_tab", share=fixed("next"), site=SITE, fp=SARA.fp,
              sealed=tab)  # fmt: skip


def _boxes(v: Any) -> None:
    key, nonce = fixed("key"), fixed("nonce", 24)
    x, other = (frame("draft", {"site": SITE, "fp": f, "draft": bytes(16)}) for f in (SARA.fp, NORA.fp))
    for n in (0, 1, 32, 64, 255, 256, 5000):
        plain = fixed("plain", n)
        v.gives("box", f"box of {n}", "box", key=key, x=x, plaintext=plain, nonce=nonce)
        v.gives("box", f"unbox {n}", "unbox", key=key, x=x, sealed=box(key, x, plain))
    good = box(key, x, b"hello")
    flip = lambda i: good[:i] + bytes([good[i] ^ 1]) + good[i + 1 :]  # noqa: E731
    for name, sealed in {
        "the commitment changed": flip(0), "the nonce changed": flip(40), "a byte changed": flip(100),
        "the tag changed": flip(len(good) - 1), "cut short": good[:-1], "longer": good + b"\0", "71 bytes": good[:71],
        "nothing": b"", "another key's commitment": box(bytes(32), x, b"hello")[:32] + good[32:],
    }.items():  # fmt: skip
        v.refuses("box", "CannotOpen", f"a box with {name}", "unbox", key=key, x=x, sealed=sealed)
    v.refuses("box", "CannotOpen", "a box moved elsewhere", "unbox", key=key, x=other, sealed=good)
    v.refuses("box", "CannotOpen", "another key", "unbox", key=bytes(32), x=x, sealed=good)
    v.refuses("box", "ValueError", "a key of 31 bytes", "unbox", key=key[:31], x=x, sealed=good)
    v.refuses("box", "ValueError", "a nonce of 12 bytes", "box", key=key, x=x, plaintext=b"", nonce=nonce[:12])
    for name, padded in {"no mark": bytes(256), "another mark": b"\x81" + bytes(255), "a byte after": b"\x80" + bytes(254) + b"\x01",
                         "too much": b"a\x80" + bytes(270), "none": b""}.items():  # fmt: skip
        v.refuses("box", "CannotOpen", f"padding: {name}", "unbox", key=key, x=x, sealed=_unpadded(key, x, padded))


def _seals(v: Any) -> None:
    x, other = (frame("stanza", {"header": bytes(32), "fp": p.fp}) for p in (SARA, NORA))
    good = seal(SARA.xwing_pk, x, AK)
    v.gives("seal", "a key sealed to Sara", "open_seal", xwing_seed=SARA.xwing_seed, x=x, sealed=good)
    flip = lambda i: good[:i] + bytes([good[i] ^ 1]) + good[i + 1 :]  # noqa: E731
    for name, i in (("the ML-KEM half changed", 5), ("the X25519 half changed", 1100), ("the key changed", 1130),
                    ("the tag changed", 1167)):  # fmt: skip
        v.refuses("seal", "CannotOpen", name, "open_seal", xwing_seed=SARA.xwing_seed, x=x, sealed=flip(i))
    v.refuses("seal", "CannotOpen", "a low-order X25519 half", "open_seal", xwing_seed=SARA.xwing_seed, x=x,
              sealed=good[:1088] + bytes(32) + good[1120:])  # fmt: skip
    v.refuses("seal", "CannotOpen", "moved elsewhere", "open_seal", xwing_seed=SARA.xwing_seed, x=other, sealed=good)
    v.refuses("seal", "CannotOpen", "opened by Nora", "open_seal", xwing_seed=NORA.xwing_seed, x=x, sealed=good)
    for name, sealed in (("a byte short", good[:-1]), ("a byte long", good + b"\0"), ("nothing", b"")):
        v.refuses("seal", "Malformed", f"a seal {name}", "open_seal", xwing_seed=SARA.xwing_seed, x=x, sealed=sealed)
    v.refuses("seal", "ValueError", "a seed of 31 bytes", "open_seal", xwing_seed=bytes(31), x=x, sealed=good)
    v.refuses("seal", "ValueError", "31 bytes to seal", "seal", xwing_pk=SARA.xwing_pk, x=x, key32=bytes(31))
    v.refuses("seal", "ValueError", "a public key of 1215", "seal", xwing_pk=SARA.xwing_pk[:-1], x=x, key32=bytes(32))


def _words_method() -> keys.Method:
    return keys.method(fixed("words"), SITE, "peer", "words")


def _unpadded(key: bytes, x: bytes, padded: bytes) -> bytes:
    """A box whose inside was not padded as it must be."""
    import nacl.bindings as sodium

    from crypto.frame import H

    both, nonce = keys.hkdf(key, frame("box", {"hash": H(x)}), 64), bytes(24)
    sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(padded, x, nonce, both[:32])
    return both[32:] + nonce + sealed


def _of(who: keys.Identity) -> dict[str, bytes]:
    return {"ed_seed": who.ed_seed, "xwing_seed": who.xwing_seed}
