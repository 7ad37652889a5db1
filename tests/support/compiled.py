"""What SQLAlchemy has made of a statement for one database serves every other of its kind in this process."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.util import LRUCache

MOST = 4000  # statements: more than the product has
_kept: dict[str, tuple[sa.Dialect, LRUCache[Any, Any]]] = {}


def shared(engine: sa.Engine) -> sa.Engine:
    """The same engine. To compile its statements anew was a tenth of a test's time."""
    found = _kept.get(engine.dialect.name)
    if found is None or found[0].server_version_info is None:  # it has never asked its database what it is
        found = _kept[engine.dialect.name] = engine.dialect, LRUCache(MOST)
    engine.dialect, engine._compiled_cache = found
    return engine
