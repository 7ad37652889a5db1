"""Two coordinators must sign. Carl compared words with Uma, who waits; Dana, with the server's help, has signed a list that he may join."""

from __future__ import annotations

import json
from typing import Any

from crypto import keys
from crypto.directory import next_directory
from crypto.frame import frame, unframe
from crypto.people import read_binding
from crypto.signing import read_signed
from demo.people import Coordinator, Supporter
from demo.wire import b64, unb64
from tests.hostile_server.devices import Device
from tests.hostile_server.liar import Liar
from tests.hostile_server.listed import Lists, key_of


class HalfSigned:
    """Carl's browser at the page of people is shown what Dana signed for Uma, and for whoever else is there."""

    def __init__(self, liar: Liar) -> None:
        self.liar, self.carl, self.lists = liar, liar.stage.carl, Lists(liar)
        self.dana = Coordinator(liar.stage.wire.another(), "Dana Reyes", now_s=liar.stage.clock.now_s)
        self.uma, self.gail = liar.stranger("Uma Reed"), liar.stranger("Gail Ghost")
        for one in (self.dana, self.uma, self.gail):
            one.make_binding(liar.site)
        self.lists.ask_two()
        self.lists.add(*self.lists.meet(self.dana), by=[self.lists.root_key], accept=True)
        self.carl.notebook["heard"] = {hash_of(self.uma).hex(): True}
        self.carl.save_notebook()

    def shown(self, *added: Supporter, waiting: tuple[Supporter, ...], **fields: Any) -> Device:
        """Args: added: whom Dana signed for. waiting: who waits, as the server says. fields: of the list, otherwise."""
        state = self.lists.state
        made = unframe("directory", next_directory(state, [hash_of(one) for one in added], (), (), state.issued))
        signed = keys.sign_thing(frame("directory", {**made, **fields}), [key_of(self.dana)])
        wire = {
            **self.lists.wire,
            "/people/waiting": lambda _asked, answer: answer.update(waiting=[b64(one.binding) for one in waiting]),
            "/people/proposed": lambda _asked, answer: answer.update(directory=b64(signed)),
        }
        return self.liar.sit_down(self.carl, visit=self.liar.begin(watched=True), wire=wire, path="/people")


def hash_of(one: Supporter) -> bytes:
    return bytes(read_binding(one.binding)["hash"])


def signed_by_both(visit: Device) -> bool:
    """Whether a list with two signatures left this browser."""
    sent = [json.loads(body) for body in visit.sent("/people/publish")]
    return any(len(read_signed(unb64(one["directory"]))[1]) == 2 for one in sent)
