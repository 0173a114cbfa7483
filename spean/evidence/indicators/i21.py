"""I21: community issues raised, sent to a higher level, answered; and how long the first answer took, by level.

A raised issue is public with its words, so its number needs no guard; a median needs several, for each tells of its days.
"""

from django.utils.translation import gettext_lazy as _

from spean.evidence import measures
from spean.evidence.indicators.promise import Counted, Scope
from spean.evidence.register import BEYOND, ISSUES_OF_A_MEDIAN, RUNGS
from spean.evidence.within import Figures, Item
from spean.voices import rungs
from spean.voices.enums import PUBLIC_STATES, StepKind
from spean.voices.models import Issue, Step


def _ours(scope: Scope) -> dict[str, object]:
    return {"team__in": scope.teams, "state__in": PUBLIC_STATES}


def _raised(scope: Scope) -> Figures:
    return Figures(
        [Item(pk) for pk in Issue.objects.filter(**_ours(scope), **scope.within("raised_on")).values_list("pk", flat=True)]
    )


def _escalated(scope: Scope) -> Figures:
    issues = Issue.objects.filter(**_ours(scope))
    steps = Step.objects.filter(issue__in=issues, kind=StepKind.ESCALATED, **scope.within("on"))
    return Figures([Item(pk, None, _level(level)) for pk, level in steps.values_list("issue", "level")])


def _answers(scope: Scope) -> list[Item]:
    rows = measures.answers_first_given(Issue.objects.filter(**_ours(scope)), scope.starts_on, scope.ends_on)
    return [
        Item(row["issue"], (row["given_on"] - row["issue__raised_on"]).days, _level(rungs.LEVEL_OF_KIND[row["committee__kind"]]))
        for row in rows
    ]


def _level(level: str) -> dict[str, str]:
    return {"level": level if level in RUNGS else BEYOND} if level else {}


COUNTED = (
    Counted(
        code="I21a",
        unit="things",
        question=_("How many issues of communities were raised?"),
        numerator=_("Issues raised with a committee in the quarter."),
        denominator="",
        consent=False,
        count=_raised,
        threshold=0,
    ),
    Counted(
        code="I21b",
        unit="things",
        question=_("How often was an issue sent to a higher level?"),
        numerator=_("Times that an issue went to a higher level in the quarter, by the level that it went to."),
        denominator="",
        consent=False,
        count=_escalated,
        threshold=0,
    ),
    Counted(
        code="I21c",
        unit="things",
        question=_("How many issues were answered?"),
        numerator=_("Issues whose first answer was given in the quarter, by the level that answered."),
        denominator="",
        consent=False,
        count=lambda scope: Figures(_answers(scope)),
        threshold=0,
    ),
    Counted(
        code="I21d",
        unit="days",
        question=_("How long does a community wait for an answer?"),
        numerator=_("The median of the days from raising an issue until its first answer, by the level that answered."),
        denominator=_("Issues whose first answer was given in the quarter."),
        consent=False,
        count=lambda scope: Figures(_answers(scope), days=True),
        threshold=ISSUES_OF_A_MEDIAN,
    ),
)
