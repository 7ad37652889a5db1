"""Every page that is looked at before a change is called done, and how to get to each.

A page that needs more than its address has a `prepare`: it gets the visit, which is at the address already, and
does what a person would do. `app.shells.SHELLS` must be covered; `make shots` says which page is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.browser import Visit


@dataclass(frozen=True)
class Shot:
    name: str
    path: str
    prepare: Callable[[Visit], None] | None = None
    complains: str = ""  # what the browser may complain of, as a pattern: the 404 of a page that isn't there


PAGES = [
    Shot("landing", "/"),
    Shot("intake", "/intake"),
    Shot("sign-in", "/sign-in"),
    Shot("exit", "/exit"),
    Shot("case", "/case"),
    Shot("desk", "/desk"),
    Shot("supporter", "/supporter"),
    Shot("people", "/people"),
    Shot("setup", "/setup"),
    Shot("privacy", "/privacy"),
    Shot("accessibility", "/accessibility"),
    Shot("not-found", "/no-such-page", complains="404"),
]
