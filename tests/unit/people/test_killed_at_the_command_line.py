"""take-root and restored die at each of their statements: what is in the database is believed, and the same again goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app import restoring
from app.audit import signer
from tests.support.backup import back_up, put_back
from tests.support.databases import Database
from tests.support.forked import spoken
from tests.support.organisation import Site
from tests.support.rotating import Rotating
from tests.support.tree import check_tree, rows, take_in, write_events

# The command itself; for each number it reads, a child that dies at that statement, begin or commit.
# Before there is a child, a command that only reads: what it makes ready, none of them makes anew.
DIES = """
import contextlib, gc, io, os, signal, sys
from pathlib import Path
import sqlalchemy as sa
from app import restoring, rooting
from app.config import Config
url, instance, clock, command, file = sys.argv[1:]
config = Config(instance=Path(instance), database_url=url, clock_file=Path(clock), testing=True)
run = {'take-root': rooting.take_root, 'restored': restoring.declare_restore}[command]
out = os.dup(1)
os.dup2(2, 1)
with contextlib.redirect_stdout(io.StringIO()):
    assert rooting.for_roots(config) == 0
gc.collect()
gc.freeze()
for at in range(1, 500):
    child = os.fork()
    if child == 0:
        steps = 0
        def step(*_):
            global steps
            steps += 1
            if steps == at:
                os.kill(os.getpid(), signal.SIGKILL)
        for name in ('begin', 'before_cursor_execute', 'after_cursor_execute', 'commit'):
            sa.event.listen(sa.Engine, name, step)
        os._exit(run(config, Path(file)))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(out, f'{status}\\n'.encode())
    if status >= 0 or not sys.stdin.readline():
        break
"""


@pytest.fixture
def rotating(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Rotating:
    return Rotating(site, tmp_path, monkeypatch, capsys)


def killed(rotating: Rotating, database: Database, command: str, file: Path, look: Callable[[], None]) -> int:
    """How often it was killed before it came to its end; `look` looks at what is there after each."""
    config = rotating.site.config
    given = [database.url, str(config.instance), str(config.clock_file), command, str(file)]
    with spoken(DIES, *given) as process:
        times = 0
        while (status := int(process.stdout.readline())) < 0:
            look()
            times += 1
            process.stdin.write("\n")
    assert status == 0, "once it is not killed it says that all is well"
    return times


@pytest.mark.slow
def test_a_root_that_is_taken_is_in_force_as_a_whole_or_not_at_all(rotating: Rotating, database: Database) -> None:
    rotating.sign("--log-vkey", rotating.new_key())

    def look() -> None:
        many = [len(rows(database, f"select version from {table}")) for table in ("roots", "directories")]
        assert many in ([1, 2], [2, 3])
        assert check_tree(database) == 5, "its head is signed by the key that the newest root names"

    assert killed(rotating, database, "take-root", rotating.file, look) > 20
    signer.load(rotating.site.config.instance)
    assert take_in(rotating.site) == 2 and check_tree(database) == 7


@pytest.mark.slow
def test_the_next_log_begins_as_a_whole_or_not_at_all(rotating: Rotating, database: Database) -> None:
    backup = back_up(database)
    write_events(rotating.site.store(), rotating.carl.site, 3)
    take_in(rotating.site)
    put_back(database, backup)
    assert restoring.make_restore(rotating.site.config) == 0
    file = rotating.folder / "signed"
    file.write_bytes(rotating.site.by_roots((rotating.site.config.instance / restoring.FILE).read_bytes()))

    def look() -> None:
        many = [len(rows(database, f"select * from {table}")) for table in ("logs", "restores")]
        assert many in ([1, 0], [2, 1])
        assert (check_tree(database, 1), check_tree(database, 2)) == (5, 0)

    assert killed(rotating, database, "restored", file, look) > 10
    assert take_in(rotating.site) == 1 == check_tree(database, 2)
