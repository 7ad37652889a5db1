"""How often one address may fail: enough for a person and a hospital, too few for a guesser."""

from __future__ import annotations

import logging

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, headers_enabled=False)
logging.getLogger("flask-limiter").setLevel(logging.ERROR)  # below that it names addresses

# Only tries that fail count (guessed words, tokens, links), so that many can work behind one address.
few_failures = limiter.limit(
    "30 per minute; 300 per hour", deduct_when=lambda response: response.status_code in (401, 404, 410)
)
