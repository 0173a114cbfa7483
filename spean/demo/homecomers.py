"""Fourteen invented people who came home together and were followed up: enough that a team's outcomes can be told."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from spean.cases.models import FollowUp
from spean.cases.operations import closing, following, opening
from spean.cases.operations.following import Told
from spean.cases.operations.opening import Facts, Person
from spean.demo.people import Desk
from spean.evidence.teams import half_told_on, release_outcomes
from spean.kernel import clock
from spean.kernel.months import later
from spean.places.models import Place

FROM = UUID("c1b27c3e-0f5c-5a94-8d0e-5a4f6d2b9e10")
HOW_MANY, NOON = 14, time(12)
#: of each follow-up, how many are done on its day, and how many three weeks after it; the others do not want it
DONE = {1: (9, 5), 3: (8, 6), 6: (8, 0)}
SAID = Told("visit", "ខ្ញុំសុខសប្បាយ។ (សាកល្បង)")


def furnish(desk: Desk, place: Place, now: datetime) -> None:
    """Each with a case of the desk, closed since; then the half-year is told."""
    came = half_told_on(now.date()) - timedelta(days=15)
    for n in range(HOW_MANY):
        _one(desk, place, came, n)
    with clock.at(now):
        release_outcomes()


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON, clock.PHNOM_PENH)


def _one(desk: Desk, place: Place, came: date, n: int) -> None:
    worker = desk.worker.actor

    def made(name: str) -> UUID:
        return uuid5(FROM, f"{n}.{name}")

    person = Person(f"អ្នកមកផ្ទះសាកល្បង {n + 1}", contact={"phone": f"000 000 {70 + n}"})
    with clock.at(_at(came)):
        facts = Facts("authority", "woman" if n % 2 else "man", "25-59", "TH", "low")
        pk = opening.open_case(worker, desk.team.id, person, facts, made("case"), place=place)
        following.begin(worker, pk, came)
    planned = dict(FollowUp.objects.filter(case=pk).values_list("month", "pk"))
    for month, (on_time, late) in DONE.items():
        day = later(came, month) + timedelta(days=21 if on_time <= n < on_time + late else 0)
        with clock.at(_at(day)):
            if n < on_time + late:
                following.do(worker, pk, planned[month], SAID, made(f"follow.{month}"))
            else:
                following.decline(worker, pk, planned[month])
    with clock.at(_at(later(came, 7))):
        closing.ask(worker, pk, "handed", "", made("end"))
        closing.close(desk.supervisor.actor, pk)
