"""Stan the steward and Rita the researcher, both listed; Rita has signed the terms."""

from typing import TypeVar

import pytest

from demo.people import Staff
from demo.releases import Researcher, Steward
from tests.support.databases import ROOT
from tests.support.people import CastInside
from tests.support.people import cast as cast

Kind = TypeVar("Kind", bound=Staff)


@pytest.fixture
def stan(cast: CastInside) -> Steward:
    return listed(cast, Steward, "Stan Steward")


@pytest.fixture
def rita(cast: CastInside) -> Researcher:
    rita = listed(cast, Researcher, "Rita Researcher")
    rita.agree(content=terms())
    return rita


def listed(cast: CastInside, kind: type[Kind], name: str) -> Kind:
    """Somebody who joined and was let in."""
    person = kind(cast.wire.another(), name, now_s=cast.clock.now_s)
    person.join(cast.carl.invite_staff(kind.roles))
    cast.carl.certify(person)
    return person


def terms() -> bytes:
    return (ROOT / "static" / "data-use.v1.txt").read_bytes()
