"""How the server runs on one machine. No access log: it would hold addresses and times."""

import logging
import os
import sys
from typing import Any

host = os.environ.get("ALONGSIDE_BIND", "127.0.0.1")
bind = f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("ALONGSIDE_WORKERS", "2"))
preload_app = True  # what all workers share is loaded once; each opens its own connections
worker_class = "gthread"
threads = 8
accesslog = None
errorlog = "-"
loglevel = os.environ.get("ALONGSIDE_LOG_LEVEL", "warning")
timeout = 60
graceful_timeout = 10
keepalive = 5
control_socket_disable = True


def _without_address(record: logging.LogRecord) -> bool:
    """Of a request that can't be read, gunicorn would write the address and a piece of what was sent."""
    if str(record.msg).startswith("Invalid request from"):
        record.msg, record.args = "A request could not be read.", ()
    return True


logging.getLogger("gunicorn.error").addFilter(_without_address)


def post_worker_init(worker: Any) -> None:
    """Each worker may put waiting events into the log's tree (the database lets one at a time) and ask witnesses."""
    site = sys.modules.get("wsgi")
    if site is None:  # a bare program that the product is measured against
        return
    from app.audit import sequencer, witnesses

    worker.ends = [sequencer.start(site.settings), witnesses.start(site.settings)]


def worker_exit(_server: Any, worker: Any) -> None:
    for end in getattr(worker, "ends", ()):
        end()
