"""The signed heads of the logs, and who outside stands behind the newest."""

from collections.abc import Mapping
from typing import Any

from crypto import checkpoint, log
from crypto.auditor.facts import Facts, Shown, Told
from crypto.auditor.lanes import NAMES
from crypto.auditor.organisation import Organisation
from crypto.auditor.scan import Head
from crypto.auditor.wrong import Wrong
from crypto.errors import SealError
from crypto.frame import unframe
from crypto.receipt import note_keys

DAY_S = 86400


def heads(facts: Facts, organisation: Organisation) -> list[Head]:
    """Each log as the organisation signed it, and how many of its leaves count. Raises: Wrong."""
    if [told.number for told in facts.logs] != list(range(1, len(facts.logs) + 1)) or not facts.logs:
        raise Wrong("The site does not show each of its logs, from the first on.")
    found = []
    for told in facts.logs:
        newest = told is facts.logs[-1]
        tree = open_checkpoint(told, organisation, newest=newest)
        restore = None if newest else organisation.restores.get(told.number + 1)
        if not newest and restore is None:
            raise Wrong(f"Log {told.number + 1} began without a restore that the roots declared.")
        if restore and restore["size"] > tree["size"]:
            raise Wrong(f"Log {told.number} is shorter than what the roots declared at the restore after it.")
        counts = restore["size"] if restore else tree["size"]
        found.append(Head(told.number, tree["size"], tree["root"], counts))
    for number in organisation.restores:
        if number > len(found):
            raise Wrong(f"The roots declared a restore that began log {number}, but the site has no such log.")
    return found


def open_checkpoint(told: Told, organisation: Organisation, *, newest: bool) -> dict[str, Any]:
    """Size and root of a checkpoint. The newest is signed under the newest root; others by any key the log had."""
    origin = checkpoint.origin(organisation.site, told.number)
    roots = organisation.roots[-1:] if newest else organisation.roots
    keys = {key: pk for root in roots for key, pk in note_keys(root["log_vkey"], origin).items()}
    try:
        tree = checkpoint.read_checkpoint(checkpoint.open_note(told.note, keys))
    except SealError as wrong:
        raise Wrong(f"The checkpoint of log {told.number} is refused: {wrong}.") from None
    if tree["origin"] != origin or tree["size"] != told.size:
        raise Wrong(f"The checkpoint of log {told.number} is of another log, or of another size than the site says.")
    return tree


def check_witnesses(note: str, organisation: Organisation, now_s: int | None) -> dict[str, int]:
    """When each witness of the root saw this checkpoint. Args: now_s: None when it need not be fresh. Raises: Wrong."""
    root = organisation.root
    keys = {(one["name"], one["key_id"]): one["ed_pk"] for one in root["witnesses"]}
    try:
        seen = checkpoint.cosignatures(note, keys)
    except SealError as wrong:
        raise Wrong(f"The cosigned checkpoint is refused: {wrong}.") from None
    if len(seen) < root["quorum"]:
        raise Wrong(f"{root['quorum']} witnesses must stand behind the log; {len(seen)} of them cosigned.")
    if root["quorum"] and now_s is not None:
        age = now_s - quorum_time(seen, organisation)
        if age > 7 * DAY_S:
            raise Wrong(f"The witnesses' last word about this log is {age // DAY_S} days old.")
        if age < -DAY_S:
            raise Wrong("A witness dated its word in the future.")
    return seen


def quorum_time(seen: Mapping[str, int], organisation: Organisation) -> int:
    """When as many as the root asks for had signed anew, in Unix seconds; 0 where it asks for none."""
    quorum = organisation.root["quorum"]
    return sorted(seen.values(), reverse=True)[quorum - 1] if quorum else 0


def check_reach(
    cosigned: dict[str, Any], head: Head, facts: Facts, found: Mapping[bytes, tuple[int, int, bytes]],
    organisation: Organisation, signed_s: int,
) -> list[str]:  # fmt: skip
    """What the witnesses have not seen yet, in words. An old head can be signed anew for ever: a signature's age says
    nothing of what came after it.

    Args: found: {tag: (log, index, commitment)}. signed_s: when a quorum had signed, or now where that is later.
    Raises: Wrong.
    """
    if not organisation.root["quorum"]:
        return []
    if cosigned["size"] == 0 < head.size:
        raise Wrong(f"The witnesses signed an empty log {head.number}, which has {head.size} leaves.")
    notices = []
    for lane in ("root", "directory", "restore"):
        newest = max((one for one in facts.lane(lane) if not one.waits), key=lambda one: one.n, default=None)
        if newest is None:
            continue
        number, index, _ = found[log.lane_tag(log.site_lane_key(organisation.site, lane), lane, newest.n)]
        if number == head.number and index >= cosigned["size"]:
            notices.append(_unseen(newest, signed_s))
    return notices


def _unseen(newest: Shown, signed_s: int) -> str:
    what = f"number {newest.n} of {NAMES[newest.lane]}"
    days = signed_s // DAY_S - int(unframe("event", newest.event)["day"])
    if days > 1:
        raise Wrong(f"The witnesses' last word is about a head without {what}, which was {days} days old by then.")
    return f"The witnesses have not signed {what} yet."
