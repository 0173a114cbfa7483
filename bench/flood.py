"""R-05, `python -m bench.flood`: a flood with genuine reports in it; who gets through, and how fast the desk stays."""

import argparse
import http.client
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

A_MINUTE = 5_000
GENUINE = 50
BODIES = (
    "Win a prize number {n}, call now",
    "FREE MONEY {n} !!! visit us today and win",
    "abc {n} def ghi jkl mno",
    "your office is bad {n} times and we will come again",
)


@dataclass
class Tally:
    """What became of what was sent; times in seconds."""

    status: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, status: int, seconds: float) -> None:
        """One answer."""
        with self.lock:
            self.status[status] += 1
            self.times.append(seconds)

    def p95(self) -> float:
        """The 95th percentile; 0 without any."""
        return statistics.quantiles(self.times, n=20)[-1] if len(self.times) > 1 else 0.0


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
    """One request; a connection that was closed is opened again."""
    sent = {"Content-Type": "application/x-www-form-urlencoded", **{k.replace("_", "-"): v for k, v in headers.items()}}
    connection.request(method, path, body or None, sent)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def report(told: str, **more: str) -> str:
    """The body of a form."""
    return urlencode({"told": told, "kind": random.choice(("fees", "scam", "agency")), "sent_id": str(uuid4()), **more})


def attack(number: int, *, unique: bool) -> tuple[str, str]:
    """(address, body) of one report of the flood: a hundred neighbourhoods, few words or ever new ones; a third claim danger."""
    told = f"{uuid4().hex} {random.random()}" if unique else random.choice(BODIES).format(n=number)
    body = report(told, danger=random.choice(("now", "no", "unknown")))
    return f"10.{number % 4}.{number % 25}.{random.randint(1, 254)}", body


def genuine(number: int) -> tuple[str, str]:
    """(address, body) of somebody who tells what happened, from a network of their own."""
    told = f"{random.choice(STORIES)} {uuid4().hex[:6]} {'ខ' * (number % 7)} ភូមិទី {number}"
    return f"172.16.{number}.7", report(told, answer_wish="receipt", danger="now" if number % 10 == 0 else "unknown")


STORIES = (
    "ឈ្មួញយកលិខិតឆ្លងដែនបងស្រីខ្ញុំ ហើយមិនព្រមប្រគល់មកវិញ",
    "ប្អូនខ្ញុំទៅធ្វើការនៅថៃ បីខែហើយមិនបានប្រាក់ឈ្នួល",
    "មេខ្យល់ទារលុយថែមទៀតមុនពេលចេញដំណើរ",
    "My brother left with an agency and we have no news of him",
)


def solved(port: int, address: str) -> str:
    """What the page's worker finds for a token, as a telephone would."""
    from spean.collect import toll

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    offer = json.loads(ask(connection, "GET", "/km/report/toll/", X_Forwarded_For=address)[1])
    salt, number = bytes.fromhex(offer["token"].split(".")[3]), 0
    while True:
        proof = f"{offer['token']}.{number}"
        if toll.zeros(toll.argon2id(proof.encode(), salt, toll.PASSES, toll.KIBIBYTES)) >= offer["bits"]:
            return proof
        number += 1


def flood(port: int, end: float, rate: float, tally: Tally, *, clients: int, unique: bool) -> list[threading.Thread]:
    """`clients` that together send `rate` a second until `end`, or as many as the server takes."""
    began, count, lock = time.monotonic(), [0], threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while (now := time.monotonic()) < end:
            with lock:
                ahead = count[0] - (now - began) * rate
                count[0] += ahead < 1
                number = count[0]
            if ahead >= 1:
                time.sleep(min(0.05, ahead / rate))
                continue
            address, body = attack(number, unique=unique)
            started = time.perf_counter()
            status, _page = ask(connection, "POST", "/km/report/", body, X_Forwarded_For=address)
            tally.add(status, time.perf_counter() - started)

    return [threading.Thread(target=client) for _ in range(clients)]


def people(port: int, end: float, seconds: float, tally: Tally, told: list[str], *, script: bool) -> threading.Thread:
    """The genuine ones, one after the other over the whole time."""

    def send() -> None:
        for number in range(GENUINE):
            time.sleep(seconds / GENUINE * 0.9)
            address, body = genuine(number)
            proof = urlencode({"proof": solved(port, address)}) if script else ""
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            started = time.perf_counter()
            status, _page = ask(connection, "POST", "/km/report/", f"{body}&{proof}", X_Forwarded_For=address)
            tally.add(status, time.perf_counter() - started)
            told.append(dict(p.split("=") for p in body.split("&"))["sent_id"])

    return threading.Thread(target=send)


def staff(port: int, end: float, tally: Tally, cookies: str) -> threading.Thread:
    """Somebody at the desk who looks at Today, the queue and the lane by turns."""

    def look() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        pages = ("/en/desk/", "/en/desk/concerns/", "/en/desk/concerns/lane/", "/en/desk/concerns/?view=danger")
        for number in range(10**6):
            if time.monotonic() > end:
                return
            started = time.perf_counter()
            status, _page = ask(connection, "GET", pages[number % len(pages)], Cookie=cookies)
            tally.add(status, time.perf_counter() - started)
            time.sleep(0.3)

    return threading.Thread(target=look)


def where(sent_ids: list[str], actor: Any) -> tuple[int, int, int]:
    """Of the genuine reports: (in the queue, on the first three pages of the lane, elsewhere in the lane)."""
    from uuid import UUID

    from spean.voices import queries
    from spean.voices.models import Concern
    from spean.voices.operations.intake import sent_hash

    rows = Concern.objects.filter(sent_hash__in=[sent_hash(UUID(s)) for s in sent_ids])
    found, after = set(), ""
    for _page in range(3):
        page = queries.lane(actor, after=after)
        found |= {row.alike for row in page.rows}
        after = page.after
        if not after:
            break
    queue = sum(r.state != "held" for r in rows)
    seen = sum(r.state == "held" and r.alike in found for r in rows)
    return queue, seen, len(rows) - queue - seen


def run(port: int, town: Any, cookies: str, minutes: float, *, script: bool, unique: bool, clients: int) -> None:
    """One flood, one line."""
    from spean.voices.models import Concern

    end = time.monotonic() + minutes * 60
    bad, good, desk, told = Tally(), Tally(), Tally(), []
    threads = flood(port, end, A_MINUTE / 60, bad, clients=clients, unique=unique)
    threads += [people(port, end, minutes * 60, good, told, script=script), staff(port, end, desk, cookies)]
    before = Concern.objects.count()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue, seen, deep = where(told, town.actor)
    stored = Concern.objects.count() - before
    answered = sum(bad.status.values()) + sum(good.status.values())
    rate, refused = len(bad.times) / minutes, answered - bad.status[200] - good.status[200]
    what = f"{'ever new words' if unique else 'few words'}, genuine {'with' if script else 'without'} a script"
    print(
        f"{what:<44} {rate:>7.0f}/min  accepted {good.status[200]}/{GENUINE}  queue {queue}  lane {seen}+{deep}"
        f"  stored {stored} of {answered}  refused {refused}"
        f"  report p95 {bad.p95():.2f} s  desk p95 {desk.p95():.2f} s (n={len(desk.times)})",
        flush=True,
    )


def main() -> int:
    """Four floods against a server of our own on loopback."""
    parser = argparse.ArgumentParser(prog="python -m bench.flood", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2, help="length of each of the four floods (default 2)")
    parser.add_argument("--clients", type=int, default=24, help="clients of the flood (default 24)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spean-flood-") as folder:
        os.environ |= {"SPEAN_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench.settings", "SPEAN_LOG_LEVEL": "ERROR"}
        os.environ["SPEAN_TASKS"] = "database"
        import django

        django.setup()
        from bench import load, workloads
        from spean.kernel.memory import memory
        from spean.voices.models import Concern

        town = workloads.prepare(Path(folder), 1_000)
        print()
        with load.server(town.folder) as server:
            cookies = _cookies(town)
            for script in (True, False):
                for unique in (False, True):
                    memory().forget()
                    Concern.objects.filter(state="held").update(state="set_aside")  # the lane of the last flood was worked off
                    run(server.port, town, cookies, options.minutes, script=script, unique=unique, clients=options.clients)
        memory().remove()
    return 0


def _cookies(town: Any) -> str:
    """A browser of the desk in which somebody is signed in."""
    from django.conf import settings
    from django.test import Client

    from spean.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(pk=town.actor.id))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


if __name__ == "__main__":
    sys.exit(main())
