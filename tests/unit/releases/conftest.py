"""Stan the steward and Rita the researcher, both listed; Rita has signed the terms."""

import pytest

from demo.releases import Researcher, Steward
from tests.support.databases import ROOT
from tests.support.people import CastInside
from tests.support.people import cast as cast


@pytest.fixture
def stan(cast: CastInside) -> Steward:
    return cast.stages.reach("Stan is listed", lambda: cast.staff(Steward, "Stan Steward"))


@pytest.fixture
def rita(cast: CastInside) -> Researcher:
    def agreed() -> Researcher:
        rita = cast.staff(Researcher, "Rita Researcher")
        rita.agree(content=terms())
        return rita

    return cast.stages.reach("Rita has signed the terms", agreed)


def terms() -> bytes:
    return (ROOT / "static" / "data-use.v1.txt").read_bytes()
