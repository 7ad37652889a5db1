"""A lie that is told twice at one place: to the page as it is, which refuses it; and to the same page loaded anew without the check
that refused it, which believes it. Where a page that is loaded anew is not told the same, test_every_check_is_needed.py begins afresh.
What `believed` looks for must not be so on a page that refuses: it is asked where the lie was refused a moment ago.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.hostile_server.liar import Check, Liar

Test = Callable[[Liar], None]
TOLD_TWICE: list[Test] = []


def told_twice(
    check: Check,
    tell: Callable[[Liar], Any],
    refused: Callable[[Any], None],
    believed: Callable[[Any], None],
    goes_on: Callable[[Any], None] | None = None,
) -> Test:
    """Gives: the test. Args: goes_on: what the person does once the page is there, as they do at the end of `tell`."""

    def test(liar: Liar) -> None:
        visit = tell(liar)
        refused(visit)
        liar.again(visit, check)
        if goes_on:
            goes_on(visit)
        believed(visit)

    TOLD_TWICE.append(test)
    return test
