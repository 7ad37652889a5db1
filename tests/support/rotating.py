"""The log's key is changed as the operator and the holder of the root sheet do it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app import rooting
from crypto import keys
from crypto.__main__ import main
from tests.support.organisation import Person, Site
from tests.support.tree import take_in


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


class Rotating:
    """Carl's site, and him at its command line and, elsewhere, with the root sheet."""

    def __init__(
        self, site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
        *, anew: bool = False,
    ) -> None:  # fmt: skip
        """Args: anew: this test founds a site of another kind, which no other test may be given."""
        self.site, self.folder, self._patch, self._capsys = site, folder, monkeypatch, capsys

        def signed() -> Person:
            carl = site.found()
            site.staff(carl, "Nora", "supporter")
            take_in(site)
            return carl

        self.carl = signed() if anew else site.step("Nora is listed, and the log is signed", signed)
        self.file = folder / "next-root.alongside"

    def new_key(self) -> str:
        rooting.new_log_key(self.site.config)
        return next(line.strip() for line in self.said().splitlines() if line.startswith("  alongside+"))

    def said(self) -> str:
        return "".join(self._capsys.readouterr())

    def sign(self, *changes: str, sheet: str = "", yes: str = "yes") -> tuple[int, str]:
        """`next-root` on what the server prints now."""
        self._capsys.readouterr()
        assert rooting.for_roots(self.site.config) == 0
        (self.folder / "for-roots.json").write_text(self.said())
        typing(self._patch, yes, sheet or keys.root_sheet_text(self.site.root_code))
        status = main(["next-root", str(self.folder / "for-roots.json"), *changes])
        return status, self.said()

    def take(self, *, anyway: bool = False) -> tuple[int, str]:
        status = rooting.take_root(self.site.config, self.file, anyway=anyway)
        return status, self.said()

    def rotate(self) -> str:
        new = self.new_key()
        assert self.sign("--log-vkey", new)[0] == 0
        status, said = self.take()
        assert status == 0, said
        return new

    def kept(self) -> set[str]:
        return {path.name for path in self.site.config.instance.glob("log.key*")}

    def head(self) -> str:
        return str(self.site.device().ask("/log/proofs", {"leaves": []})["checkpoint"])
