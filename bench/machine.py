"""What the numbers were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

from tests.support.browser import chromium_path


def machine() -> str:
    """Cores, processor, load, Python and Chromium, in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = os.getloadavg()[0]
    return (
        f"{cores} cores, {_processor()}, {load:.1f} waiting in the last minute; "
        f"Python {platform.python_version()}; {_chromium()}"
    )


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1].strip() if found else platform.machine()


def _chromium() -> str:
    try:
        said = subprocess.run([chromium_path(), "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (AssertionError, OSError, subprocess.SubprocessError):
        return "no Chromium"
    found = re.search(r"\d[\d.]+", said.stdout)
    return f"Chromium {found[0] if found else '?'}"
