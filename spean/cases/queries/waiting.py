"""Who is next for a free place of a training course: as many of those who wait as places are free, who waits longest first.

Reckoned when it is asked: nothing is given away by it, and whoever is next is so also when places are added.
"""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from spean.cases import enums
from spean.cases.models import Enrolment
from spean.cases.training_enums import HOLDS_PLACE, EnrolmentState, TrainingState
from spean.kernel import clock


def longer(one: Enrolment) -> int:
    """How many people, of cases under way, wait longer for the same course than this person, if they wait. Two queries."""
    waits = Enrolment.objects.filter(training=one.training_id, state=EnrolmentState.WAITING, case__state__in=enums.UNDER_WAY)
    own = waits.filter(pk=one.pk).first()
    if own:
        waits = waits.filter(Q(moved_on__lt=own.moved_on) | Q(moved_on=own.moved_on, pk__lt=own.pk))
    return waits.count()


def called() -> QuerySet[Enrolment]:
    """Who waits and is next, of cases under way and courses that are not over."""
    waits = Enrolment.objects.filter(state=EnrolmentState.WAITING, case__state__in=enums.UNDER_WAY)
    longer = Q(moved_on__lt=OuterRef("moved_on")) | Q(moved_on=OuterRef("moved_on"), pk__lt=OuterRef("pk"))
    of_it = Q(training=OuterRef("training"))
    open_ = waits.filter(training__state=TrainingState.OPEN, training__ends_on__gte=clock.today())
    counted = open_.annotate(
        ahead=_count(waits.filter(longer, of_it)), taken=_count(Enrolment.objects.filter(of_it, state__in=HOLDS_PLACE))
    )
    return counted.filter(training__places__gt=F("ahead") + F("taken"))


def _count(found: QuerySet[Enrolment]) -> Any:
    counted = found.order_by().values("training").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
