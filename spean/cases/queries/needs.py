"""What was asked of a person's needs, as a list: days, names, the danger that was seen. The answers are sealed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.models import Assessment, Case


@dataclass(frozen=True)
class AssessmentView:
    """One assessment: who asked, how much danger was seen, who looked at it."""

    id: UUID
    on: date
    by: str
    level: str
    level_label: str
    version: str
    reviewed_by: str
    mine: bool


def assessments(actor: Actor, case_id: UUID) -> tuple[AssessmentView, ...]:
    """Those of one case, the newest first. Two queries."""
    return assessments_of(actor, access.get(actor, "case.see", Case.objects.all(), case_id))


def assessments_of(actor: Actor, case: Case) -> tuple[AssessmentView, ...]:
    """Those of a case that was found. One query."""
    return tuple(_view(actor, a) for a in case.assessments.select_related("by", "reviewed_by").order_by("-number"))


def _view(actor: Actor, a: Assessment) -> AssessmentView:
    return AssessmentView(
        id=a.id,
        on=a.on,
        by=a.by.name,
        level=a.level,
        level_label=str(enums.Risk(a.level).label),
        version=a.version,
        reviewed_by=a.reviewed_by.name if a.reviewed_by else "",
        mine=a.by_id == actor.id,
    )
