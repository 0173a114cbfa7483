"""Visits in the demo: a card that the volunteer of the tour has, and one visit of which she told."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from spean.accounts.access import Actor
from spean.cases.operations import consent, visits
from spean.demo.people import Cast
from spean.kernel import clock

FROM = UUID("0f3c6a1e-8f5d-4c52-9c41-7d2b6a9e4c31")
HALF_A_YEAR = timedelta(days=182)


def furnish(cast: Cast, cases: list[UUID], now: datetime) -> None:
    """Of the woman who sews at home: a visit last week, and one that is asked for today."""
    desk, case = cast.desks["14"], cases[-1]
    worker, going = desk.worker.actor, desk.volunteers[0]
    with clock.at(now - timedelta(days=8)):
        agreed = consent.Given("visit", frozenset({"home"}), clock.today() + HALF_A_YEAR, "thumb")
        consent.give(worker, case, agreed, uuid5(FROM, "consent"))
        told = _ask(worker, case, going.user.id, "message")
    with clock.at(now - timedelta(days=7)):
        words = "គាត់រីករាយ ហើយសុំឱ្យប្រាប់ថា នឹងទៅជួបនៅថ្ងៃប្រជុំ។ (សាកល្បង)"
        visits.tell(going.actor, told, "met", words, uuid5(FROM, "told"))
    with clock.at(now - timedelta(hours=2)):
        _ask(worker, case, going.user.id, "look_in")


def _ask(worker: Actor, case: UUID, volunteer: UUID, kind: str) -> UUID:
    wanted = visits.Wanted(volunteer, kind, clock.today(), "មិត្តម៉ាស៊ីនដេរ", safe=True, why="known")
    return visits.ask(worker, case, wanted, uuid5(FROM, kind))
