"""I16: referrals made, accepted, completed. What is accepted or completed is of those that were made in the quarter."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spean.cases.models import Referral
from spean.cases.referral_enums import ReferralKind, ReferralState
from spean.evidence.indicators.promise import Counted, Scope, agreed
from spean.evidence.within import Figures, Item

_ACCEPTED = Q(accepted_by__isnull=False) | Q(given_on__isnull=False)
_COMPLETED = Q(state__in=(ReferralState.DONE, ReferralState.TAKEN))


def _items(scope: Scope, which: Q = Q()) -> list[Item]:  # noqa: B008 - a Q is never changed
    made = Referral.objects.filter(agreed(), which, case__team__in=scope.teams, **scope.within("offered_on"))
    return [Item(case) for case in made.exclude(kind=ReferralKind.HAND_BACK).values_list("case", flat=True)]


def _accepted(scope: Scope) -> Figures:
    return Figures(_items(scope, _ACCEPTED), beside=(_items(scope),))


def _completed(scope: Scope) -> Figures:
    return Figures(_items(scope, _COMPLETED), beside=(_items(scope), _items(scope, _ACCEPTED)))


COUNTED = (
    Counted(
        code="I16a",
        unit="things",
        question=_("How often did we ask another desk to help a person?"),
        numerator=_("Referrals made in the quarter. What is handed back is not counted."),
        denominator="",
        consent=True,
        count=lambda scope: Figures(_items(scope)),
    ),
    Counted(
        code="I16b",
        unit="things",
        question=_("How many of these referrals were accepted?"),
        numerator=_("Of the referrals made in the quarter, those accepted until the day of counting."),
        denominator="",
        consent=True,
        count=_accepted,
    ),
    Counted(
        code="I16c",
        unit="things",
        question=_("How many of these referrals led to help?"),
        numerator=_("Of the referrals made in the quarter, those where the desk told what came of it or took the person over."),
        denominator="",
        consent=True,
        count=_completed,
    ),
)
