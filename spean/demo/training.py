"""Training courses in the demo: one that a woman finished, one that goes on, one that begins soon and is offered to a fisher."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from django.utils import translation

from spean.accounts.access import Actor
from spean.cases.models import Case
from spean.cases.operations import enrolling, trainings
from spean.cases.operations.enrolling import Tally
from spean.cases.operations.trainings import Kept
from spean.kernel import clock

FROM = UUID("8a0f3ad6-5b0d-5c3e-9f5c-3f1c3f4d7a21")
NOON, WEEK = time(12), timedelta(days=7)
CENTRE = "មជ្ឈមណ្ឌលសាកល្បង"


def furnish(worker: Actor, people: Sequence[UUID], place: str, now: datetime) -> None:
    """The fisher, the builder and the seamstress of the tour."""
    with translation.override("km"):
        _sewing(worker, people[5], place)
        with clock.at(now):
            _engines(worker, people[3], people[0], place)


def _made(name: str) -> UUID:
    return uuid5(FROM, name)


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON, clock.PHNOM_PENH)


def _sewing(worker: Actor, pk: UUID, place: str) -> None:
    """Three months after she came home: a stipend, two tallies, a certificate."""
    first = Case.objects.get(pk=pk).follow_ups.earliest("month").counted_from + timedelta(days=35)
    last = first + 12 * WEEK
    kept = Kept("sewing", first, last, 8, "state", "កាត់ដេរ រយៈពេលបីខែ (សាកល្បង)", provider=CENTRE, child_care=True)
    with clock.at(_at(first - WEEK)):
        course = trainings.write(worker, _with_stipend(kept), place, _made("sewing"))
        row = enrolling.offer(worker, pk, course, "កូនស្រីទៅជាមួយ មានអ្នកមើល (សាកល្បង)", _made("sews"))
        enrolling.move(worker, pk, row, "enrol")
    with clock.at(_at(last)):
        enrolling.move(worker, pk, row, "begin")
        for weeks, attended in ((0, 20), (4, 17), (8, 19)):
            since = first + weeks * WEEK
            enrolling.attend(worker, pk, row, Tally(since, since + 4 * WEEK - timedelta(days=1), 20, attended))
        enrolling.move(worker, pk, row, "finish")
        enrolling.certify(worker, pk, row, "state", clock.today(), "ស.០០០ (សាកល្បង)")


def _with_stipend(kept: Kept) -> Kept:
    return replace(kept, stipend=Decimal(200_000), payer="donor")


def _engines(worker: Actor, builder: UUID, fisher: UUID, place: str) -> None:
    """One goes on, with its only place taken; one of boat engines begins in two weeks."""
    today = clock.today()
    goes_on = Kept("motor", today - 3 * WEEK, today + 9 * WEEK, 1, "provider", provider=CENTRE, schooling="primary")
    soon = Kept("motor", today + 2 * WEEK, today + 10 * WEEK, 3, "state", "ម៉ាស៊ីនទូក (សាកល្បង)", provider=CENTRE)
    course = trainings.write(worker, goes_on, place, _made("motor"))
    row = enrolling.offer(worker, builder, course, "ជិតផ្ទះ (សាកល្បង)", _made("repairs"))
    for verb in ("enrol", "begin"):
        enrolling.move(worker, builder, row, verb)
    for weeks, attended in ((3, 5), (2, 4)):
        since = today - weeks * WEEK
        enrolling.attend(worker, builder, row, Tally(since, since + timedelta(days=4), 5, attended))
    boats = trainings.write(worker, _with_stipend(soon), place, _made("boats"))
    enrolling.offer(worker, fisher, boats, "គាត់ចេះម៉ាស៊ីនទូក។ គាត់ចង់រៀនឱ្យបានល្អ។ (សាកល្បង)", _made("boat"))
