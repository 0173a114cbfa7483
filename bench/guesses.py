"""R-01, R-02, R-09, short codes, `python -m bench.guesses`: who guesses gets nowhere, learns nothing, locks nobody out."""

import argparse
import http.client
import os
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PREFIXES = 100
SIGN_IN = "/en/account/sign-in/"
SIGNS = "/en/day/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """A browser at an address of its own: every loopback address is ours, so that nothing has to be forged."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address, self.cookies, self.token = port, address, "", ""
        self.connection = self._connect()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120, source_address=(self.address, 0))

    def get(self, path: str) -> str:
        """A page, and the token of its form."""
        self.connection.request("GET", path, headers={"Cookie": self.cookies})
        answer = self.connection.getresponse()
        page = answer.read().decode()
        given = [c.split(";")[0] for c in answer.headers.get_all("Set-Cookie") or []]
        self.cookies = "; ".join(given) or self.cookies
        found = TOKEN.search(page)
        self.token = found.group(1) if found else self.token
        return page

    def post(self, path: str, **fields: str) -> tuple[int, str, float]:
        """(status, page, seconds)."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookies}
        began = time.perf_counter()
        self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        return answer.status, page, time.perf_counter() - began


def guess(port: int, prefix: int, guesses: int, found: Counter[int]) -> None:
    """So many wrong passwords for a real name, from one neighbourhood."""
    browser = Browser(port, f"127.{1 + prefix // 200}.{prefix % 200}.{random.randint(1, 254)}")
    browser.get(SIGN_IN)
    for number in range(guesses):
        status, _page, _seconds = browser.post(SIGN_IN, login="bench", password=f"guess {prefix} {number}")
        found[status] += 1


def sign_in_meanwhile(port: int, password: str, stop: threading.Event) -> list[float]:
    """How long the real user needs, from the first press to the desk, again and again until `stop`."""
    times = []
    for number in range(10**6):
        if stop.wait(2):
            return times
        browser, began = Browser(port, f"127.99.{number % 250}.7"), time.monotonic()
        browser.get(SIGN_IN)
        while browser.post(SIGN_IN, login="bench", password=password)[0] != 302:
            if time.monotonic() - began > 120:
                break
        times.append(time.monotonic() - began)
    return times


def attack(port: int, password: str, guesses: int) -> None:
    """R-01."""
    found, times, stop = Counter[int](), list[float](), threading.Event()
    user = threading.Thread(target=lambda: times.extend(sign_in_meanwhile(port, password, stop)))
    threads = [threading.Thread(target=guess, args=(port, p, guesses // PREFIXES, found)) for p in range(PREFIXES)]
    began = time.monotonic()
    for thread in (user, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    stop.set()
    user.join()
    slowest, middle, count = max(times), statistics.median(times), sum(found.values())
    print(
        f"R-01  {count:,} guesses from {PREFIXES} neighbourhoods in {seconds:.0f} s: {found[302]} in, answers {dict(found)};"
        f" the real user signed in {len(times)} times meanwhile, median {middle:.1f} s, slowest {slowest:.1f} s",
        flush=True,
    )


def auc(ones: list[float], others: list[float]) -> float:
    """How well time tells the two apart: 0.5 not at all, 0 or 1 always."""
    ranked = sorted([(t, 0) for t in ones] + [(t, 1) for t in others])
    ranks = sum(rank for rank, (_t, which) in enumerate(ranked, 1) if which)
    return (ranks - len(others) * (len(others) + 1) / 2) / (len(ones) * len(others))


def tell_apart(port: int, what: str, path: str, cases: tuple[dict[str, str], dict[str, str]], n: int) -> None:
    """R-02: two kinds of wrong, by turns; bodies and times compared."""
    times: tuple[list[float], list[float]] = ([], [])
    pages: tuple[set[str], set[str]] = (set(), set())
    for number, which in enumerate(w for _n in range(n) for w in random.sample((0, 1), 2)):
        browser = Browser(port, f"127.{10 + number % 40}.{number // 40 % 250}.9")
        browser.get(path)
        status, page, seconds = browser.post(path, **cases[which])
        times[which].append(seconds)
        for typed in cases[which].values():
            page = page.replace(typed, "TYPED")
        pages[which].add(f"{status} {TOKEN.sub('', page)}")
        browser.connection.close()
    print(f"R-02  {what}: {n} each, AUC of time {auc(*times):.3f}, equal answers: {pages[0] == pages[1]}", flush=True)


def numbers(port: int, n: int) -> None:
    """R-09: receipt numbers that are well formed and wrong."""
    from spean.kernel.ids import with_check_digit

    found: Counter[int] = Counter()
    for number in range(n):
        browser = Browser(port, f"127.{60 + number % 30}.{number // 30 % 250}.9")
        code = with_check_digit("".join(random.choices("0123456789", k=23)))
        found[browser.post("/en/receipt/", code=code)[0]] += 1
        browser.connection.close()
    print(f"R-09  {n:,} well-formed wrong numbers: {found[200]} opened; answers {dict(found)}", flush=True)


def short_codes(port: int, n: int, left: list[Any]) -> None:
    """Guesses of short codes from 100 neighbourhoods at once; what a right one is told meanwhile; the two signs, by turns."""
    from spean.kernel.ids import with_check_digit
    from spean.surfaces.public import allowance
    from spean.voices.operations.plans import SIGN_DIGITS

    times: tuple[list[float], list[float]] = ([], [])
    pages = set()
    for number, plan in enumerate(left):  # each for the first time: the second rain of a plan raises no second concern
        browser = Browser(port, f"127.97.{number % 250}.9")
        status, page, seconds = browser.post(SIGNS, digits=(plan.sun, plan.rain)[number % 2])
        times[number % 2].append(seconds)
        pages.add((status, page))
        browser.connection.close()
    slower = 1000 * (statistics.median(times[1]) - statistics.median(times[0]))
    print(f"R-02  short code, sun and rain: {len(left)} plans, AUC of time {auc(*times):.3f}, rain {slower:.0f} ms slower in the"
          f" median, equal answers: {len(pages) == 1}", flush=True)  # fmt: skip
    found: Counter[int] = Counter()

    def tries(prefix: int) -> None:
        browser = Browser(port, f"127.{100 + prefix // 200}.{prefix % 200}.9")
        for _n in range(n // PREFIXES):
            code = with_check_digit("".join(random.choices("0123456789", k=SIGN_DIGITS)))
            found[browser.post(SIGNS, digits=code)[0]] += 1

    threads = [threading.Thread(target=tries, args=(prefix,)) for prefix in range(PREFIXES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    status = Browser(port, "127.98.7.9").post(SIGNS, digits=left[0].sun)[0]
    hits = allowance.MOST_OF_FIRST_SIGNS * 6 * 24 * 365 * 2 / 10**SIGN_DIGITS  # the tries of a year, two codes a plan
    print(
        f"Signs {n:,} guesses of short codes from {PREFIXES} neighbourhoods: {found[200]} hit, {found[422]} let through, answers"
        f" {dict(found)}; a right code from elsewhere meanwhile: {status}; a year of it hits one of 1,000 plans {1000 * hits:.2f}"
        f" times",
        flush=True,
    )


def main() -> int:
    """Against a server of our own on loopback, with full key derivation."""
    parser = argparse.ArgumentParser(prog="python -m bench.guesses", description=__doc__)
    parser.add_argument("--guesses", type=int, default=10_000, help="wrong passwords (default 10,000)")
    parser.add_argument("--each", type=int, default=500, help="attempts of each kind for R-02 (default 500)")
    parser.add_argument("--numbers", type=int, default=2_000, help="wrong receipt numbers (default 2,000)")
    parser.add_argument("--signs", type=int, default=2_000, help="guesses of short codes (default 2,000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spean-guesses-") as folder:
        os.environ |= {"SPEAN_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench.settings", "SPEAN_LOG_LEVEL": "ERROR"}
        os.environ["SPEAN_TASKS"] = "database"
        import django

        django.setup()
        from bench import load, workloads
        from spean.kernel.memory import memory

        town = workloads.prepare(Path(folder), 10)
        print()
        with load.server(town.folder) as server:
            wrong = {"password": "not the password at all"}
            both = ({"login": "bench", **wrong}, {"login": "qwertz", **wrong})
            tell_apart(server.port, "sign-in, a name that is and one that is not", SIGN_IN, both, options.each)
            tell_apart(server.port, "receipt, a locator that is and one that is not", "/en/receipt/", _codes(), options.each)
            tell_apart(
                server.port, "recovery, a name that is and one that is not", "/en/desk/recover/", _recoveries(), options.each
            )
            numbers(server.port, options.numbers)
            short_codes(server.port, options.signs, _plans(town, 200))
            attack(server.port, workloads.PASSWORD, options.guesses)
        memory().remove()
    return 0


def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """A wrong secret behind a real locator, and behind one that never was."""
    from uuid import uuid4

    from spean.kernel.ids import with_check_digit
    from spean.voices.operations import intake

    code = intake.receive_public(intake.Report(told="x", kind="fees", danger="no"), uuid4()).code
    free = f"{(int(code[:6]) + 1) % 10**6:06d}"
    return tuple({"code": with_check_digit(locator + "1" * 17)} for locator in (code[:6], free))  # type: ignore[return-value]


def _plans(town: Any, number: int) -> list[Any]:
    """Plans that a team of two keeps."""
    from uuid import uuid4

    from bench import workloads
    from spean.accounts import operations as people
    from spean.accounts.access import SYSTEM
    from spean.accounts.models import Team
    from spean.kernel import clock
    from spean.privacy import keys
    from spean.voices.operations import plans

    team, ring = Team.objects.get(pk=town.team), town.actor.ring
    way = people.invite(SYSTEM, team, "case_worker")
    second, _code = people.accept_invitation(way, username="second", name="Second", password=workloads.PASSWORD, language="km")
    keys.certify_user(ring, team.organisation_id, second.id)
    keys.grant_team(ring, team.organisation_id, team.id, second.id)
    draft = plans.Draft(destination="TH", leaves_on=clock.today(), days=[clock.today()])
    return [plans.leave(draft, uuid4()) for _n in range(number)]


def _recoveries() -> tuple[dict[str, str], dict[str, str]]:
    """A wrong recovery code for a real name, and for one that never was."""
    more: dict[str, Any] = {"code": "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY-Z2345-67", "password": "kvzq-jxwm-pbtg-hdlf"}
    return ({"username": "bench", **more}, {"username": "qwertz", **more})


if __name__ == "__main__":
    sys.exit(main())
