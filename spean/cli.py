"""`spean`: all that can be typed, with its options; `spean.commands` does it."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from spean.commands import filling, keeping, rounds, running

EPILOG = """\
Settings come from the environment: docs/reference/settings.md has them all.
SPEAN_DATABASE_URL chooses PostgreSQL; without it the data is in SQLite, in the folder SPEAN_DATA_DIR.
"""


def _size(typed: str) -> float | str:
    return typed if typed == "country" else float(typed)


# -- what can be typed ----------------------------------------------------------------------------------


class _Commands:
    """All commands; each says in its help what its function says."""

    def __init__(self, top: argparse.ArgumentParser) -> None:
        self.all = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(self, name: str, run: Callable[[argparse.Namespace], int], group: Any = None) -> argparse.ArgumentParser:
        """One command, of a group or of none."""
        words = (run.__doc__ or "").strip()
        command = (group or self.all).add_parser(name, help=words.split("\n")[0].rstrip("."), description=words)
        command.set_defaults(run=run)
        return command

    def group(self, name: str, words: str) -> Any:
        """Commands about one thing."""
        about = self.all.add_parser(name, help=words, description=f"{words}.")
        return about.add_subparsers(title="commands", metavar="COMMAND", required=True)


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(
        prog="spean",
        description="Spean (ស្ពាន, bridge): a voice from a village is heard and answered.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = _Commands(top)
    _to_run(commands)
    _to_fill(commands)
    _to_look_after(commands)
    commands.add("check", running.check)
    return top


def _to_run(commands: _Commands) -> None:
    town = commands.add("demo", running.demo)
    town.add_argument("--port", type=int, default=8000, help="where it serves on 127.0.0.1 (%(default)s)")
    town.add_argument("--reset", action="store_true", help="throw the town away and make it again")
    town.add_argument("--no-serve", dest="serve", action="store_false", help="end after the tour, with its verdict")
    size = (
        'how large a town: 1 is about 2,000 concerns; "country" a volunteer in every village and 1,000,000 concerns (%(default)s)'
    )
    town.add_argument("--size", type=_size, default=1.0, help=size)
    server = commands.add("serve", running.serve)
    server.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    server.add_argument("--port", type=int, default=8000, help="(%(default)s)")


def _to_fill(commands: _Commands) -> None:
    commands.add("migrate", filling.migrate)
    commands.add("import", filling.gazetteer_import, commands.group("gazetteer", "The places of Cambodia and the world"))
    library = commands.group("library", "What we tell people: facts, ways, law")
    commands.add("export", filling.library_export, library).add_argument(
        "folder", type=Path, help="the folder; it is made where it is not"
    )
    read = commands.add("load", filling.library_load, library)
    read.add_argument("--folder", type=Path, help="a folder with files like those in spean/library/data, which are the default")
    read.add_argument(
        "--draft", action="append", default=[], metavar="NAME",
        help="make a draft of this text of the files, which people here wrote otherwise (way/malaysia, law/agreed), or of all",
    )  # fmt: skip
    helpers = commands.group("directory", "The help directory: who helps with what, where, when")
    commands.add("load", filling.directory_load, helpers)
    organisations = commands.group("organisation", "Organisations and the places whose reports they read")
    commands.add("list", filling.organisation_list, organisations)
    more = commands.add("team", filling.organisation_team, organisations)
    more.add_argument("org", type=UUID, help="the organisation's id, from `spean organisation list`")
    _describe_organisation(commands.add("add", filling.organisation_add, organisations), more)


def _to_look_after(commands: _Commands) -> None:
    once_a_day = commands.add("daily", rounds.daily)
    once_a_day.add_argument(
        "--clock-is-right", action="store_true", help="after a leap of the date: somebody has looked at the clock"
    )
    commands.add("hourly", rounds.hourly)
    rebuild = commands.add("rebuild", rounds.search_rebuild, commands.group("search", "The search among issues and stories"))
    rebuild.add_argument("--all", action="store_true", help="write every row again, as after a new version of the word list")
    trail = commands.group("audit", "The audit trail: who did what to which id")
    verify = commands.add("verify", keeping.audit_verify, trail)
    verify.add_argument("--org", type=UUID, help="only this organisation")
    verify.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE", help="a note that a witness kept")
    verify.add_argument("--export", type=Path, metavar="FILE", help="verify an export, without database and keystore")
    verify.add_argument("--public-key", metavar="HEX", help="the audit key's public half, for --export")
    commands.add("checkpoint", keeping.audit_checkpoint, trail).add_argument("--org", type=UUID, help="only this organisation")
    export = commands.add("export", keeping.audit_export, trail)
    export.add_argument("org", type=UUID)
    export.add_argument("file", type=Path)
    keystore = commands.group("keys", "The keystore: what must not be lost")
    commands.add("status", keeping.keys_status, keystore)
    commands.add("backup", keeping.keys_backup, keystore).add_argument("file", type=Path)


def _describe_organisation(first: argparse.ArgumentParser, more: argparse.ArgumentParser) -> None:
    """What is said of a new organisation, and of another team of it."""
    from spean.accounts.enums import OrganisationKind, WorkLevel

    for command in (first, more):
        command.add_argument("--name-km", required=True, help="its Khmer name")
        command.add_argument("--name-en", required=True, help="its English name")
        command.add_argument("--place", metavar="CODE", help="the place it works for, a committee's always: 14 is Prey Veng")
        command.add_argument("--receives-reports", action="store_true", help="its team reads what people report from that place")
    kinds = OrganisationKind.values
    first.add_argument("--kind", required=True, choices=kinds, metavar="KIND", help=", ".join(kinds))
    first.add_argument("--level", required=True, choices=WorkLevel.values, help="how far its work reaches")
    first.add_argument("--second-factor", action="store_true", help="its people must use a code from their telephone as well")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code is 0 when all is well."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `spean audit verify | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
