"""`python -m crypto COMMAND`: what people run on their own machines, without a server.

A command's module is loaded when it is asked for: a witness has neither Argon2 nor HPKE, and needs none.
"""

import argparse
import sys
from importlib import import_module

COMMANDS = {
    "open": ("at_home", "open an exported case, offline"),
    "open-rows": ("open_rows", "open sealed rows of research into files for a release"),
    "inspect": ("at_home", "show what a sealed file is, without a key"),
    "sign": ("sign_file", "sign with a root sheet, away from the server"),
    "next-root": ("next_root", "sign another log key or other witnesses, away from the server"),
    "verify-site": ("verify_site", "compare the pages of a site with the signed list"),
    "witness": ("witness.command", "watch a log from outside, and cosign what continues it"),
    "verify-log": ("auditor.command", "check a whole log, and name the first thing that is wrong"),
}
OURS = ("crypto", "instruments")  # missing, they are a fault and no package to install
INSTALL = (
    "This Python does not have {package}, which that command needs: once, in this folder and with a connection, type "
    "'python3 -m venv .venv && .venv/bin/pip install -r requirements.txt', then use .venv/bin/python, which needs none."
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns: 0, or 1 with words when it is refused, or when a package is missing."""
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package in ("", *OURS):
            raise
        print(INSTALL.format(package=package), file=sys.stderr)
        return 1


def _run(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crypto", description="Open, watch and check, without a server.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (module, about) in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        if name in given[:1]:
            import_module(f"crypto.{module}").add_arguments(command)
    chosen = parser.parse_args(given)
    module, _ = COMMANDS[chosen.command]
    return int(import_module(f"crypto.{module}").run(chosen))


if __name__ == "__main__":
    sys.exit(main())
