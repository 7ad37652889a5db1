"""What the zygote's application has done once before servers are forked from it (zygote.py): what pages ask most, so that each
server need not find out anew how that is done. To find it out was a quarter of what a server cost."""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path

from demo.wire import Over, b64
from tests.support.clock import Clock
from tests.support.databases import Database
from tests.support.forked import Zygote, zygote
from tests.support.people import Cast

_practised: Zygote | None = None


def practised() -> Zygote:
    """The zygote of this process, once it has practised."""
    global _practised
    here = zygote()
    if here is not _practised:
        practise(here)
        _practised = here
    return here


def practise(here: Zygote) -> None:
    with tempfile.TemporaryDirectory() as home, socket.create_server(("127.0.0.1", 0)) as listener:
        _at_a_site(here, Path(home), listener)


def _at_a_site(here: Zygote, home: Path, listener: socket.socket) -> None:
    database, clock = Database("sqlite", f"sqlite:///{home / 'alongside.sqlite'}", home), Clock(home / "now")
    environment = {
        "ALONGSIDE_INSTANCE": str(home / "instance"),
        "ALONGSIDE_DATABASE_URL": database.url,
        "ALONGSIDE_TESTING": "1",
        "ALONGSIDE_NOW": str(clock.file),
    }
    with here.practising(environment, listener.fileno()):
        _go_the_usual_way(Cast(database, Over(f"http://localhost:{listener.getsockname()[1]}"), clock))
    database.close()


def _go_the_usual_way(cast: Cast) -> None:
    sara, nora = cast.sent(), cast.supporter()
    cast.team(sara, nora)
    nora.say(sara.case, {"kind": "message", "text": "I am here."})
    sara.open(sara.case)
    sara.save_notebook()
    cast.carl.queue()
    cast.carl.list_people(revoke=(cast.supporter("Vera Vance").fp,))
    for person in (sara, nora, cast.carl):
        person.cases()
        person.letters()
        person.post("/sign-in/share")
        person.post("/intake/drafts")
        person.post("/log/since", log=1, size=0)
        person.post("/log/proofs", leaves=[b64(bytes(32))])
        person.post("/log/public")
