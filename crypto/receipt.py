"""A receipt: what was done, and the log's signed word for it (SPEC 11). Vectors: tests/vectors/receipt.json."""

from typing import Any

from crypto import checkpoint, log
from crypto.errors import Malformed, WrongPlace
from crypto.frame import unframe


def check_receipt(receipt_frame: bytes, site: bytes, log_vkey: str) -> dict[str, Any]:
    """What the log has signed: the event's fields, `tag`, `leaf_hash`, and either a time or a place.

    `form` is 'promise' (with `time`, Unix seconds: signed before inclusion) or 'included' (with `log`, `index`,
    `size`, `root`). Which one it is, the checkpoint's first line says.
    Args: log_vkey: the verifier key in frame 'root', under the name `alongside`.
    Raises: Malformed, BadSignature, WrongPlace (of another site or leaf, not in the tree, a tree of one leaf).
    """
    fields = unframe("receipt", receipt_frame)
    event = unframe("event", fields["event"])
    leaf_hash = log.leaf_hash(log.leaf(fields["tag"], log.commit(fields["salt"], fields["event"])))
    first = fields["checkpoint"].split("\n")[0]
    text = checkpoint.open_note(fields["checkpoint"], note_keys(log_vkey, first))
    found = {**event, "tag": fields["tag"], "leaf_hash": leaf_hash}
    if first.endswith("/promise"):
        return {**found, **_promised(text, fields, site, leaf_hash)}
    return {**found, **_included(text, fields, site, leaf_hash)}


def note_keys(log_vkey: str, name: str) -> dict[tuple[str, bytes], bytes]:
    """The log key as `open_note` wants it, under the first line of the text that it signs.

    In frame 'root' the key stands under the name `alongside`, since the site's id is not known yet there.
    """
    ed_pk = checkpoint.read_vkey(log_vkey)["ed_pk"]
    return {(name, checkpoint.key_id(name, ed_pk)): ed_pk}


def _promised(text: str, fields: dict[str, Any], site: bytes, leaf_hash: bytes) -> dict[str, Any]:
    if fields["proof"] or fields["index"]:
        raise Malformed("a promise has no proof and no index")
    promise = checkpoint.read_promise(text)
    if (promise["site"], promise["leaf_hash"]) != (site, leaf_hash):
        raise WrongPlace("a promise of another site or leaf")
    return {"form": "promise", "time": promise["time"]}


def _included(text: str, fields: dict[str, Any], site: bytes, leaf_hash: bytes) -> dict[str, Any]:
    tree = checkpoint.read_checkpoint(text)
    prefix, _, number = tree["origin"].rpartition("/")
    if prefix != f"alongside/{site.hex()}/log" or not number.isascii() or not number.isdigit() or number[0] == "0":
        raise WrongPlace("a log of another site")
    if tree["size"] == 1:
        raise WrongPlace("a tree of one leaf proves nothing")
    log.verify_inclusion(leaf_hash, fields["index"], tree["size"], fields["proof"], tree["root"])
    return {
        "form": "included", "log": int(number), "index": fields["index"], "size": tree["size"], "root": tree["root"],
    }  # fmt: skip
