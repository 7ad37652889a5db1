"""Those who take part in research: the steward who publishes releases, the researcher who takes them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from crypto import keys
from crypto.errors import WrongPlace
from crypto.frame import H, frame
from demo.client import ZERO32
from demo.people import Staff
from demo.wire import b64, unb64

PIECE = 1 << 20
TERMS = "data-use.v1"


class Steward(Staff):
    """Builds releases at home, signs and publishes them here."""

    roles = "steward"

    def stage(self, data: bytes) -> None:
        """Hand in a file, a MiB at a time."""
        for place in range(-(-len(data) // PIECE)):
            piece = data[place * PIECE : (place + 1) * PIECE]
            self.post("/research/files", hash=H(data), place=place, data=piece)

    def sign(self, thing: bytes) -> bytes:
        return keys.sign_thing(thing, [(self.fp, self.identity.ed_seed)])

    def make_release(self, folder: Mapping[str, bytes], **instead: Any) -> dict[str, Any]:
        """What is sent to publish a folder. Args: instead: other fields of the release frame."""
        told = self.post("/research/public")["releases"]
        version, prev = (told[-1]["version"] + 1, H(unb64(told[-1]["frame"]))) if told else (1, ZERO32)
        fields = {
            "site": self.site, "version": version, "prev": prev, "manifest": H(folder["manifest.json"]),
            "day": self.today, **instead,
        }  # fmt: skip
        lines = "".join(f"{H(folder[name]).hex()}  {name}\n" for name in sorted(folder))
        listed = {
            "site": self.site, "fp": self.fp, "module": f"release.{fields['version']}", "content": H(lines.encode()),
            "day": self.today,
        }  # fmt: skip
        return {
            "release": self.sign(frame("release", fields)), "listed": self.sign(frame("attest", listed)),
            "files": [{"name": name, "hash": b64(H(data)), "size": len(data)} for name, data in folder.items()],
        }  # fmt: skip

    def publish(self, folder: Mapping[str, bytes], **instead: Any) -> dict[str, Any]:
        """Hand in every file of a folder, and publish it. What the log signed about it."""
        for data in folder.values():
            self.stage(data)
        answer = self.act("/research/publish", **self.make_release(folder, **instead))
        told = self.check_receipt(answer["receipt"])
        if (told["type"], told["actor"]) != ("release", self.fp):
            raise WrongPlace("a receipt for something else")
        return told


class Researcher(Staff):
    """Signs the terms, then takes releases, by hand or by a token."""

    roles = "researcher"

    def agree(self, *, day: int | None = None, content: bytes | None = None) -> dict[str, Any]:
        """Sign the terms in force."""
        text = self.wire.get(f"/static/{TERMS}.txt").data if content is None else content
        fields = {"site": self.site, "fp": self.fp, "module": TERMS, "content": H(text), "day": day or self.today}
        signed = keys.sign_thing(frame("attest", fields), [(self.fp, self.identity.ed_seed)])
        return self.post("/research/agree", signed=signed)

    def take(self, version: int, name: str) -> bytes:
        """A file of a release. Raises: Refused."""
        data = b'{"version":%d,"name":"%s"}' % (version, name.encode())
        answer = self.send("/research/download", data, "application/json")
        if answer.status != 200:
            answer.json()
        return answer.data

    def make_token(self) -> bytes:
        token = os.urandom(32)
        self.act("/research/token", token_hash=H(token))
        return token
