"""Vectors of a case taken home."""

from typing import Any

from crypto import keys
from crypto.entry import read_entry
from crypto.export import make_export
from crypto.frame import frame, unframe
from crypto.letter import seal_letter
from tests.unit.crypto.cast import CARL, NORA, SARA, TODAY, Story, by, fixed, organisation

WORDS = "abacus zoom yo-yo t-shirt felt-tip drop-down canyon"
AK = fixed("account key")


def told() -> Story:
    """Sara tells, approves Nora and Carl, Nora answers; Carl leaves, and Nora re-keys."""
    story = Story(site=organisation().site)
    story.take(story.roster(SARA))
    story.take(story.say(SARA, "account", text="What happened, José"))
    story.take(story.roster(SARA, NORA, CARL, leads=(CARL,)))
    story.take(story.say(NORA, "message", text="I have read it."))
    story.take(story.say(NORA, "message", text="poison", epoch_key=bytes(32)))
    story.take(story.say(CARL, "account", text="not his to write"))
    story.take(story.say(CARL, "gossip", text="of a later version"))
    story.take(story.say(CARL, "leave"))
    story.take(story.roster(SARA, NORA, by=NORA, day=TODAY + 1), left=[CARL.fp])
    story.take(story.say(SARA, "message", text="Thank you.", day=TODAY + 1))
    return story


def taken_home(story: Story, who: keys.Identity, secret: bytes, kind: str, role: str, **changes: Any) -> bytes:
    org = organisation()
    m = keys.method(secret, story.site, role, kind)
    letter = seal_letter(
        NORA, site=story.site, kind="statement", to=SARA.fp, about=bytes(16), day=TODAY, payload={"text": "I can help"},
        recipients=[{"fp": p.fp, "xwing_pk": p.xwing_pk} for p in (SARA, NORA)],
    )  # fmt: skip
    bindings = [by(org.bindings[org.of[n]], p) for n, p in (("Nora", NORA), ("Carl", CARL))]
    return make_export(**{
        "site": story.site, "role": role, "kind": kind, "locator": m.locator, "fp": who.fp,
        "wrap": keys.wrap(m, story.site, role, who.fp, AK), "bundle": keys.seal_bundle(AK, story.site, role, who),
        "bindings": [*bindings, SARA.frame], "entries": story.entries, "mails": [letter],
        "grants": {e: g[who.fp] for e, g in story.grants.items() if who.fp in g},
        "notebook": (3, keys.seal_notebook(AK, story.site, who.fp, 3, {"pins": {}})), **changes,
    })  # fmt: skip


def erased(story: Story, seq: int) -> list[bytes]:
    """The entries, with the body of one gone."""
    gone = story.entries[seq - 1]
    left = frame("entry", {"header": unframe("entry", gone)["header"], "body": read_entry(gone)["hash"]})
    return [*story.entries[: seq - 1], left, *story.entries[seq:]]


def make(v: Any) -> None:
    story = told()
    secret = keys.words_secret(WORDS, story.site, "peer", "")
    sheet = fixed("sheet", 20)
    mine = taken_home(story, SARA, secret, "words", "peer")
    v.gives("export", "Sara's case, with her words", "open_export", data=mine, secret=secret)
    v.gives("export", "Nora's, with her sheet", "open_export", secret=sheet,
            data=taken_home(story, NORA, sheet, "sheet", "staff"))  # fmt: skip
    v.gives("export", "a record erased", "open_export", secret=secret,
            data=taken_home(story, SARA, secret, "words", "peer", entries=erased(story, 4)))  # fmt: skip
    v.gives("export", "from the last grant alone", "open_export", secret=secret,
            data=taken_home(story, SARA, secret, "words", "peer", grants={3: story.grants[3][SARA.fp]}))  # fmt: skip
    v.refuses("export", "CannotOpen", "other words", "open_export", data=mine, secret=fixed("other"))
    for name, expect, entries in (
        ("an entry left out", "WrongPlace", [*story.entries[:3], *story.entries[4:]]),
        ("two entries exchanged", "WrongPlace", [*story.entries[:3], story.entries[4], story.entries[3], *story.entries[5:]]),
    ):  # fmt: skip
        v.refuses("export", expect, name, "open_export", secret=secret,
                  data=taken_home(story, SARA, secret, "words", "peer", entries=entries))  # fmt: skip
    v.refuses("export", "Malformed", "a list cut short", "open_export", secret=secret,
              data=frame("export", {**unframe("export", mine), "mails": b"\0\0\0\x09x"}))  # fmt: skip
    v.refuses("export", "BadSignature", "a binding by another key", "open_export", secret=secret,
              data=taken_home(story, SARA, secret, "words", "peer",
                              bindings=[by(organisation().bindings[organisation().of["Nora"]], CARL)]))  # fmt: skip
    v.refuses("export", "CannotOpen", "no grant", "open_export", secret=secret,
              data=taken_home(story, SARA, secret, "words", "peer", grants={}))  # fmt: skip
