"""Where the rows of the table of routes find what is asked of them."""

from __future__ import annotations

from collections.abc import Callable

from demo.client import Person
from tests.support.roles import Asked, Roles

Make = Callable[[Roles, Person], Asked]
MAKE: dict[str, Make] = {}


def row(name: str) -> Callable[[Make], Make]:
    def keep(make: Make) -> Make:
        MAKE[name] = make
        return make

    return keep
