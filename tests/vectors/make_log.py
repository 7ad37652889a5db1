"""Vectors of the log: leaves, proofs, notes, receipts."""

import base64
from typing import Any

from crypto import checkpoint, keys, log, tree
from crypto.frame import H, frame
from crypto.receipt import note_keys
from tests.unit.crypto.cast import (
    CARL,
    LOG_SEED,
    NOW,
    OMAR,
    SARA,
    TODAY,
    fixed,
)
from tests.vectors.make_frames import sample


def make(v: Any) -> None:
    _log(v)
    _tree(v)
    _notes(v)
    _receipts(v)


def _log(v: Any) -> None:
    k, site = fixed("lane"), fixed("site")
    v.gives("log", "tag of entry 3", "lane_tag", k=k, lane="entry", n=3)
    v.gives("log", "tag of a notebook", "lane_tag", k=k, lane="account", n=1)
    v.gives("log", "the tag of a notebook's leaf", "account_tag", fp=fixed("fp"), sent=fixed("tag"))
    v.refuses("log", "ValueError", "a sent tag of another length", "account_tag", fp=fixed("fp"), sent=bytes(31))
    for name in log.SITE_LANES:
        v.gives("log", f"the lane {name}", "site_lane_key", site=site, name=name)
    v.refuses("log", "ValueError", "a lane that is no site's", "site_lane_key", site=site, name="entry")
    event = frame("event", sample("event"))
    v.gives("log", "a commitment", "commit", salt=fixed("salt"), event=event)
    v.gives("log", "a leaf of 81 bytes", "leaf", tag=fixed("tag"), commitment=fixed("commit"))
    v.gives("log", "a leaf hash", "leaf_hash", data=log.leaf(fixed("tag"), fixed("commit")))
    v.gives("log", "a node", "node_hash", left=fixed("l"), right=fixed("r"))
    leaves = [log.leaf_hash(bytes([i])) for i in range(13)]
    for n in (0, 1, 2, 7, 8, 13):
        v.gives("log", f"root of {n}", "root", hashes=leaves[:n])
    for i, n in ((0, 1), (0, 7), (6, 7), (12, 13), (5, 8)):
        proof, root = log.inclusion(leaves[:n], i), log.root(leaves[:n])
        v.gives("log", f"proof of leaf {i} of {n}", "inclusion", hashes=leaves[:n], index=i)
        v.gives(
            "log", f"leaf {i} of {n}", "verify_inclusion", leaf_hash=leaves[i], index=i, size=n, proof=proof, root=root
        )
    for m, n in ((1, 1), (1, 13), (6, 7), (8, 13), (7, 13)):
        proof = log.consistency(leaves[:n], m)
        v.gives("log", f"proof from {m} to {n}", "consistency", hashes=leaves[:n], size=m)
        v.gives("log", f"from {m} to {n}", "verify_consistency", size1=m, size2=n, proof=proof,
                root1=log.root(leaves[:m]), root2=log.root(leaves[:n]))  # fmt: skip
    proof, root = log.inclusion(leaves, 5), log.root(leaves)
    for name, change in {
        "another leaf": {"leaf_hash": leaves[4]}, "another index": {"index": 4}, "an index beyond": {"index": 13},
        "a proof too short": {"proof": proof[:-1]}, "a proof too long": {"proof": [*proof, leaves[0]]},
        "a proof in another order": {"proof": proof[::-1]}, "another root": {"root": leaves[0]},
    }.items():  # fmt: skip
        given = {"leaf_hash": leaves[5], "index": 5, "size": 13, "proof": proof, "root": root, **change}
        v.refuses("log", "WrongPlace", f"inclusion: {name}", "verify_inclusion", **given)
    v.refuses("log", "Malformed", "a root of 12 bytes", "verify_inclusion", leaf_hash=leaves[0], index=0, size=1, proof=[],
              root=leaves[0][:12])  # fmt: skip
    proof = log.consistency(leaves, 6)
    for name, change in {
        "a shrinking tree": {"size1": 13, "size2": 6}, "from nothing": {"size1": 0}, "no proof": {"proof": []},
        "another first root": {"root1": leaves[0]}, "another second root": {"root2": leaves[0]},
        "a proof too long": {"proof": [*proof, leaves[0]]},
    }.items():  # fmt: skip
        given = {"size1": 6, "size2": 13, "proof": proof, "root1": log.root(leaves[:6]), "root2": root, **change}
        v.refuses("log", "WrongPlace", f"consistency: {name}", "verify_consistency", **given)


def _tree(v: Any) -> None:
    leaves = [log.leaf_hash(bytes([i])) for i in range(33)]

    def at(n: int) -> list[bytes]:
        return tree.extend([], 0, leaves[:n])[0]

    for n in (0, 1, 3, 4, 31, 33):
        v.gives("tree", f"root at {n}", "frontier_root", frontier=at(n), size=n)
    for m, n in ((0, 0), (0, 33), (1, 1), (1, 4), (6, 7), (15, 17), (31, 33)):
        v.gives("tree", f"{m} grows to {n}", "extend", frontier=at(m), size=m, leaf_hashes=leaves[m:n])
    for name, given in {
        "a size of too few bits": {"frontier": at(7), "size": 8}, "a size of too many": {"frontier": at(8), "size": 7},
        "a size below nothing": {"frontier": [], "size": -1}, "a hash of 31 bytes": {"frontier": [bytes(31)], "size": 1},
    }.items():  # fmt: skip
        v.refuses("tree", "ValueError", f"a root of {name}", "frontier_root", **given)
        v.refuses("tree", "ValueError", f"growing from {name}", "extend", leaf_hashes=[], **given)


def _notes(v: Any) -> None:
    site, pk = fixed("site"), keys.ed_public(LOG_SEED)
    text = checkpoint.checkpoint_text(site, 1, 42, fixed("tree"))
    name = checkpoint.origin(site, 1)
    note = keys.sign_note(text, name, LOG_SEED)
    v.gives("checkpoint", "a verifier key", "vkey", name="alongside", ed_pk=pk)
    v.gives("checkpoint", "a verifier key read", "read_vkey", text=checkpoint.vkey("alongside", pk))
    v.refuses("checkpoint", "Malformed", "a key whose number does not fit", "read_vkey",
              text=checkpoint.vkey("alongside", pk).replace("alongside", "elsewhere"))  # fmt: skip
    v.refuses("checkpoint", "ValueError", "a name with a space", "vkey", name="along side", ed_pk=pk)
    v.gives("checkpoint", "an origin", "origin", site=site, k=1)
    v.gives("checkpoint", "the text of a checkpoint", "checkpoint_text", site=site, k=2, size=0, root=H(b""))
    v.gives("checkpoint", "a checkpoint read", "read_checkpoint", text=text)
    v.gives("checkpoint", "the text of a promise", "promise_text", site=site, leaf_hash=fixed("leaf"), unix_s=NOW)
    v.gives("checkpoint", "a promise read", "read_promise", text=checkpoint.promise_text(site, fixed("leaf"), NOW))
    v.gives("checkpoint", "a note opened", "open_note", note=note, keys=[[name, pk]])
    stranger = keys.sign_note(text, "omar.example/log", OMAR.ed_seed).split("\n\n")[1]
    v.gives("checkpoint", "a stranger's signature is passed over", "open_note", note=note + stranger, keys=[[name, pk]])
    v.gives("checkpoint", "a note signed elsewhere", "signed_note", text=text, name=name, ed_pk=pk,
            signature=checkpoint.from_base64(note.split(" ")[-1].strip())[4:])  # fmt: skip
    v.refuses(
        "checkpoint", "BadSignature", "nobody known", "open_note", note=note, keys=[["omar.example/log", OMAR.ed_pk]]
    )
    v.refuses("checkpoint", "BadSignature", "a size changed", "open_note", note=note.replace("\n42\n", "\n43\n"),
              keys=[[name, pk]])  # fmt: skip
    for what, bad in {"no signature": text, "no line end": note[:-1], "a carriage return": note.replace("\n42", "\r\n42"),
                      "a plain dash": note.replace("— ", "- ")}.items():  # fmt: skip
        v.refuses("checkpoint", "Malformed", f"a note with {what}", "open_note", note=bad, keys=[[name, pk]])
    for bad in ("0123", "-1", "1e3", ""):
        v.refuses("checkpoint", "Malformed", f"a size of {bad!r}", "read_checkpoint", text=text.replace("42", bad))
        promise = checkpoint.promise_text(site, fixed("leaf"), 42).replace("\n42\n", f"\n{bad}\n")
        v.refuses("checkpoint", "Malformed", f"a promise at {bad!r}", "read_promise", text=promise)
    v.gives("checkpoint", "a witness", "cosignatures", note=note + _witness(text), keys=[["w.example/1", CARL.ed_pk]])
    witness = [["w.example/1", CARL.ed_pk]]
    v.gives("checkpoint", "a witness of another text", "cosignatures", note=note + _witness(text + "x\n"), keys=witness)
    for what, line in {"another text": _witness(text + "x\n"), "eight bytes": _short()}.items():
        both = note + line + _witness(text)
        v.gives("checkpoint", f"a word beside a line of {what}", "cosignatures", note=both, keys=witness)


def _short() -> str:
    data = checkpoint.key_id("w.example/1", CARL.ed_pk, 4) + bytes(8)
    return f"— w.example/1 {base64.b64encode(data).decode()}\n"


def _witness(text: str) -> str:
    from nacl.signing import SigningKey

    sig = SigningKey(CARL.ed_seed).sign(f"cosignature/v1\ntime {NOW}\n{text}".encode()).signature
    data = checkpoint.key_id("w.example/1", CARL.ed_pk, 4) + NOW.to_bytes(8, "big") + sig
    return f"— w.example/1 {base64.b64encode(data).decode()}\n"


def receipt(site: bytes, form: str, **changes: Any) -> bytes:
    event = log.make_event("record", TODAY, fixed("case", 16), SARA.fp, fixed("entry"))
    leaves = [log.leaf_hash(bytes([i])) for i in range(6)]
    leaves[4] = mine = log.leaf_hash(log.leaf(fixed("tag"), log.commit(fixed("salt"), event)))
    promise = form == "promise"
    text = (
        checkpoint.promise_text(site, mine, NOW)
        if promise
        else checkpoint.checkpoint_text(site, 1, 6, log.root(leaves))
    )
    return frame("receipt", {
        "salt": fixed("salt"), "event": event, "tag": fixed("tag"), "index": 0 if promise else 4,
        "proof": [] if promise else log.inclusion(leaves, 4),
        "checkpoint": keys.sign_note(text, text.split("\n")[0], LOG_SEED), **changes,
    })  # fmt: skip


def _receipts(v: Any) -> None:
    site, vkey = fixed("site"), checkpoint.vkey("alongside", keys.ed_public(LOG_SEED))
    assert note_keys(vkey, "x")
    for form in ("promise", "included"):
        v.gives(
            "receipt", f"a receipt {form}", "check_receipt", receipt_frame=receipt(site, form), site=site, log_vkey=vkey
        )
    omars = checkpoint.vkey("alongside", OMAR.ed_pk)
    cases = {
        "of another site": ("BadSignature", receipt(fixed("other"), "promise"), omars),
        "by another log": ("BadSignature", receipt(site, "promise"), omars),
        "moved to another site": ("WrongPlace", receipt(fixed("other"), "promise"), vkey),
        "of another tag": ("WrongPlace", receipt(site, "promise", tag=fixed("other")), vkey),
        "a promise with an index": ("Malformed", receipt(site, "promise", index=1), vkey),
        "a promise with a proof": ("Malformed", receipt(site, "promise", proof=[bytes(32)]), vkey),
        "at another index": ("WrongPlace", receipt(site, "included", index=3), vkey),
        "in a log of another site": ("WrongPlace", receipt(fixed("other"), "included"), vkey),
    }
    for name, (expect, data, key) in cases.items():
        v.refuses("receipt", expect, f"a receipt {name}", "check_receipt", receipt_frame=data, site=site, log_vkey=key)
    event = log.make_event("record", TODAY, fixed("case", 16), SARA.fp, fixed("entry"))
    mine = log.leaf_hash(log.leaf(fixed("tag"), log.commit(fixed("salt"), event)))
    alone = keys.sign_note(checkpoint.checkpoint_text(site, 1, 1, mine), checkpoint.origin(site, 1), LOG_SEED)
    v.refuses("receipt", "WrongPlace", "a tree of one leaf", "check_receipt", site=site, log_vkey=vkey,
              receipt_frame=receipt(site, "included", checkpoint=alone, index=0, proof=[]))  # fmt: skip
