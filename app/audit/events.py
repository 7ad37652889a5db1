"""The closed list of events, and the lane in which each one's number runs.

Source: protocol.md, Log. An event that isn't here can't be written.
"""

from __future__ import annotations

from dataclasses import dataclass

ZERO16, ZERO32 = bytes(16), bytes(32)


@dataclass(frozen=True)
class Kind:
    type: str
    lane: str  # entry, act, account, site, or none (a random tag)
    says: str  # what it means, for people
    # Months after which salt and event go and the leaf alone stays; None: as long as what it is about is there.
    keep_months: int | None = None


KINDS = {
    kind.type: kind
    for kind in (
        Kind("roster", "entry", "Who is in a case was changed, by somebody who may."),
        Kind("record", "entry", "A sealed record was added to a case."),
        Kind("visit", "act", "A member opened a case, or a coordinator a card, on that day."),
        Kind("letter", "act", "A letter about a case was handed in."),
        Kind("mail", "none", "A letter about no case was handed in."),
        Kind("export", "act", "A member took a copy of a case."),
        Kind("file", "act", "A sealed file was added to a case."),
        Kind("close", "act", "A case was closed."),
        Kind("hold", "act", "A legal hold was set or lifted."),
        Kind("erased", "act", "Something was erased; its leaf stays."),
        Kind("notebook", "account", "An account's sealed notebook was saved.", keep_months=3),
        Kind("root", "site", "The organisation's root was set or changed: its keys, the log's key, witnesses."),
        Kind("directory", "site", "The list of people was signed anew."),
        Kind("manifest", "site", "The list of pages and scripts was signed anew."),
        Kind("release", "site", "A research release was published."),
        Kind("restore", "site", "The site was restored from a backup."),
        Kind(
            "attest",
            "none",
            "Somebody signed what they read or made: terms, a list of files, an orientation.",
            keep_months=24,
        ),
        Kind("download", "none", "A research release was downloaded.", keep_months=36),
        Kind("adverse", "none", "A coordinator noted an adverse event.", keep_months=36),
        Kind("rows", "none", "A batch of research rows had arrived."),
        Kind("withdrawals", "none", "A batch of research rows was withdrawn."),
    )
}


@dataclass(frozen=True)
class Lane:
    """Where an event's number runs. `key` is 32 bytes; `tag` is given when the client made it."""

    name: str
    n: int = 0
    key: bytes | None = None
    tag: bytes | None = None
    case: bytes | None = None
    epoch: int = 0
