"""An installation under test: made once, put back as new for each fault, served by processes that the rig may kill."""

import http.client
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from bench.load import free_port
from faults import machine
from faults.ledger import Ledger
from faults.postgres import ROOT, Cluster

HONEST, CARELESS = "faults.wsgi:application", "faults.careless_wsgi:application"
PASSWORD = "the-rig-opens-what-is-left-after-a-fault"


@dataclass(frozen=True)
class Town:
    """An organisation whose one team reads every report, and two who open them: the second is a keeper of plans."""

    org: UUID
    team: UUID
    actor: Any
    ring: Any
    second: Any


class World:
    """Everything lies under `mount`: the data folder and, where there is one, PostgreSQL's cluster."""

    def __init__(self, home: Path, *, postgresql: bool) -> None:
        self.home, self.mount, self.template = home, home / "mount", home / "template"
        self.data = self.mount / "data"
        self.temporary = home / "tmp"
        for folder in (self.mount, self.temporary):
            folder.mkdir()
        home.chmod(0o755)
        self.log = home / "server.log"
        self.cluster = Cluster(home, self.mount / "pg" / "data") if postgresql else None
        self.town: Town | None = None
        self.ledger: Ledger | None = None
        self._ledgers = 0

    @property
    def database(self) -> str:
        """Its name."""
        return "PostgreSQL" if self.cluster else "SQLite"

    # -- made once --------------------------------------------------------------------------------------
    def prepare(self) -> None:
        """The tables, one organisation, one team with its key; then a copy, from which each fault begins."""
        self.data.mkdir(parents=True)
        if self.cluster:
            self.cluster.make()
            self.cluster.start()
        os.environ |= self.environment() | {"DJANGO_SETTINGS_MODULE": "faults.looking"}
        import django

        django.setup()
        self.town = _town()
        self.let_go()
        if self.cluster:
            self.cluster.stop()
        self.template.mkdir()
        self._copy(self.mount, self.template)

    def environment(self) -> dict[str, str]:
        """What the processes under test are told."""
        url = {"SPEAN_DATABASE_URL": self.cluster.url if self.cluster else ""}
        return url | {"SPEAN_DATA_DIR": str(self.data), "SPEAN_LOG_LEVEL": "ERROR", "TMPDIR": str(self.temporary)}

    def _copy(self, source: Path, target: Path) -> None:
        """With owners, also where cp would ask."""
        for part in source.iterdir():
            if part.name != "lost+found":
                machine.run("cp", "-a", part, target / part.name)

    # -- for each fault ---------------------------------------------------------------------------------
    def fresh(self) -> Ledger:
        """As new, and an empty ledger outside."""
        self.let_go()
        for part in self.mount.iterdir():
            if part.name != "lost+found":
                shutil.rmtree(part)
        self._copy(self.template, self.mount)
        os.sync()
        if self.ledger:
            self.ledger.close()
        self._ledgers += 1
        self.ledger = Ledger(self.home / f"ledger-{self._ledgers}")
        return self.ledger

    def end(self) -> None:
        """Nothing of it runs, nothing of it is open."""
        self.let_go()
        if self.cluster:
            self.cluster.end()

    def let_go(self) -> None:
        """Hold no file of the installation any more."""
        from django.db import connections

        from spean.privacy.keystore import keystore

        with suppress(Exception):  # what hangs on a disk that is gone
            connections.close_all()
        with suppress(Exception):
            keystore().forget()

    def until_it_answers(self, port: int, process: "subprocess.Popen[bytes] | None" = None) -> None:
        """Or its last words."""
        until = time.monotonic() + 90
        while status_of(port, "/healthz") != 200:
            if (process is not None and process.poll() is not None) or time.monotonic() > until:
                raise OSError("the server did not start:\n" + "\n".join(self.log.read_text().splitlines()[-8:]))
            time.sleep(0.05)

    def server(self, **more: Any) -> "Server":
        """Not started yet."""
        return Server(self, **more)

    def daily(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`spean daily`, as the operator's timer runs it."""
        told = os.environ | self.environment() | {"DJANGO_SETTINGS_MODULE": "faults.settings"} | environment
        command = [sys.executable, "-m", "spean", "daily", *arguments]
        return subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)


class Server:
    """The processes that answer: the web server alone, or `supervised` as `spean serve` starts both."""

    def __init__(
        self, world: World, *, supervised: bool = False, target: str = "faults.wsgi:application", **environment: str
    ) -> None:
        self.world, self.port = world, free_port()
        serve = ["spean", "serve", "--port", str(self.port)]
        web = ["spean.config.serving", "127.0.0.1", str(self.port), target]
        self.command = [sys.executable, "-m", *(serve if supervised else web)]
        self.environment = environment
        self.before: list[str] = []  # a program that runs it: strace, for one
        self.process: subprocess.Popen[bytes] | None = None
        self._known: set[int] = set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def start(self) -> None:
        """And wait for its first answer."""
        environment = os.environ | self.world.environment() | {"DJANGO_SETTINGS_MODULE": "faults.settings"} | self.environment
        with self.world.log.open("ab") as log:
            command = [*self.before, *self.command]
            self.process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        self.world.until_it_answers(self.port, self.process)
        self.family()

    def family(self) -> list[int]:
        """Its processes, remembered: an orphan of it is still ours to end."""
        found = machine.family(self.process.pid) if self.process and self.process.poll() is None else []
        self._known |= set(found)
        return found

    def orphans(self) -> list[int]:
        """Those that outlived the one that started them."""
        alive = self.process is not None and self.process.poll() is None
        return [] if alive else [pid for pid in self._known if machine.is_there(pid)]

    def end(self) -> None:
        """At once."""
        self.family()
        machine.end(self.process, also=sorted(self._known))
        self.process = None
        self._known = set()

    def health(self, path: str = "/healthz", seconds: float = 10) -> int:
        """The status of an address; 0 without an answer."""
        return status_of(self.port, path, seconds)


def status_of(port: int, path: str, seconds: float = 10) -> int:
    """The status of an address of this machine; 0 without an answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=seconds) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, http.client.HTTPException):
        return 0


@contextmanager
def world(home: Path, *, postgresql: bool) -> Iterator[World]:
    """Prepared; ended and unmounted whatever happens."""
    made = World(home, postgresql=postgresql)
    try:
        made.prepare()
        yield made
    finally:
        made.end()
        machine.unmount(made.mount)


def _town() -> Town:
    from django.core.management import call_command

    from spean.accounts import operations as people
    from spean.accounts import queries
    from spean.accounts.access import SYSTEM
    from spean.places.operations import load_countries
    from spean.privacy import keys

    call_command("migrate", verbosity=0)
    load_countries()
    org = people.found_organisation(SYSTEM, kind="ngo", level="national", name_km="សាកល្បង", name_en="Rig")
    team = people.add_team(SYSTEM, org.id, name_km="ក្រុម", name_en="Team", receives_reports=True)
    user, _code = people.accept_invitation(
        people.invite(SYSTEM, team, "supervisor"), username="rig", name="Rig", password=PASSWORD, language="km"
    )
    ring = keys.unlock(user.id, PASSWORD)
    assert ring is not None
    people.start_team_key(queries.actor_for(user, ring), team.id)
    ring = keys.unlock(user.id, PASSWORD)
    assert ring is not None
    way = people.invite(SYSTEM, team, "case_worker")
    second, _code = people.accept_invitation(way, username="second", name="Second", password=PASSWORD, language="km")
    keys.certify_user(ring, org.id, second.id)
    keys.grant_team(ring, org.id, team.id, second.id)
    actors = [queries.actor_for(person, keys.unlock(person.id, PASSWORD)) for person in (user, second)]
    return Town(org.id, team.id, actors[0], ring, actors[1])
