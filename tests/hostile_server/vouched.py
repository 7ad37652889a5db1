"""A list of people, or roots, of the liar's own making, that stand in the log which this browser is shown, like a real one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crypto import log
from crypto.frame import H, unframe
from crypto.signing import read_signed
from demo.wire import b64, unb64
from tests.hostile_server.forked import ForkedLog

Change = Callable[[Any, Any], None]
LANES = {"root": "roots", "directory": "directories"}


def vouch(fork: ForkedLog, change: Change) -> dict[str, Change]:
    """For the wire: what `change` makes of /people/directory, and /log/public to fit; both are put into the fork."""
    shown: dict[str, dict[int, bytes]] = {}

    def people(asked: Any, answer: Any) -> None:
        change(asked, answer)
        for lane, name in LANES.items():
            frames = [read_signed(unb64(signed))[0] for signed in answer[name]]
            shown[lane] = {unframe(lane, one)["version"]: one for one in frames}

    def public(_asked: Any, answer: Any) -> None:
        for lane, frames in shown.items():
            version = max(frames)
            told = [one for one in answer["lanes"][lane] if one["n"] == version and one["event"]]
            if not told or unframe("event", unb64(told[0]["event"]))["object"] != H(frames[version]):
                others = [one for one in answer["lanes"][lane] if one["n"] != version]
                answer["lanes"][lane] = [*others, _logged(fork, lane, version, frames[version])]

    return {"/people/directory": people, "/log/public": public}


def _logged(fork: ForkedLog, lane: str, version: int, thing: bytes) -> dict[str, Any]:
    tag = list_tag(fork, lane, version)
    event, salt = log.make_event(lane, fork.person.today, bytes(16), bytes(32), H(thing)), H(thing)
    line = (tag, log.commit(salt, event))
    if line not in fork.lines:
        fork.add(line)
    return {"n": version, "tag": b64(tag), "salt": b64(salt), "event": b64(event), "log": 1, "position": None}


def list_tag(fork: ForkedLog, lane: str, version: int) -> bytes:
    return log.lane_tag(log.site_lane_key(fork.person.site, lane), lane, version)
