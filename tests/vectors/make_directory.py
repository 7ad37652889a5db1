"""Vectors of the roots and the directory: who may change the list of people."""

from typing import Any

from crypto import directory
from crypto.frame import H, frame
from tests.unit.crypto.cast import CARL, CORA, NORA, NOW, OMAR, STAN, Organisation, by, organisation, root_fields
from tests.vectors.make_frames import again

DAY = 86_400


def make(v: Any) -> None:
    _roots(v)
    _directory(v)


def _roots(v: Any) -> None:
    v.gives("directory", "a root", "read_root", root_frame=frame("root", root_fields()))
    for name, changes in {
        "a threshold of none": {"threshold": 0}, "a threshold of four in three": {"threshold": 4},
        "no coordinator to sign": {"coordinators": 0}, "another name of the log": {"log_vkey": "a+b+c"},
        "a quorum without witnesses": {"quorum": 1}, "a witness of the log's kind": {"witnesses": root_fields()["log_vkey"]},
        "a second version after none": {"version": 2}, "a first version after one": {"prev": b"p" * 32}, "version 0": {"version": 0},
    }.items():  # fmt: skip
        v.refuses(
            "directory",
            "Malformed",
            f"a root with {name}",
            "read_root",
            root_frame=frame("root", root_fields(**changes)),
        )


def _directory(v: Any) -> None:
    org = organisation()
    start = {"site": org.site, "roots": org.roots, "directories": [org.first], "bindings": list(org.bindings.values())}
    state = org.start()
    of = org.of

    def step(add: Any = (), drop: Any = (), revoke: Any = (), **changes: Any) -> bytes:
        d = directory.next_directory(state, add, drop, revoke, NOW + DAY)
        return again("directory", d, **changes) if changes else d

    v.gives("directory", "first", "directory", **start)
    v.gives("directory", "in force", "directory", now=NOW + 6 * DAY, **start)
    v.refuses("directory", "Expired", "seven days later", "directory", now=NOW + 7 * DAY, **start)
    v.refuses("directory", "Expired", "dated two days ahead", "directory", now=NOW - 2 * DAY, **start)
    good = {
        "two coordinators add Nora": by(step([of["Nora"]]), CARL, CORA), "one renews": by(step(), CARL),
        "one drops": by(step(drop=[of["Cora"]]), CARL), "one revokes": by(step(drop=[of["Cora"]], revoke=[CORA.fp]), CARL),
        "roots add a steward's key": org.by_roots(step([H(org.bind(NORA, "Nora", "steward"))])),
        "two add somebody unseen": by(step([b"u" * 32]), CARL, CORA),
    }  # fmt: skip
    for name, signed in good.items():
        v.gives("directory", name, "directory", accept=[signed], **start)
    v.gives("directory", "two versions on", "directory", **{**start, "directories": [org.first, good["one renews"]]})
    carol = org.bind(OMAR, "Omar", "coordinator,supporter")
    with_omar = {**start, "bindings": [*start["bindings"], carol]}
    bad = {
        "one adds Nora": ("NotAllowed", by(step([of["Nora"]]), CARL)),
        "nobody signs": ("NotAllowed", by(step())),
        "an outsider renews": ("NotAllowed", by(step(), OMAR)),
        "a steward renews": ("NotAllowed", by(step(), STAN)),
        "one root of two": ("NotAllowed", org.by_roots(step([of["Nora"]]), 1)),
        "two coordinators name a third": ("NotAllowed", by(step([H(carol)]), CARL, CORA)),
        "a false signature": ("BadSignature", frame("signed", {"thing": step(), "sigs": [CARL.fp + bytes(64)]})),
        "a version left out": ("WrongPlace", by(step(version=3), CARL)),
        "another predecessor": ("WrongPlace", by(step(prev=b"p" * 32), CARL)),
        "another root": ("WrongPlace", by(step(root=b"r" * 32), CARL)),
        "another site": ("WrongPlace", by(step(site=b"s" * 32), CARL)),
        "for eight days": ("NotAllowed", by(step(expires=NOW + 9 * DAY), CARL)),
        "for no time": ("NotAllowed", by(step(expires=NOW + DAY), CARL)),
        "dated back": ("NotAllowed", by(step(issued=NOW - 1, expires=NOW), CARL)),
        "not a directory": ("Malformed", by(frame("kc", {"case": bytes(16), "e": 1}), CARL)),
    }  # fmt: skip
    for name, (expect, signed) in bad.items():
        v.refuses("directory", expect, f"refused: {name}", "directory", accept=[signed], **with_omar)
    _directory_later(v, org, start, good["one revokes"], carol)


def _directory_later(v: Any, org: Organisation, start: dict, revoked: bytes, carol: bytes) -> None:
    state = org.start(revoked)
    unrevoke = again("directory", directory.next_directory(state, (), (), (), NOW + DAY), revoked=[])
    later = {**start, "directories": [org.first, revoked]}
    v.refuses("directory", "NotAllowed", "refused: a coordinator takes back a revocation", "directory",
              accept=[by(unrevoke, CARL)], **later)  # fmt: skip
    v.gives("directory", "roots take back a revocation", "directory", accept=[org.by_roots(unrevoke)], **later)
    renewed = directory.next_directory(state, (), (), (), NOW + DAY)
    v.refuses(
        "directory", "NotAllowed", "refused: the revoked one renews", "directory", accept=[by(renewed, CORA)], **later
    )
    v.refuses("directory", "NotAllowed", "refused: a chain that roots did not begin", "directory",
              **{**start, "directories": [revoked]})  # fmt: skip
    v.refuses("directory", "WrongPlace", "refused: another site's roots", "directory", **{**start, "site": bytes(32)})
    v.refuses("directory", "NotAllowed", "refused: one root of two signed the root", "directory",
              **{**start, "roots": [org.by_roots(org.root, 1)]})  # fmt: skip
    second = frame("root", root_fields(version=2, prev=org.site, coordinators=1))
    v.refuses("directory", "WrongPlace", "refused: a directory under the root before", "directory",
              **{**start, "roots": [*org.roots, org.by_roots(second)]})  # fmt: skip
    anew = org.by_roots(directory.first_directory(org.site, H(second), [org.of["Carl"]], NOW))
    v.gives("directory", "a second root", "directory", **{**start, "roots": [*org.roots, org.by_roots(second)],
            "directories": [anew]})  # fmt: skip
    v.refuses("directory", "NotAllowed", "refused: a second root of one signature", "directory",
              **{**start, "roots": [*org.roots, org.by_roots(second, 1)], "directories": [anew]})  # fmt: skip
    unseen = by(directory.next_directory(org.start(), [H(carol)], (), (), NOW + DAY), CARL, CORA)
    sneaked = {**start, "directories": [org.first, unseen]}
    v.gives("directory", "Carl's binding", "check_binding", binding=org.bindings[org.of["Carl"]], **start)
    v.refuses("directory", "NotAllowed", "a coordinator whom no root named", "check_binding", binding=carol, **sneaked)
    v.refuses(
        "directory",
        "NotAllowed",
        "a binding not listed",
        "check_binding",
        binding=org.bindings[org.of["Nora"]],
        **start,
    )
    v.refuses("directory", "NotAllowed", "a binding of someone revoked", "check_binding",
              binding=org.bindings[org.of["Cora"]], **later)  # fmt: skip
    v.gives("directory", "who coordinates", "role_holders", role="coordinator", **start)
    v.gives("directory", "the next directory", "next_directory", add=[org.of["Nora"]], drop=[org.of["Stan"]],
            revoke=[STAN.fp], now_s=NOW + 5, **start)  # fmt: skip
    v.gives("directory", "a first directory", "first_directory", site=org.site, root_hash=H(org.root), now_s=NOW,
            bindings=[org.of["Carl"]])  # fmt: skip
    _duty(v, org, start)


def _duty(v: Any, org: Organisation, start: dict) -> None:
    duty = frame("duty", {"site": org.site, "issued": NOW, "expires": NOW + DAY, "bindings": [org.of["Carl"]]})
    v.gives("directory", "who is on duty", "check_duty", signed=by(duty, CORA), now_s=NOW, **start)
    for name, expect, signed, now in (
        ("by a supporter", "NotAllowed", by(duty, NORA), NOW), ("over", "Expired", by(duty, CORA), NOW + DAY),
        ("for eight days", "NotAllowed", by(again("duty", duty, expires=NOW + 8 * DAY), CORA), NOW),
        ("with a stranger", "NotAllowed", by(again("duty", duty, bindings=[bytes(32)]), CORA), NOW),
        ("of another site", "WrongPlace", by(again("duty", duty, site=bytes(32)), CORA), NOW),
    ):  # fmt: skip
        v.refuses("directory", expect, f"a duty list {name}", "check_duty", signed=signed, now_s=now, **start)
