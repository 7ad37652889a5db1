"""What a site says of itself, put together from its pages. Nothing here is proven yet."""

from collections.abc import Callable
from typing import Any

from crypto.auditor.wrong import Wrong
from crypto.log import SITE_LANES

MOST_PAGES = 100_000

Ask = Callable[[dict[str, Any]], dict[str, Any]]


def read_whole(ask: Ask) -> dict[str, Any]:
    """All that `POST /log/public` has to say, as an export's `public.json` holds it.

    What the log took in after the first page was read has no place yet: the heads, which came with that page, don't
    reach so far.

    Args: ask: the body of a request to its answer. Raises: Wrong, and what `ask` raises.
    """
    page = ask({})
    whole, pages = page, 1
    try:
        while more := page.get("more"):
            page, pages = ask({"after": more}), pages + 1
            if page.get("more") == more or pages > MOST_PAGES:
                raise Wrong("What the site says of itself has no end.")
            for lane in SITE_LANES:
                whole["lanes"][lane] += page["lanes"][lane]
            whole["bindings"] += page["bindings"]
        whole.pop("more", None)
        return _as_of_the_heads(whole)
    except (KeyError, TypeError, AttributeError):
        raise Wrong("What the site says of itself has not the form that it must have.") from None


def _as_of_the_heads(whole: dict[str, Any]) -> dict[str, Any]:
    sizes = {one["number"]: one["size"] for one in whole["logs"]}
    for lane in SITE_LANES:
        for one in whole["lanes"][lane]:
            if one["position"] is not None and one["position"] >= sizes.get(one["log"], 0):
                one.update(log=None, position=None)
    return whole
