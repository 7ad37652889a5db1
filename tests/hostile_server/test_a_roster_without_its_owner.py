"""Nora, who may leave people out, leaves Sara out of her own case, or makes Uma its owner beside her.

No single check stands behind it: exactly one owner, the same owner as before, items unchanged, and the number of the case,
which its owner's fingerprint gives.
"""

from typing import Any

import pytest

from crypto import keys
from crypto.entry import OWNER
from crypto.frame import frame, unframe
from tests.hostile_server.liar import Liar
from tests.hostile_server.seen import closed


@pytest.mark.parametrize("how", ["left out", "two owners"])
def test_a_case_keeps_its_one_owner(liar: Liar, how: str) -> None:
    sara, nora, tomas, uma = liar.team()
    case = nora.open(sara.case)
    made = case.make_rekey([m for m in case.members() if m["identity"] != tomas.identity.frame])
    fields: dict[str, Any] = unframe("roster", made["roster"])
    gone = sara.fp if how == "left out" else uma.fp
    members = [one for one in fields["members"] if one[:32] != gone]
    if how == "two owners":
        members.append(uma.fp + bytes([OWNER]))
    roster = frame("roster", {**fields, "members": members})
    entry = frame("entry", {"header": roster, "body": keys.sign(nora.identity.ed_seed, roster)})
    visit = liar.sit_down(sara, wire={"/cases/open": liar.slip_in(sara.case, entry, actor=nora.fp)})
    closed(visit.page)
