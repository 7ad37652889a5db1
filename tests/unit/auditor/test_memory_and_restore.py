"""What Olga saw last time still stands; and what roots declared at a restore is what the old log was."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crypto import keys
from crypto.frame import H, frame
from tests.support.databases import ROOT
from tests.support.exported import Exported, some_leaves
from tests.unit.auditor.conftest import verdict, wrong
from tests.unit.crypto.cast import fixed, root_fields


@pytest.fixture
def site() -> Exported:
    site = Exported()
    site.logs[0] += some_leaves(300)
    return site


def audited(site: Exported, tmp_path: Path, run: int = 0) -> tuple[Path, Path]:
    """The export, and Olga's memory of having seen it."""
    folder, state = site.write(tmp_path / f"export{run}"), tmp_path / "olga.json"
    status, words = verdict(folder, "--state", str(state))
    assert status == 0, words
    return folder, state


def test_a_log_that_grew_is_well_and_remembered_anew(site: Exported, tmp_path: Path) -> None:
    _, state = audited(site, tmp_path)
    site.logs[0] += some_leaves(300, "later")
    audited(site, tmp_path, 1)
    assert json.loads(state.read_text())["logs"]["1"][0] == 602
    audited(site, tmp_path, 1)


def test_a_past_that_was_rewritten_is_named(site: Exported, tmp_path: Path) -> None:
    _, state = audited(site, tmp_path)
    before = state.read_text()
    site.logs[0][100] = (bytes(32), bytes(32))
    site.logs[0] += some_leaves(300, "later")
    said = wrong(site.write(tmp_path / "other"), "--state", str(state))
    assert said == "Log 1 was rewritten: its first 302 leaves are others than last time."
    assert state.read_text() == before


def test_a_log_that_was_cut_is_named(site: Exported, tmp_path: Path) -> None:
    _, state = audited(site, tmp_path)
    del site.logs[0][290:]
    said = wrong(site.write(tmp_path / "other"), "--state", str(state))
    assert said == "Log 1 was cut: it had 302 leaves last time, and has 290."


def test_another_site_at_the_same_place_is_named(site: Exported, tmp_path: Path) -> None:
    _, state = audited(site, tmp_path)
    other = Exported(coordinators=1)
    assert wrong(other.write(tmp_path / "other"), "--state", str(state)).startswith("This is another site")


def test_a_damaged_memory_is_not_replaced(site: Exported, tmp_path: Path) -> None:
    folder, state = audited(site, tmp_path)
    for damage in (state.read_text()[:-9], "[]", "{}", ""):
        state.write_text(damage)
        status, words = verdict(folder, "--state", str(state))
        assert status == 1 and "is no memory of an audit" in words
        assert state.read_text() == damage


def test_a_declared_restore_joins_two_logs(site: Exported, tmp_path: Path) -> None:
    _, state = audited(site, tmp_path)
    site.restore(250)
    site.logs[1] += some_leaves(40, "after the restore")
    status, words = verdict(site.write(tmp_path / "after"), "--state", str(state))
    assert status == 0, words
    assert "a restore: 52 leaves of log 1 no longer count" in words
    assert "Log 1: 302 leaves" in words and "Log 2: 41 leaves" in words
    audited(site, tmp_path, 2)


def test_a_number_used_again_after_the_cut_is_no_double(site: Exported, tmp_path: Path) -> None:
    site.restore(250)
    site.logs[1].append((site.logs[0][280][0], bytes(32)))
    assert verdict(site.write(tmp_path / "after"))[0] == 0
    site.logs[1].append((site.logs[0][249][0], bytes(32)))
    said = wrong(site.write(tmp_path / "twice"))
    assert said == "One number stands in the log twice: leaf 249 of log 1, and leaf 2 of log 2."


def test_a_restore_of_another_past_is_named(site: Exported, tmp_path: Path) -> None:
    site.restore(250, root=bytes(32))
    assert wrong(site.write(tmp_path)) == "Log 1 is not the one that the roots declared when log 2 began."


def test_a_restore_of_more_than_there_is_is_named(site: Exported, tmp_path: Path) -> None:
    site.restore(303)
    assert wrong(site.write(tmp_path)).startswith("Log 1 is shorter than what the roots declared")


def test_a_restore_that_too_few_roots_signed_is_named(site: Exported, tmp_path: Path) -> None:
    by_roots = site.org.by_roots
    site.org.by_roots = lambda thing, count=2: by_roots(thing, 1)
    site.restore(250)
    assert wrong(site.write(tmp_path)) == "The restore that began log 2 was not signed by enough roots."


def with_other_roots(site: Exported) -> None:
    """The second root names other sheets than the first."""
    others = [keys.ed_public(fixed(f"other root {i}")) for i in range(3)]
    second = frame("root", root_fields(version=2, prev=H(site.org.root), root_pks=others))
    site.roots.append(site.org.by_roots(second))
    site.put("root", 2, site.roots[-1])


def test_a_restore_by_sheets_that_had_been_replaced_is_named(site: Exported, tmp_path: Path) -> None:
    with_other_roots(site)
    site.restore(303)
    said = "The restore that began log 2 was signed by roots that had been replaced before."
    assert wrong(site.write(tmp_path)) == said


def test_a_copy_from_before_the_sheets_were_replaced_is_put_back_by_the_old_ones(
    site: Exported, tmp_path: Path
) -> None:
    site.restore(250)
    with_other_roots(site)
    status, words = verdict(site.write(tmp_path))
    assert status == 0, words


def test_a_restore_that_stands_in_another_log_is_named(site: Exported, tmp_path: Path) -> None:
    site.restore(250)
    line = site.logs[1].pop()
    site.restore(0)
    site.logs[2].append(line)
    assert wrong(site.write(tmp_path)) == "The restore that began log 2 stands in log 3."


def test_a_log_that_began_without_a_restore_is_named(site: Exported, tmp_path: Path) -> None:
    site.logs.append(some_leaves(5, "from nowhere"))
    assert wrong(site.write(tmp_path)) == "Log 2 began without a restore that the roots declared."


def test_a_log_that_is_gone_is_named(site: Exported, tmp_path: Path) -> None:
    site.restore(250)
    _, state = audited(site, tmp_path)
    del site.logs[1], site.lanes["restore"][0]
    assert wrong(site.write(tmp_path / "less"), "--state", str(state)) == "Log 2, which was there last time, is gone."


def test_the_command_runs_without_what_a_server_needs(site: Exported, tmp_path: Path) -> None:
    folder = site.write(tmp_path / "export")
    code = f"""
import sys
before = set(sys.modules)
from crypto.__main__ import main
status = main(['verify-log', {str(folder)!r}])
names = {{name.split('.')[0] for name in set(sys.modules) - before}} - sys.stdlib_module_names
print(status, *sorted(names))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 _cffi_backend _sodium crypto nacl"


def test_a_place_that_is_none_is_said_in_words(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere", "http://", "http://127.0.0.1:1", "http://user@127.0.0.1/"):
        status, words = verdict(place)
        assert status == 1 and words.startswith("Not checked: "), words
