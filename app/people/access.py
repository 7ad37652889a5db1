"""What a role of the directory lets somebody do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask_login import current_user

from app import http
from app.accounts.access import locked
from app.errors import Refusal
from app.people import service


def needs(*any_of: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Only for somebody who holds one of these roles now. Raises: Refusal 401 `locked`, 403 `not-yours`."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                raise locked()
            if current_user.role != "staff" or not service.roles(http.store(), current_user.fp) & set(any_of):
                raise Refusal(403, "not-yours", "This part is for other people. Nothing was changed.")
            return view(*args, **kwargs)

        return guarded

    return guard
