"""The client's scripts with a few words changed, as one browser is given them: a check that is off, a wait that is shorter."""

from __future__ import annotations

from dataclasses import dataclass

from tests.hostile_server.doors import Answer, Asked, Door
from tests.support.addresses import script
from tests.support.databases import ROOT

Words = tuple[str, str]  # as they stand in the script, once; and what stands there instead


@dataclass(frozen=True)
class Check:
    """One check of the client: the file it stands in, its exact text, and what stands there when it is switched off.

    first: another check in the same file that refuses this lie before it, in the same way. Both are switched off then.
    elsewhere: the same of one in another file.
    """

    file: str
    text: str
    instead: str
    first: Words | None = None
    elsewhere: tuple[str, Words] | None = None

    @property
    def words(self) -> dict[str, list[Words]]:
        """By file."""
        here = {self.file: [(self.text, self.instead), *([self.first] if self.first else [])]}
        return here | ({self.elsewhere[0]: [self.elsewhere[1]]} if self.elsewhere else {})


# How long a page waits, and what is enough where it waits in vain. In full: test_a_promise_that_was_not_kept.py.
SOONER: dict[str, Words] = {
    "worker/clock.js": ("KEPT_WITHIN_MS = 10_000", "KEPT_WITHIN_MS = 3000"),
    "worker/witnesses.js": ("const MOST_MS = 10_000", "const MOST_MS = 1500"),
    "worker/log_whole.js": ("const PAUSES_MS = [500, 1000, 1500, 2000, 2500, 3000]", "const PAUSES_MS = [500, 1000]"),
    "worker/receipts.js": (
        "const PAUSES_MS = [0, 250, 250, 500, 500, 1000, 1500, 2000, 2000, 2500]",
        "const PAUSES_MS = [0, 250, 250]",
    ),
    "worker/case_settle.js": (
        "const PAUSES_MS = [0, 500, 500, 1000, 1500, 2000, 2500, 2500]",
        "const PAUSES_MS = [0, 500, 1000]",
    ),
}


def changed(file: str, words: list[Words]) -> str:
    """Raises: AssertionError when something is no longer there, or there twice."""
    source = (ROOT / "static" / "js" / file).read_text(encoding="utf-8")
    for text, instead in words:
        assert source.count(text) == 1, f"{file} has this {source.count(text)} times: {text}"
        source = source.replace(text, instead)
    return source


def hand_out(door: Door, file: str, source: str) -> str:
    """Gives: its address. With the product's own headers: a script in a worker under COEP needs them."""

    def give(asked: Asked) -> Answer:
        return asked.honest().but(source, "text/javascript")

    address = script(file)
    door.tell(address, give)
    return address
