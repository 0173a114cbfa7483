"""Mutation testing of what decides over people: small mistakes are put into a file one at a time, and a test must notice each.

`python scripts/mutants.py [FILE …] [only=WORDS …]`, without a file those of TARGETS. Each mutant runs in its own process, forked
from one that has Spean and a world of people and things in memory. Prints (file, mutants, killed, %) and every survivor; ends
with 1 when a file has fewer than 95% killed, or scripts/mutants.txt explains what is no survivor. mutmut 3 leaves the lines of a
module alone, where our rules stand; cosmic-ray drops no argument, keyword or element, and starts all tests anew for each mutant.
"""

import fnmatch
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from mutating import Mutant, mutants  # noqa: E402 - a neighbour

from tests import conftest  # noqa: E402 - sets the environment of every test, before Django reads it

TARGETS = (
    "spean/accounts/access.py", "spean/accounts/rules.py", "spean/voices/rules.py",
    "spean/evidence/disclosure.py", "spean/evidence/ledger.py",
)  # fmt: skip
EXPLAINED = ROOT / "scripts/mutants.txt"
WANTED = 0.95
SURVIVED, KILLED = 0, 1


@dataclass
class Result:
    """What came of one file."""

    file: str
    made: list[Mutant]
    survivors: list[Mutant]
    explained: dict[str, str]
    seconds: float

    @property
    def killed(self) -> int:
        """How many a test noticed."""
        return len(self.made) - len(self.survivors)

    @property
    def unexplained(self) -> list[Mutant]:
        """The survivors that nobody has looked at."""
        return [m for m in self.survivors if m.key not in self.explained]

    @property
    def stale(self) -> list[str]:
        """Explanations of what a test kills by now, or what is no longer there."""
        return sorted(set(self.explained) - {m.key for m in self.survivors})

    @property
    def share(self) -> float:
        """Killed, of all that change anything."""
        of = len(self.made) - len(self.survivors) + len(self.unexplained)
        return self.killed / of if of else 1.0


# -- who notices ----------------------------------------------------------------------------------------------------


def by_the_table(module: str) -> bool:
    """Whether `decide` and each cell of tests/access/rules.csv are as they should be."""
    from tests.access import deciding

    return not deciding.judge(_standing(), decision_itself=module.endswith(".access"))


@cache
def _standing() -> Any:
    from tests.access import deciding

    return deciding.stand()


def by_tests(*paths: str) -> Callable[[str], bool]:
    """Whether these files of tests pass; they need no database."""

    def passes(_module: str) -> bool:
        options = ["-x", "-q", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts="]
        return pytest.main([*options, *paths], plugins=[_Quick()]) == pytest.ExitCode.OK

    return passes


class _Quick:
    """The same examples for each mutant, and no search for the smallest."""

    def pytest_configure(self) -> None:
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile("mutants", deadline=None, derandomize=True, database=None, phases=phases)
        hypothesis.settings.load_profile("mutants")


EVIDENCE = by_tests("tests/evidence/test_disclosure.py", "tests/evidence/test_ledger.py")
NOTICED_BY = (("spean/accounts/access.py", by_the_table), ("spean/*/rules.py", by_the_table), ("spean/evidence/*.py", EVIDENCE))


def get_ready() -> None:
    """Spean with a new database, and in it the world of tests/access: everything that the forks share."""
    import logging

    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    connections["default"].settings_dict["NAME"] = str(conftest.DATA_DIR / "test.sqlite3")
    settings.SPEAN_ARGON2 = conftest.FAST_ARGON2
    django.setup()
    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    _standing()
    connections.close_all()


# -- one process for each -------------------------------------------------------------------------------------------


def put(module: str, source: str) -> None:
    """Another source for a module that is in use: what others imported from it becomes the new one everywhere."""
    from spean.accounts import access

    target = importlib.import_module(module)
    before = {name: value for name, value in vars(target).items() if not name.startswith("__")}
    access.RULES.clear()
    exec(compile(source, f"<mutant of {module}>", "exec"), vars(target))  # noqa: S102 - that is the point
    new = {id(value): vars(target)[name] for name, value in before.items() if getattr(value, "__module__", "") == module}
    for other in [m for name, m in sys.modules.items() if name.startswith(("spean.", "tests.")) and m is not target]:
        for name, value in list(vars(other).items()):
            if id(value) in new:
                setattr(other, name, new[id(value)])
    if module.startswith("spean.evidence"):
        return
    for rules in ("spean.accounts.rules", "spean.voices.rules"):
        if rules != module:
            importlib.reload(sys.modules[rules])


def apart(work: Callable[[], bool], seconds: float, *, loud: bool = False) -> tuple[bool, float]:
    """(whether `work` was content, how long it took) in a forked process; an error or too long a time is no contentment."""
    began, child = time.monotonic(), os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_REAL, seconds)  # the default answer to this signal ends the process
        if not loud:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
        content = False
        try:
            content = work()
        except BaseException:
            if loud:
                raise
        finally:
            os._exit(SURVIVED if content else KILLED)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == SURVIVED, time.monotonic() - began


def examine(file: str, only: Sequence[str] = ()) -> Result:
    """Every mutant of a file."""
    notice = next((n for pattern, n in NOTICED_BY if fnmatch.fnmatch(file, pattern)), None)
    if notice is None:
        sys.exit(f"No test is named that would notice a mistake in {file}: add it to NOTICED_BY.")
    module, began = file.removesuffix(".py").replace("/", "."), time.monotonic()
    content, took = apart(lambda: notice(module), 600, loud=True)
    if not content:
        sys.exit(f"{file}: its tests fail without any mutant.")
    made = [m for m in mutants((ROOT / file).read_text(encoding="utf-8")) if not only or any(words in m.key for words in only)]
    survivors = []
    for n, mutant in enumerate(made, 1):

        def work(source: str = mutant.source) -> bool:
            put(module, source)
            return notice(module)

        if apart(work, 20 + 4 * took)[0]:
            survivors.append(mutant)
            print(f"  survived  {file}:{mutant.line}  {mutant.key}", flush=True)
        if n % 50 == 0:
            print(f"  {file}: {n} of {len(made)}, {len(survivors)} survived, {time.monotonic() - began:.0f} s", flush=True)
    return Result(file, made, survivors, explained(file) if not only else {}, time.monotonic() - began)


def explained(file: str) -> dict[str, str]:
    """Mutant -> why it changes nothing that anybody could see, from scripts/mutants.txt: FILE, mutant and reason by turns."""
    found, of, key = {}, "", ""
    for line in EXPLAINED.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            of = line.removeprefix("# ")
        elif line.startswith("    "):
            found[of, key] = line.strip()
        elif line:
            key = line
    return {key: reason for (of, key), reason in found.items() if of == file}


def tell(results: list[Result]) -> bool:
    """The table, the survivors; whether all is well."""
    print("\n| file | mutants | killed | change nothing | killed of the rest | seconds |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for r in results:
        nothing = len(r.survivors) - len(r.unexplained)
        print(f"| `{r.file}` | {len(r.made)} | {r.killed} | {nothing} | {r.share:.1%} | {r.seconds:.0f} |")
    for r in results:
        for m in r.unexplained:
            print(f"survived  {r.file}:{m.line}  {m.key}")
        for key in r.stale:
            print(f"explained, but killed or gone  {r.file}  {key}")
    return all(r.share >= WANTED and not r.stale for r in results)


def main(arguments: list[str]) -> int:
    """Every file that is named, one mutant after the other."""
    only = [a.removeprefix("only=") for a in arguments if a.startswith("only=")]
    files = [a for a in arguments if not a.startswith("only=")] or list(TARGETS)
    os.chdir(ROOT)
    get_ready()
    return 0 if tell([examine(file, only) for file in files]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
