"""I13: returns home that were completed, and how long they took."""

from django.utils.translation import gettext_lazy as _

from spean.cases.models import WayHome
from spean.cases.way_enums import WayState
from spean.evidence.indicators.promise import Counted, Scope, agreed, to
from spean.evidence.within import Figures, Item


def _items(scope: Scope) -> list[Item]:
    ways = WayHome.objects.filter(agreed(), case__team__in=scope.teams, state=WayState.ARRIVED, **scope.within("arrived_on"))
    rows = ways.values_list("case", "corridor", "made_on", "arrived_on")
    return [Item(case, (arrived - made).days, to(corridor)) for case, corridor, made, arrived in rows if arrived]


COUNTED = (
    Counted(
        code="I13a",
        unit="cases",
        question=_("How many people came home with our help?"),
        numerator=_("Ways home that ended in the quarter with the arrival."),
        denominator="",
        consent=True,
        count=lambda scope: Figures(_items(scope)),
    ),
    Counted(
        code="I13b",
        unit="days",
        question=_("How long does a return home take?"),
        numerator=_("The median of the days from the beginning of the way home until the arrival."),
        denominator=_("Ways home that ended in the quarter with the arrival."),
        consent=True,
        count=lambda scope: Figures(_items(scope), days=True),
    ),
)
