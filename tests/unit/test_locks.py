"""The locks pin what is installed, by hash, and say nothing about where it comes from."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = sorted(ROOT.glob("requirements*.txt"))
NPM_LOCK = ROOT / "package-lock.json"
ADDRESS = re.compile(r"://|--(extra-)?index-url|--find-links|--trusted-host|-i\s|file:/", re.IGNORECASE)


def addresses(text: str) -> list[str]:
    return [line for line in text.splitlines() if ADDRESS.search(line)]


def unpinned(lock: str) -> list[str]:
    """The requirements of a pip lock that have no exact version or no sha256."""
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", lock).strip())
    return [
        b.split()[0] for b in blocks if b and not re.match(r"[\w.\[\]-]+==\S+ \\\n\s+--hash=sha256:[0-9a-f]{64}", b)
    ]


def test_there_are_locks_for_the_server_for_tests_and_for_node() -> None:
    names = {lock.name for lock in PYTHON_LOCKS}
    assert {"requirements.txt", "requirements-dev.txt", "requirements-node.txt"} <= names


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, NPM_LOCK, ROOT / ".npmrc"], ids=lambda path: path.name)
def test_a_lock_names_no_host(lock: Path) -> None:
    assert addresses(lock.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash(lock: Path) -> None:
    assert unpinned(lock.read_text(encoding="utf-8")) == []


def test_every_npm_package_is_pinned_by_hash_and_runs_no_script() -> None:
    packages = {
        name: entry for name, entry in json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"].items() if name
    }
    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, entry in packages.items() if entry.get("hasInstallScript")] == []


def test_the_tests_run_on_the_very_versions_that_the_server_runs_on() -> None:
    pins = [
        dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert pins[0].items() <= pins[1].items()


@pytest.mark.parametrize(
    "line", ["--index-url https://host/simple", "x @ file:///tmp/x.whl", '"resolved": "https://host/x.tgz"']
)
def test_an_address_in_a_lock_is_caught(line: str) -> None:
    assert addresses(f"flask==3.1.3\n{line}\n") == [line]


@pytest.mark.parametrize(
    "lock", ["flask>=3\n", "flask==3.1.3\n", "a==1 \\\n    --hash=sha256:" + "0" * 64 + "\nflask\n"]
)
def test_a_package_without_a_version_or_hash_is_caught(lock: str) -> None:
    assert unpinned(lock)
