"""F-06: the clock leaps an hour, a day, ten years, to and fro, while people report and somebody is signed in."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from faults.clients import Load
from faults.verdict import Verdict, look
from faults.world import PASSWORD, Server, World

Tell = Callable[[int, Verdict], None]
LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/local/lib/faketime/libfaketimeMT.so.1")
HOUR, DAY, YEARS = 3600, 86_400, 3653 * 86_400
LEAPS = (HOUR, -HOUR, DAY, -DAY, YEARS, -YEARS)


def library() -> str:
    """Where libfaketime is; nothing without it."""
    found = [str(path) for pattern in LIBRARIES for path in Path("/").glob(pattern.lstrip("/"))]
    return found[0] if found else ""


class Clock:
    """The time that the server believes: real time and an offset, which is written into a file."""

    def __init__(self, world: World) -> None:
        self.file = world.home / "offset"
        self.set(0)

    def set(self, seconds: int) -> None:
        """Leap there."""
        part = self.file.with_suffix(".part")
        part.write_text(f"{seconds:+d}", encoding="ascii")
        part.replace(self.file)

    def environment(self) -> dict[str, str]:
        """For the processes that shall believe it. What measures lengths of time is not touched, as in a real leap."""
        faked = {"FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        return {"LD_PRELOAD": library(), "DONT_FAKE_MONOTONIC": "1", **faked}


def clocks(world: World, rounds: int, tell: Tell) -> Verdict:
    """Each leap and back, `rounds` times."""
    total, ledger, clock = Verdict(), world.fresh(), Clock(world)
    if world.cluster:
        world.cluster.start()
    with world.server(**clock.environment()) as server, Load(server.port, ledger, clients=4, patience=60) as load:
        load.wait_for(4, seconds=60)
        due = _almost_due(world)
        person = Person(server)
        for at, leap in enumerate(LEAPS * rounds, 1):
            _one_leap(world, clock, person, load, leap, total)
            _nothing_erased(due, leap, total)
            tell(at, total)
        person.second_step(total, clock)
        load.ask_to_stop()
        load.settle(60)
        load.judge(total)
        total.untrue += len(ledger.waiting())
    total.add(look(world.town, ledger))
    world.end()
    return total


def _one_leap(world: World, clock: Clock, person: "Person", load: Load, leap: int, total: Verdict) -> None:
    person.opens_keys(total)
    clock.set(leap)
    load.wait_for(2, seconds=20)
    person.during(total, leap)
    if abs(leap) >= DAY:
        daily = world.daily(**clock.environment())
        refused = daily.returncode != 0 and "the clock says" in daily.stderr
        if (daily.returncode != 0 and not refused) or (abs(leap) > DAY and not refused):  # a day may be refused or not
            total.untrue += 1
            total.notes.append(f"daily at {leap:+d} s: {daily.returncode} {daily.stderr[-300:]}")
    clock.set(0)
    load.wait_for(2, seconds=20)
    person.afterwards(total, leap)


def _almost_due(world: World) -> Any:
    """A report that was set aside and whose time is over tomorrow; another that may go today, as the control."""
    from spean.kernel import clock
    from spean.voices.models import Concern
    from spean.voices.operations.retention import KEPT_ASIDE

    tomorrow, gone = Concern.objects.order_by("id")[:2]
    for row, days in ((tomorrow, 0), (gone, 1)):
        row.state, row.moved_on = "set_aside", clock.today() - KEPT_ASIDE - timedelta(days=days)
        row.save(update_fields=["state", "moved_on"])
    first = world.daily()
    assert first.returncode == 0, first.stderr
    assert not Concern.objects.get(pk=gone.pk).told, "the control was not erased: the daily work erases nothing at all"
    _forget(world, gone)  # it was acknowledged, and is gone because its time was over
    return tomorrow.pk


def _forget(world: World, row: Any) -> None:
    from spean.voices.operations.intake import sent_hash

    assert world.ledger is not None
    for sent_id in list(world.ledger.codes):
        if sent_hash(sent_id) == row.sent_hash:
            del world.ledger.codes[sent_id], world.ledger.sent[sent_id]


def _nothing_erased(due: Any, leap: int, total: Verdict) -> None:
    from spean.voices.models import Concern

    if not Concern.objects.get(pk=due).told:
        total.lost += 1
        total.notes.append(f"erased early by a leap of {leap:+d} s")


class Person:
    """Somebody who is signed in, keys open, while the clock leaps; afterwards with a second step."""

    def __init__(self, server: Server) -> None:
        self.server, self.secret = server, ""
        self.client = self._new()

    def _new(self) -> httpx.Client:
        return httpx.Client(base_url=f"http://127.0.0.1:{self.server.port}", timeout=180, headers={"X-Forwarded-For": "10.8.7.6"})

    def opens_keys(self, total: Verdict) -> None:
        """With a fresh session where the old one is over."""
        if self._may_read() is True:
            return
        self.client = self._new()
        self._sign_in(self.client)
        may = self._may_read()
        if may is not True:
            total.untrue += 1
            total.notes.append(f"with the right clock and the right password the keys do not open: {may}")

    def during(self, total: Verdict, leap: int) -> None:
        """Locked; with words, not with an error."""
        may = self._may_read()
        if may is not False:
            total.untrue += 1
            total.notes.append(f"keys stayed open, or an error came, after a leap of {leap:+d} s: {may}")

    def afterwards(self, total: Verdict, leap: int) -> None:
        """What was locked does not open by itself when the clock is right again."""
        may = self._may_read()
        if may is not False:
            total.untrue += 1
            total.notes.append(f"keys opened by themselves after a leap of {leap:+d} s and back: {may}")

    def second_step(self, total: Verdict, clock: Clock) -> None:
        """Codes of a telephone whose clock is right, while the server's is wrong, are refused; then they open again."""
        self.opens_keys(total)
        found = re.search(r"[A-Z2-7]{32}", self.client.get("/en/account/second-step/on/").text)
        assert found, "the page of the second step shows no secret"
        self.secret = found.group()
        answer = self._post(self.client, "/en/account/second-step/on/", code=self._code())
        assert answer.status_code == 302, f"turning the second step on: {answer.status_code}"
        time.sleep(31)  # a code works once
        for leap in (HOUR, -DAY, YEARS, 0):
            clock.set(leap)
            client = self._new()
            self._sign_in(client)
            status = self._post(client, "/en/account/second-step/code/", code=self._code()).status_code
            is_in = client.get("/en/desk/me/").status_code == 200
            total.notes.append(f"second step with the clock at {leap:+d} s: {status}, {'in' if is_in else 'not in'}")
            total.untrue += (status >= 500) + (is_in != (leap == 0))

    def _may_read(self) -> bool | int:
        """Whether the desk shows a concern; the status where it is neither yes nor a way to sign in or unlock."""
        status = self.client.get(self._a_concern()).status_code
        return {200: True, 302: False}.get(status, status)

    def _a_concern(self) -> str:
        from spean.voices.models import Concern

        pk = Concern.objects.exclude(told=b"").order_by("-id").values_list("pk", flat=True)[0]
        return f"/en/desk/concerns/{pk}/"

    def _sign_in(self, client: httpx.Client) -> None:
        client.get("/en/account/sign-in/")
        self._post(client, "/en/account/sign-in/", login="rig", password=PASSWORD)

    def _post(self, client: httpx.Client, path: str, **fields: str) -> httpx.Response:
        token = client.cookies.get("csrf") or ""
        return client.post(path, data={**fields, "csrfmiddlewaretoken": token})

    def _code(self) -> str:
        """What the person's own telephone shows: real time."""
        from allauth.mfa.totp.internal import auth as totp

        return str(totp.format_hotp_value(totp.hotp_value(self.secret, int(time.time()) // 30)))
