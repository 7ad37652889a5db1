"""An export of the log, unpacked, also with a Python 3.11 of before `tarfile` could be told to be careful."""

import io
import tarfile
from pathlib import Path
from typing import Any

CAREFULLY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}


def unpack(data: bytes, folder: Path) -> Path:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        tar.extractall(folder, **CAREFULLY)
    return folder
