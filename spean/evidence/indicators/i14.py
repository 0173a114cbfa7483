"""I14: confiscated documents that came back, and how long it took."""

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from spean.cases.ledger_enums import DocumentState
from spean.cases.models import Document
from spean.evidence.indicators.promise import Counted, Scope, agreed
from spean.evidence.within import Figures, Item


def _items(scope: Scope) -> list[Item]:
    back = {"state": DocumentState.RETURNED, **scope.within("ended_on")}
    found = Document.objects.filter(agreed(), case__team__in=scope.teams, **back).annotate(first=Min("demands__on"))
    rows = found.values_list("case", "first", "ended_on")
    return [Item(case, (ended - first).days if first and ended else None) for case, first, ended in rows]


COUNTED = (
    Counted(
        code="I14a",
        unit="things",
        question=_("How many documents did their owners get back?"),
        numerator=_("Documents kept by somebody else that came back to their owner in the quarter. A new one is not counted."),
        denominator="",
        consent=True,
        count=lambda scope: Figures(_items(scope)),
    ),
    Counted(
        code="I14b",
        unit="days",
        question=_("How long does it take until a document is back?"),
        numerator=_("The median of the days from the first demand until the return."),
        denominator=_("Documents that came back in the quarter and had been demanded."),
        consent=True,
        count=lambda scope: Figures([item for item in _items(scope) if item.days is not None], days=True),
    ),
)
