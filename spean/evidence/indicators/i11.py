"""I11: potential victims who were helped for the first time."""

from django.utils.translation import gettext_lazy as _

from spean.cases.enums import Indicated
from spean.cases.models import Case
from spean.evidence.indicators.promise import Counted, Scope, agreed, to
from spean.evidence.within import Figures, Item
from spean.programme.result_enums import Sex

SIGNS = (Indicated.POSSIBLE, Indicated.STRONG, Indicated.URGENT)


def _assisted(scope: Scope) -> Figures:
    cases = Case.objects.filter(agreed("pk"), team__in=scope.teams, indicated__in=SIGNS, **scope.within("opened_on"))
    rows = cases.values_list("pk", "sex", "country")
    return Figures([Item(pk, None, {**_sex(sex), **to(country)}) for pk, sex, country in rows])


def _sex(code: str) -> dict[str, str]:
    return {"sex": code} if code in Sex.values else {}


COUNTED = (
    Counted(
        code="I11",
        unit="people",
        question=_("How many people with signs of trafficking did we begin to help?"),
        numerator=_("Cases opened in the quarter whose newest screening shows signs of trafficking, each once."),
        denominator="",
        consent=True,
        count=_assisted,
    ),
)
