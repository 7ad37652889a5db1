"""Bring the locked npm packages into static/vendor/ as plain ES modules that a browser loads without an import map.

Run by the Makefile after `npm ci`. Nothing here is fetched: node_modules is the only source.
The .d.ts files beside the modules are for `tsc --checkJs` and are never served.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SODIUM = "libsodium-wrappers-sumo/dist/modules-sumo-esm/"
# `style-map` is left out (the CSP forbids style attributes), and so are the `unsafe-*` directives.
DIRECTIVES = ("class-map", "guard", "if-defined", "keyed", "live", "ref", "repeat", "when")
LIT = ("lit-html", "directive", "directive-helpers", "async-directive", *(f"directives/{name}" for name in DIRECTIVES))

FILES = {
    "libsodium/libsodium.mjs": "libsodium-sumo/dist/modules-sumo-esm/libsodium-sumo.mjs",
    "libsodium/libsodium-wrappers.mjs": SODIUM + "libsodium-wrappers.mjs",
    "libsodium/libsodium-wrappers.d.mts": SODIUM + "libsodium-wrappers.d.mts",
    "libsodium/LICENSE": "libsodium-wrappers-sumo/LICENSE",
    "lit-html/LICENSE": "lit-html/LICENSE",
    "uqr/uqr.mjs": "uqr/dist/index.mjs",
    "uqr/uqr.d.mts": "uqr/dist/index.d.mts",
    "uqr/LICENSE": "uqr/LICENSE",
    **{f"lit-html/{name}{end}": f"lit-html/{name}{end}" for name in LIT for end in (".js", ".d.ts")},
}
# Import maps do not reach workers, so the one bare specifier becomes a relative one.
BARE, RELATIVE = 'from"libsodium-sumo"', 'from"./libsodium.mjs"'


def plain_module(name: str, source: str) -> str:
    """The module's text with no bare specifier and no reference to a source map that isn't served."""
    if name == "libsodium/libsodium-wrappers.mjs":
        if source.count(BARE) != 1:
            sys.exit(f"{name}: expected one {BARE}; read the new release before you raise its version.")
        source = source.replace(BARE, RELATIVE)
    return "".join(line for line in source.splitlines(True) if not line.startswith("//# sourceMappingURL="))


def main() -> None:
    vendor = ROOT / "static" / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    for name, origin in FILES.items():
        source = ROOT / "node_modules" / origin
        if not source.is_file():
            sys.exit(f"{source.relative_to(ROOT)} is missing. Run `make build`, which runs `npm ci` first.")
        target = vendor / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(plain_module(name, source.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
