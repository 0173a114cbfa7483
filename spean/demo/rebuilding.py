"""A year at home in the demo: what an invented woman says at each follow-up, her sewing, and what it brings."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from decimal import Decimal
from uuid import UUID

from spean.accounts.access import Actor
from spean.cases.models import Case, Goal
from spean.cases.operations import following, livelihoods, money, promises
from spean.cases.operations.following import Told
from spean.kernel import clock
from spean.kernel.months import later

START = Told(
    "visit",
    "ខ្ញុំគេងមិនលក់។ ខ្ញុំជំពាក់គេច្រើន ហើយខ្ញុំខ្មាសអ្នកភូមិ។ (សាកល្បង)",
    {"heart": 1, "income": 1, "budget": 1, "family": 3, "community": 1, "home": 2, "skills": 1},
)
#: month -> what is written down; what is not named was not asked, or not said
YEAR: Mapping[int, Told] = {
    1: Told("call", "ខ្ញុំនៅជាមួយម្ដាយ។ ខ្ញុំមិនទាន់ចង់និយាយច្រើនទេ។ (សាកល្បង)", {"family": 3, "home": 3}),
    3: Told(
        "visit",
        "ខ្ញុំចាប់ផ្ដើមរៀនកាត់ដេរ។ ម្ចាស់បំណុលមកផ្ទះពីរដង។ (សាកល្បង)",
        {"heart": 2, "income": 1, "budget": 1, "family": 2, "skills": 3, "community": 2},
        frozenset({"debts"}),
    ),
    6: Told(
        "visit",
        "ខ្ញុំដេរអាវឱ្យអ្នកជិតខាង។ ប្ដីខ្ញុំចង់ឱ្យខ្ញុំទៅម្ដងទៀត។ (សាកល្បង)",
        {"heart": 3, "income": 3, "budget": 2, "family": 2, "skills": 3, "community": 3, "home": 3},
    ),
    12: Told(
        "office",
        "ខ្ញុំមានម៉ាស៊ីនដេរផ្ទាល់ខ្លួន។ កូនស្រីខ្ញុំទៅរៀន។ (សាកល្បង)",
        {"heart": 3, "income": 4, "budget": 3, "family": 2, "skills": 4, "community": 3, "home": 4, "dependants": 4},
    ),
}
EARNED = (0, 0, 60_000, 120_000, 180_000, 150_000, 240_000, 320_000, 300_000, 380_000, 420_000, 460_000)  # riel, month by month
NOON = time(12)


def a_year(worker: Actor, pk: UUID, now: datetime, made: Callable[[str], UUID]) -> None:
    """From the day on which she came home to now."""
    case = Case.objects.get(pk=pk)
    with clock.at(datetime.combine(case.follow_ups.earliest("month").counted_from, NOON, clock.PHNOM_PENH)):
        following.start(worker, pk, START, made("start"))
        _begin_to_sew(worker, pk, made)
    for month, told in YEAR.items():
        found = case.follow_ups.get(month=month, state="planned")
        with clock.at(datetime.combine(found.due_on, NOON, clock.PHNOM_PENH)):
            following.do(worker, pk, found.id, told, made(f"follow.{month}"))
            following.take(worker, pk, found.id, told.signs, "km")
    with clock.at(now):
        for ago, amount in enumerate(reversed(EARNED), 1):
            month_of = later(clock.today().replace(day=1), -ago)
            livelihoods.earn(worker, pk, month_of, Decimal(amount), "KHR", "ដេរអាវ (សាកល្បង)", made(f"earned.{ago}"))
        goal = Goal.objects.filter(plan__case=pk, domain="work").get()
        promises.answer(worker, pk, goal.id, "yes", "ខ្ញុំរៀនចេះហើយ។ (សាកល្បង)")
        other = promises.add(worker, pk, "កង់សម្រាប់កូនទៅរៀន (សាកល្បង)", made("bicycle"))
        promises.answer(worker, pk, other, "no", "គ្មាននរណាប្រាប់ខ្ញុំថាវាមិនមកទេ។ (សាកល្បង)")


def _begin_to_sew(worker: Actor, pk: UUID, made: Callable[[str], UUID]) -> None:
    """A sewing machine, for which money was given once: its amount stands in the matter of money alone."""
    today = clock.today()
    sews = livelihoods.consider(worker, pk, "business", "កាត់ដេរនៅផ្ទះ ជាមួយម្ដាយ (សាកល្បង)", made("sews"))
    livelihoods.move(worker, pk, sews, "begin")
    codes = {"kind": "start", "currency": "USD", "other": "other"}
    grant = money.begin(worker, pk, codes, "អង្គការសាកល្បង", "ទិញម៉ាស៊ីនដេរ (សាកល្បង)", made("grant"))
    for at, what in enumerate(("promised", "received")):
        money.add(worker, pk, grant, what, Decimal(150), today.replace(day=1), "(សាកល្បង)", made(f"grant.{at}"))
    given = livelihoods.Given("money", today, grant, "ម៉ាស៊ីនដេរមួយគ្រឿង (សាកល្បង)")
    livelihoods.support(worker, pk, sews, given, made("machine"))
    livelihoods.move(worker, pk, sews, "go_on")
