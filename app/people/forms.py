"""What a coordinator sets when inviting somebody, checked by WTForms over JSON."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Regexp

from app.errors import Refusal
from crypto.people import ROLES

# WTForms warns about pairs; its stubs know nothing else.
ROLE_CHOICES: Any = sorted(ROLES)


class InviteForm(Form):
    token_hash = StringField(validators=[Regexp(r"^[A-Za-z0-9_-]{43}$")])
    roles = SelectMultipleField(choices=ROLE_CHOICES, validators=[DataRequired()])


def read_invite(body: dict[str, Any]) -> InviteForm:
    """The form, filled. Raises: Refusal 400 that names the field."""
    roles = body.get("roles")
    pairs = [("roles", role) for role in roles] if isinstance(roles, list) else []
    form = InviteForm(MultiDict([("token_hash", str(body.get("token_hash"))), *pairs]))
    if not form.validate():
        field = "roles" if "roles" in form.errors else "token_hash"
        words = {"roles": "Choose at least one role from the list.", "token_hash": "Make the link again."}[field]
        raise Refusal(400, "malformed", words, field=field)
    return form
