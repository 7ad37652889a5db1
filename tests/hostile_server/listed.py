"""Lists of people of the server's making, signed by keys that count: those of one bad coordinator, or of roots.

Olga is shown them at the page of the log, which goes by the list of people and loads little else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from crypto import keys
from crypto.directory import Directory, next_directory, start
from crypto.frame import H, frame, unframe
from crypto.people import read_binding
from crypto.signing import read_signed
from demo.client import Person
from demo.people import Staff
from demo.wire import b64, unb64
from tests.hostile_server.at_the_log import open_log
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import SLOW_MS, quiet, stopped
from tests.support.browser import Visit

Key = tuple[bytes, bytes]


class Lists:
    """What /people/directory says, and more lists after it. `change` is for the wire."""

    def __init__(self, liar: Liar) -> None:
        self.answer = liar.stage.carl.post("/people/directory")
        self.root_key: Key = (keys.ed_public(liar.root_seed), liar.root_seed)
        self.carl = key_of(liar.stage.carl)
        self.bindings = {H(one): one for one in (read_signed(unb64(text))[0] for text in self.answer["bindings"])}
        told = ([unb64(one) for one in self.answer[name]] for name in ("roots", "directories"))
        self.state: Directory = start(liar.site, *told, self.bindings)

    def meet(self, *people: Staff) -> list[bytes]:
        """The hashes of their bindings, which are handed out with the list."""
        for one in people:
            self.answer["bindings"].append(b64(one.binding))
            self.bindings[read_binding(one.binding)["hash"]] = read_signed(one.binding)[0]
        return [read_binding(one.binding)["hash"] for one in people]

    def ask_two(self) -> None:
        """From here on roots ask for two coordinators where somebody is added, as at a site that began so."""
        root = read_signed(unb64(self.answer["roots"][-1]))[0]
        two = {**unframe("root", root), "version": self.state.root["version"] + 1, "prev": H(root), "coordinators": 2}
        signed = keys.sign_thing(frame("root", two), [self.root_key])
        self.answer["roots"].append(b64(signed))
        self.answer["directories"] = []
        self.state.accept_root(signed)

    def begin(self, **fields: Any) -> None:
        """The first list that is shown is otherwise, and roots signed it so."""
        first = unframe("directory", read_signed(unb64(self.answer["directories"][0]))[0])
        signed = keys.sign_thing(frame("directory", {**first, **fields}), [self.root_key])
        self.answer["directories"] = [b64(signed)]

    def add(self, *new: bytes, by: list[Key], accept: bool = False, **fields: Any) -> None:
        """One list more. Args: accept: it is as it should be, and others come after it. fields: otherwise than they should be."""
        made = unframe("directory", next_directory(self.state, new, (), (), self.state.issued))
        signed = keys.sign_thing(frame("directory", {**made, **fields}), by)
        self.answer["directories"].append(b64(signed))
        if accept:
            self.state.accept(signed, self.bindings)

    @property
    def wire(self) -> dict[str, Callable[[Any, Any], None]]:
        return {"/people/directory": lambda _asked, answer: answer.update(self.answer)}


def key_of(one: Person) -> Key:
    return one.fp, one.identity.ed_seed


def shown_to_olga(liar: Liar, lists: Lists) -> Visit:
    visit = liar.device()
    liar.tells(visit, lists.wire)
    open_log(visit)
    return visit


def refused_by_olga(visit: Visit) -> None:
    stopped(visit.page)


def believed_by_olga(visit: Visit) -> None:
    quiet(visit.page)
    expect(visit.page.get_by_role("button", name="Check every line")).to_be_visible(timeout=SLOW_MS)
