"""Makes Python's vectors: `python -m tests.vectors.make`. One failure each; what both sides must refuse alike."""

import json
from pathlib import Path
from typing import Any

from tests.vectors import (
    make_case,
    make_directory,
    make_export,
    make_frames,
    make_letters,
    make_log,
    make_people,
    make_rows,
    make_secrets,
    run,
)

SOURCES = {
    "frame": "SPEC 2", "outer": "SPEC 3; Padme (PETS 2019)", "signing": "SPEC 4; RFC 8032", "people": "SPEC 5",
    "directory": "SPEC 6", "chain": "SPEC 7", "log": "SPEC 9; RFC 6962, RFC 9162",
    "tree": "SPEC 9; RFC 6962", "checkpoint": "SPEC 10; C2SP",
    "receipt": "SPEC 11", "keys": "SPEC 12; RFC 5869, RFC 9106, RFC 4648", "box": "SPEC 3; draft-irtf-cfrg-xchacha-03",
    "seal": "SPEC 3; RFC 9180, draft-connolly-cfrg-xwing-kem", "payload": "SPEC 8; RFC 8259, RFC 7493",
    "grant": "SPEC 7", "record": "SPEC 7", "letter": "SPEC 8", "row": "SPEC 8", "submission": "SPEC 7", "export": "SPEC 13",
}  # fmt: skip


class Vectors:
    """Collects vectors; each is run as it is added, so none is written that Python itself would not pass."""

    def __init__(self) -> None:
        self.files: dict[str, list[dict[str, Any]]] = {module: [] for module in SOURCES}

    def gives(self, module: str, name: str, fn: str, /, **given: Any) -> None:
        self._add(module, name, fn, given, {"out": run.call(module, fn, run.to_json(given))})

    def refuses(self, module: str, expect: str, name: str, fn: str, /, **given: Any) -> None:
        try:
            run.call(module, fn, run.to_json(given))
        except run.error_class(expect) as refused:
            positions = getattr(refused, "positions", None)
            self._add(module, name, fn, given, {"expect": expect} | ({"positions": positions} if positions else {}))
            return
        raise AssertionError(f"{module}: {name} was not refused")

    def _add(self, module: str, name: str, fn: str, given: dict[str, Any], result: dict[str, Any]) -> None:
        assert name not in {v["name"] for v in self.files[module]}, name
        self.files[module].append({"name": name, "by": "python", "fn": fn, "in": run.to_json(given), **result})

    def write(self, folder: Path) -> None:
        for module, vectors in self.files.items():
            lines = ",\n  ".join(json.dumps(v, ensure_ascii=True) for v in vectors)
            head = f'{{"module": "{module}", "source": "{SOURCES[module]}", "vectors": [\n  '
            (folder / f"{module}.json").write_text(head + lines + "\n]}\n", "utf-8")


def main() -> None:
    vectors = Vectors()
    for part in (
        make_frames,
        make_people,
        make_directory,
        make_case,
        make_log,
        make_secrets,
        make_letters,
        make_rows,
        make_export,
    ):
        part.make(vectors)
    vectors.write(Path(__file__).parent)
    print(", ".join(f"{module}: {len(v)}" for module, v in vectors.files.items()))


if __name__ == "__main__":
    main()
