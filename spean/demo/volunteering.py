"""What is known of the volunteers in the demo: how far each is, what is hoped for and asked. All of it is invented."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from spean.accounts.access import Actor
from spean.accounts.models import Membership
from spean.demo.people import Cast, Desk
from spean.kernel import clock
from spean.kernel.months import later
from spean.programme.models import Project
from spean.programme.operations import claims, volunteers
from spean.programme.operations.claims import Asked
from spean.programme.volunteer_enums import CheckStep
from spean.programme.volunteering import first_kinds

FROM = UUID("b7c1a9d2-0b5e-4b0e-9a53-5f3c8c2f6d11")
TRAINED, LAGS, NEW = 400, 5, 9  # days ago; every so many-th has a training due, is new
PAID, OPEN = 4, 3  # of the first so many volunteers: claims of last month, of this one


def furnish(cast: Cast, now: datetime) -> None:
    """54 volunteers of two desks; one who is threatened, one who is away, one in whose place somebody stands."""
    with clock.at(now - timedelta(minutes=2)):
        for desk in (cast.desks["14"], cast.desks["03"]):
            _desk(desk, clock.today())
        _claims(cast, clock.today())


def _desk(desk: Desk, today: date) -> None:
    boss, seats = desk.supervisor.actor, [Membership.objects.get(user=one.user) for one in desk.volunteers]
    for number, seat in enumerate(seats):
        new, lags = number % NEW == NEW - 1, number % LAGS == LAGS - 1
        for step in list(CheckStep)[: 2 if new else None]:
            _write(boss, seat, "check", step, on=today - timedelta(days=TRAINED), step=step)
        if not new:
            _write(
                boss, seat, "conduct", "", on=today - timedelta(days=TRAINED), edition=1, way=("signature", "thumb")[number % 2]
            )
        for kind in () if new else first_kinds():
            _write(boss, seat, "trained", kind, on=today - timedelta(days=TRAINED if lags else 90), kind=kind)
        if not new:
            _write(boss, seat, "card", "", on=today - timedelta(days=89), until=today + timedelta(days=276))
        _write(boss, seat, "goal", "", on=today, sessions=2, contacts=40, visits=1, reports=2)
    first, second, third, other = seats[:4]
    said = {"kind": "visit", "outcome": "well", "words": "ដំណើរការល្អ។ គាត់ចង់បានកង់មួយ (ប្រឌិត)។"}
    _write(boss, first, "talk", "visit", on=today - timedelta(days=6), **said)
    heard = {"kind": "home", "words": "មានគេមកឈរមុខផ្ទះនៅពេលយប់ (ប្រឌិត)។"}
    _write(boss, second, "threat", "", on=today - timedelta(days=2), **heard)
    _write(boss, third, "away", "", on=today - timedelta(days=9), until=today + timedelta(days=51), why="birth")
    _write(boss, other, "away", "", on=today - timedelta(days=3), why="harvest", stands_in=first.id)


def _write(boss: Actor, seat: Membership, name: str, what: str, **said: Any) -> None:
    volunteers.add(boss, seat.id, name, said, uuid5(FROM, f"{seat.user.username} {name} {what}"))


def _claims(cast: Cast, today: date) -> None:
    desk, manager = cast.desks["14"], cast.office["manager"].actor
    project = Project.objects.get(code="SMART-1")
    before = later(today.replace(day=1), -1)
    for number, one in enumerate(desk.volunteers[:PAID]):
        asked = Asked(before, "stipend", Decimal(60_000), "KHR", project=project.id)
        pk = claims.make(one.actor, asked, uuid5(FROM, f"stipend {number}"))
        claims.move(desk.supervisor.actor, pk, "approve")
        claims.move(manager, pk, "pay")
    for number, one in enumerate(desk.volunteers[:OPEN]):
        travel = Asked(today, "travel", Decimal(20_000), "KHR", "ពីភូមិទៅស្រុក (ប្រឌិត)", project.id)
        pk = claims.make(one.actor, travel, uuid5(FROM, f"travel {number}"))
        if number == 0:
            claims.move(desk.supervisor.actor, pk, "approve")
