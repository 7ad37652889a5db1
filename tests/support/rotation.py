"""What operator and holder of a root sheet do when the log's key or its witnesses change: the commands, as they are typed."""

from __future__ import annotations

from pathlib import Path

from crypto import keys
from crypto.__main__ import main
from tests.support.forked import command
from tests.support.server import Server
from tests.support.typed import Done, typed


def offline(*arguments: str | Path, given: str = "") -> Done:
    """`python -m crypto ...`, away from the server. Args: given: what is typed at its questions."""
    return typed(main, *arguments, given=given)


def at_server(server: Server, *arguments: str | Path) -> Done:
    """`python -m app.cli ...`, with this server's settings."""
    return command("app.cli", *arguments, env=server.environment)


def new_key(server: Server) -> str:
    """The verifier key that `new-log-key` prints."""
    said = at_server(server, "new-log-key").stdout
    return next(line.strip() for line in said.splitlines() if line.startswith("  alongside+"))


def signed(server: Server, folder: Path, root_code: bytes, *changes: str) -> Path:
    """The next root and the list under it, signed by the holder of this sheet."""
    folder.mkdir(exist_ok=True)
    (folder / "for-roots.json").write_text(at_server(server, "for-roots").stdout)
    sheet = keys.root_sheet_text(root_code)
    done = offline("next-root", folder / "for-roots.json", *changes, given=f"yes\n{sheet}\n")
    assert done.returncode == 0, done.stderr
    return folder / "next-root.alongside"
