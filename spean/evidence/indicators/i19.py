"""I19: follow-ups that were done on time."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spean.cases import rebuild
from spean.cases.models import FollowUp
from spean.cases.rebuild_enums import FollowState
from spean.evidence.indicators.promise import Counted, Scope, agreed
from spean.evidence.within import Figures, Item

_DUE = (FollowState.PLANNED, FollowState.DONE, FollowState.MISSED)


def _on_time(scope: Scope) -> Figures:
    due = FollowUp.objects.filter(agreed(), case__team__in=scope.teams, month__gt=0, **scope.within("due_on"))
    due = due.filter(state__in=_DUE)
    done = due.filter(Q(state=FollowState.DONE, written_on__lte=F("due_on") + rebuild.grace()))
    return Figures(_items(done), of=_items(due))


def _items(rows: object) -> list[Item]:
    return [Item(case) for case in rows.values_list("case", flat=True)]  # type: ignore[attr-defined]


COUNTED = (
    Counted(
        code="I19",
        unit="percent",
        question=_("Do we ask how life goes when we said we would?"),
        numerator=_("Follow-ups that were done no later than the days of grace after their day."),
        denominator=_("Follow-ups that were due in the quarter. What the person did not want is left out."),
        consent=True,
        count=_on_time,
    ),
)
