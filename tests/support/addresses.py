"""Where a browser finds a script, under the name of what is in static/ now."""

from functools import cache

from app import kept


@cache
def _name() -> str:
    return kept.name(kept.sources())


def static(path: str) -> str:
    """Args: path: in static/."""
    return kept.address(_name(), path)


def script(path: str) -> str:
    """Args: path: in static/js/."""
    return static(f"js/{path}")
