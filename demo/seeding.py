"""A fictional organisation, made as people would make it: over HTTP, each with keys of their own.

The server gets what browsers would send it, and no more. It takes about ten seconds, most of it Argon2id for words.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crypto.frame import H
from demo import cast, rows, stories
from demo.home import take_home
from demo.people import Coordinator, Peer, Staff, Supporter
from demo.telling import tell_everything
from demo.wire import Over


class Entry(NamedTuple):
    """What is printed of one person. `email` is empty for a peer."""

    name: str
    role: str
    email: str
    words: str
    looks: str


@dataclass
class Organisation:
    """Everybody of the demo at their browsers."""

    wire: Over
    now_s: Any = time.time
    staff: dict[str, Staff] = field(default_factory=dict)
    peers: dict[str, Peer] = field(default_factory=dict)
    rows: list[bytes] = field(default_factory=list)

    @property
    def carl(self) -> Coordinator:
        return self.coordinator(cast.CARL)

    def coordinator(self, who: cast.Somebody) -> Coordinator:
        found = self.staff[who.name]
        assert isinstance(found, Coordinator)
        return found

    def supporter(self, first_name: str) -> Supporter:
        (found,) = (one for one in self.staff.values() if one.name.startswith(first_name))
        assert isinstance(found, Supporter)
        return found

    # -- how they come in

    def found(self, token: bytes) -> None:
        """Carl follows the one-time link, then certifies the others, who came by his invitations."""
        carl = Coordinator(self.wire.another(), cast.CARL.name, now_s=self.now_s)
        carl.found(token, email=cast.CARL.email)
        self.staff[carl.name] = carl
        carl.certify(*(self._join(who) for who in (cast.INES, cast.STAN)))
        carl.certify(*(self._join(who) for who in cast.SUPPORTERS))

    def _join(self, who: cast.Somebody) -> Staff:
        kind: type[Staff] = {"coordinator": Coordinator, "supporter": Supporter}.get(who.roles, Staff)
        person = kind(self.wire.another(), who.name, now_s=self.now_s)
        person.roles = who.roles
        person.use_words(email=who.email)
        person.join(self.carl.invite_staff(who.roles), who.profile or None)
        self.staff[person.name] = person
        return person

    def send_accounts(self) -> None:
        """Each peer chooses words, writes, and sends."""
        for story in stories.STORIES:
            peer = Peer(self.wire.another(), story.name, now_s=self.now_s)
            peer.use_words()
            if story.research:  # noted with the first notebook, so that no save of its own goes beside a row
                self.rows.append(rows.prepare_row(peer, "intake.v1", "intake", stories.row(story, peer.today)))
            if story is stories.DARIO:
                self.rows.append(rows.prepare_row(peer, "outtake.v1", "outtake", stories.outtake_row()))
                self.rows.append(rows.prepare_comment(peer, "outtake", stories.OUTTAKE_COMMENT))
            peer.enrol()
            peer.submit(stories.account(story, peer.today), stories.card(story, peer.today))
            self.peers[story.name] = peer

    def send_rows(self) -> None:
        """Nobody hands them in, in the order of nothing."""
        for row in sorted(self.rows, key=H):
            rows.post(self.wire, row)

    def entries(self) -> list[Entry]:
        """Peers first, then the staff."""
        peers = [Entry(one.name, "peer", "", self.peers[one.name].words, one.looks) for one in stories.STORIES]
        return peers + [Entry(w.name, w.roles, w.email, self.staff[w.name].words, w.looks) for w in cast.STAFF]


class Seeded(NamedTuple):
    """What the demo keeps of it: who has which words, a case that was taken home, and the rows for a steward."""

    people: list[Entry]
    home: bytes
    home_of: str
    rows: bytes


def seed(url: str, token: bytes, now_s: Any = time.time) -> Seeded:
    """Make the organisation on a site that is not founded yet. Args: token: of the founding link. Raises: Refused."""
    organisation = Organisation(Over(url), now_s)
    organisation.found(token)
    organisation.send_accounts()
    organisation.send_rows()
    tell_everything(organisation)
    dario, stan = organisation.peers["Dario"], organisation.staff[cast.STAN.name]
    return Seeded(organisation.entries(), take_home(dario), dario.name, rows.take_rows_home(stan))


def renew(url: str, carl: Entry, now_s: Any = time.time) -> None:
    """The list of people ends after seven days; Carl signs the next one, as a coordinator does each week."""
    coordinator = Coordinator(Over(url), carl.name, now_s=now_s)
    coordinator.use_words(carl.words, email=carl.email)
    coordinator.sign_in()
    coordinator.list_people()
