"""A case taken home: the sealed file that the browser makes, made here the same way."""

from __future__ import annotations

from crypto.export import make_export
from crypto.frame import frame
from crypto.people import fingerprint, read_binding
from demo.case import OpenCase
from demo.client import frame_mail
from demo.people import Peer
from demo.wire import unb64

LETTERS = ("statement", "offer", "word")


def take_home(peer: Peer) -> bytes:
    """Frame `export` of her own case; `python -m crypto open` opens it with her words. Raises: Refused, SealError."""
    opened = peer.open(peer.case)
    unlocking = peer.act("/cases/export", case=peer.case)
    answer = peer.post("/cases/open", case=peer.case, after=0)
    book = unlocking["notebook"]
    return make_export(
        site=peer.site, role=unlocking["role"], kind=unlocking["kind"], locator=unb64(unlocking["locator"]), fp=peer.fp,
        wrap=unb64(unlocking["wrap"]), bundle=unb64(unlocking["bundle"]), bindings=_people(peer, opened),
        entries=[_entry(one) for one in answer["entries"]],
        grants={one["epoch"]: unb64(one["grant"]) for one in answer["grants"]},
        notebook=(book["version"], unb64(book["box"])), mails=_mails(peer),
    )  # fmt: skip


def _entry(given: dict[str, str]) -> bytes:
    """An entry; of an erased one the hash stands where its words stood."""
    if "entry" in given:
        return unb64(given["entry"])
    return frame("entry", {"header": unb64(given["header"]), "body": unb64(given["hash"])})


def _people(peer: Peer, opened: OpenCase) -> list[bytes]:
    """Signed bindings of whom she may see, and the plain keys of members who have none any more."""
    signed = [unb64(one) for one in peer.post("/people/directory")["bindings"]]
    named = {read_binding(one)["fp"] for one in signed}
    return signed + [one for one in opened.identities.values() if fingerprint(one) not in named]


def _mails(peer: Peer) -> list[bytes]:
    given = peer.post("/letters/mine", kinds=list(LETTERS), after=None)["letters"]
    return [frame_mail(unb64(one["header"]), unb64(one["body"]), [unb64(one["stanza"])]) for one in given]
