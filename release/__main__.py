"""`python -m release COMMAND`: what a steward runs at home. A command's module is loaded when asked for."""

import argparse
import sys
from importlib import import_module

COMMANDS = {
    "build": ("building", "make a release from rows, attack it, and write it if it withstands"),
    "legacy": ("legacy", "make rows from a REDCap export of earlier years"),
    "notice": ("notice", "tell those who hold a release that people withdrew, eleven or more at a time"),
    "public": ("public_page", "sample the histograms of the public page, once for each yearly cohort"),
    "simulate": ("simulate", "tell what a release would leak beside those before it, and when the next one is safe"),
    "tables": ("tabulate", "make frequency tables from rows, for cohorts in which rows would tell"),
    "themes": ("themes", "count comments that two coders sorted into themes, and how far they agree"),
    "verify": ("verify", "attack a written release, with nothing but its files and those before it"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns: 0, or a number above with words on the error output (see docs/release.md)."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m release", description="Build, attack and check releases.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (module, about) in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        if name in given[:1]:
            import_module(f"release.{module}").add_arguments(command)
    chosen = parser.parse_args(given)
    module, _ = COMMANDS[chosen.command]
    return int(import_module(f"release.{module}").run(chosen))


if __name__ == "__main__":
    sys.exit(main())
