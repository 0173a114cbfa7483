"""`make bench`: runs each workload beside its peer or limit, on SQLite and on PostgreSQL, and prints one line for each."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASES = {"sqlite": [], "postgresql": [str(ROOT / "scripts/with_postgres"), "--durable"]}
Row = tuple[str, str, str, float]


def options() -> argparse.Namespace:
    """What can be asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, help="one database only (default both)")
    parser.add_argument("--only", nargs="*", choices=WORKLOADS, help="some workloads only")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each run of the server (default 5)")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median counts (default 3)")
    parser.add_argument("--concerns", type=int, default=1_000_000, help="stored concerns (default 1,000,000)")
    parser.add_argument("--photos", type=int, default=24, help="photographed contracts of each language (default 24, all)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Each database in a process of its own, with a folder of its own."""
    asked = options()
    if asked.here:
        return here(asked)
    print(f"{'workload':<58} {'ours':>22} {'peer or limit':>34} {'ratio':>8}", flush=True)
    wanted = [asked.database] if asked.database else list(DATABASES)
    command = [sys.executable, "-m", "bench", *sys.argv[1:], "--here"]
    return max(subprocess.run([*DATABASES[name], *command], check=False, cwd=ROOT).returncode for name in wanted)


def here(asked: argparse.Namespace) -> int:
    """All workloads on the database of this environment."""
    with tempfile.TemporaryDirectory(prefix="spean-bench-") as folder:
        os.environ |= {"SPEAN_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench.settings", "SPEAN_LOG_LEVEL": "ERROR"}
        os.environ["SPEAN_TASKS"] = "database"
        import django

        django.setup()
        from bench import workloads
        from spean.kernel import acting

        with acting.house():  # each request begins as nobody's
            town = workloads.prepare(Path(folder), asked.concerns)
            for what, ours, peer, ratio in rows(town, asked):
                print(f"{workloads.database()}: {what:<46} {ours:>22} {peer:>34} {ratio:>8.2f}", flush=True)
    return 0


def rows(town, asked: argparse.Namespace) -> Iterator[Row]:  # noqa: ANN001 - its class is known once Django is ready
    """The lines of those workloads that were asked for."""
    from bench import browser, load, workloads

    on = set(asked.only or WORKLOADS)
    with load.server(town.folder) as server:
        if "start" in on:
            yield workloads.start(server)
        if "report" in on:
            yield from workloads.reports(server, town, asked.runs, asked.seconds)
        if "report" in on and workloads.database() == "SQLite":
            yield from browser.usable(server)
        if "pages" in on and workloads.database() == "SQLite":
            from bench import pages

            pages.furnish()
            yield from pages.first_loads()
            yield from pages.kept()
            yield from pages.usable(server)
    yield from _desk(town, on)
    if "small" in on and workloads.database() == "SQLite":
        yield from workloads.pages()
        yield from workloads.sealing()
    if "checks" in on and workloads.database() == "SQLite":
        from bench import checking

        yield from checking.contracts()
    if "photos" in on and workloads.database() == "SQLite":
        from bench import reading

        yield from reading.photos(asked.photos)


def _desk(town, on: set[str]) -> Iterator[Row]:  # noqa: ANN001 - its class is known once Django is ready
    from bench import workloads

    if "lists" in on:
        yield from workloads.lists(town)
    if on & {"search", "cases", "casework"}:
        from bench import search

        yield from search.asked(town, on)
    if "organise" in on:
        from bench import organise

        yield from organise.work(town)


WORKLOADS = ("start", "report", "lists", "search", "cases", "casework", "organise", "small", "pages", "checks", "photos")

if __name__ == "__main__":
    sys.exit(main())
