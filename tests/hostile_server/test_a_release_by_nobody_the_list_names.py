"""The server makes a release of its own, signs it with a key of its own, and puts it on the log under the next number."""

from typing import Any

from crypto.frame import H, frame
from crypto.log import commit, lane_tag, site_lane_key
from demo.releases import Steward
from demo.wire import b64, unb64
from tests.hostile_server.at_the_releases import believes, looks, published, refuses
from tests.hostile_server.liar import Check, Liar
from tests.hostile_server.twice import told_twice
from tests.support.browser import Visit

CHECK = Check(
    "worker/research_releases_proven.js",
    "if (!signers.length) throw new Trouble('Inconsistent', 'release-unsigned', 'We stopped, because a release was not signed by a research steward of this organisation. Nothing was saved. Tell a coordinator.');",
    "if (!signers.length) return { version, day: fields.day, hash: H(thing), by: '', files: new Map([['data.csv', { hash: prev, size: 0 }]]), manifest: {}, classes: null, levels: null, figures: null };",
)


def tell(liar: Liar) -> Visit:
    stan, number = published(liar)
    ghost = Steward(liar.stage.wire.another(), "Omar Outsider", now_s=liar.stage.clock.now_s)
    (last,) = [one for one in stan.post("/research/public")["releases"] if one["version"] == number]
    thing = frame(
        "release",
        {
            "site": liar.site,
            "version": number + 1,
            "prev": H(unb64(last["frame"])),
            "manifest": H(b""),
            "day": stan.today,
        },
    )
    signed = ghost.sign(thing)
    tag = lane_tag(site_lane_key(liar.site, "release"), "release", number + 1)
    told = liar.event("release", tag=tag, case=bytes(16), actor=ghost.fp, digest=H(thing), logged=False)
    committed = commit(unb64(told["salt"]), unb64(told["event"]))

    def change(_asked: Any, answer: Any) -> None:
        answer["releases"].append({**last, "version": number + 1, "frame": b64(thing), "signed": b64(signed)})

    def logged(asked: Any, answer: Any) -> None:
        if asked.get("after") == {"part": "release", "n": number}:
            answer["lanes"]["release"] = [{"n": number + 1, **told, "signed": b64(signed)}]

    return looks(liar, {"/research/public": change, "/log/public": logged}, ((tag, committed),))


def refused(visit: Visit) -> None:
    refuses(visit, "not signed by a research steward")


def believed(visit: Visit) -> None:
    believes(visit)


test_only_stewards_publish = told_twice(CHECK, tell, refused, believed)
