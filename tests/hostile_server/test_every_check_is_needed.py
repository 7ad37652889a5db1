"""Each check of the client is switched off in turn, in a patched copy of its one script, and its own lie is told again: it is
then believed. So no check is there for show, and none hides behind another. A check whose text is gone fails here.

Most are told again where they were refused (twice.py), in their own test; the others at a site of their own, here."""

import importlib
import pkgutil
from types import ModuleType

import pytest

import tests.hostile_server as package
from tests.hostile_server.liar import Liar
from tests.hostile_server.twice import TOLD_TWICE

LIES = sorted(
    name
    for _, name, _ in pkgutil.iter_modules(package.__path__)
    if name.startswith("test_") and name != __name__.rsplit(".", 1)[1]
)


def lie(name: str) -> ModuleType:
    return importlib.import_module(f"{package.__name__}.{name}")


WITH_A_CHECK = [name for name in LIES if hasattr(lie(name), "CHECK")]
AFRESH = [name for name in WITH_A_CHECK if not any(part in TOLD_TWICE for part in vars(lie(name)).values())]


@pytest.mark.parametrize("name", AFRESH)
def test_without_its_check_the_lie_is_believed(name: str, liar: Liar) -> None:
    told = lie(name)
    liar.off = told.CHECK
    visit = told.tell(liar)
    told.believed(visit)


def test_each_lie_says_what_is_refused() -> None:
    assert len(WITH_A_CHECK) > 30
    for name in LIES:
        told = lie(name)
        assert hasattr(told, "CHECK") == hasattr(told, "believed"), name
        assert not hasattr(told, "CHECK") or (callable(told.tell) and callable(told.refused)), name
        assert any(part.startswith("test_") for part in vars(told)), f"{name} tells nothing"


def test_no_two_lies_share_a_check() -> None:
    checks = [lie(name).CHECK for name in WITH_A_CHECK]
    assert len({(check.file, check.text) for check in checks}) == len(checks)
