"""What a person needs: asked, weighed by `checks.needs`, sealed; ticked tasks are made with it. A second person looks.

More danger counts at once. Less danger counts when a second person has looked, and only where nothing was learnt since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.contexts import assessment_context
from spean.cases.models import Assessment, Case
from spean.cases.operations.course import done, find, reckon_due
from spean.cases.operations.reading import opened_part
from spean.cases.operations.working import DAY, keep_task
from spean.cases.step_enums import StepDetail, StepKind
from spean.checks.needs import RANK, Answer, Assessed, Level, Soon, higher, needs, propose
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

#: what can tell more of the danger than an assessment did
LEARNT = (StepKind.ASSESSED, StepKind.SCREENED, StepKind.CHANGED)


@dataclass(frozen=True)
class Asked:
    """What was answered, how much danger is seen besides, and which of the proposed tasks are taken over."""

    answers: Mapping[str, str] = field(default_factory=dict)  # code -> now, later, not, not_said
    risk: str = enums.Risk.NOT_KNOWN
    words: str = ""  # what the person said of it
    taken: Mapping[str, date | None] = field(default_factory=dict)  # code -> the day, for what is planned
    language: str = "km"  # in which the tasks are written

    @property
    def level(self) -> Level:
        """The more dangerous of what the answers show and what is seen: nobody can talk the answers down."""
        return higher(propose(self.answers).level, self.risk)


@transaction.atomic
def assess(actor: Actor, case_id: UUID, asked: Asked, sent_id: UUID) -> UUID:
    """Keep it, and make the tasks that were ticked, all or nothing. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "assess")
    known = case.assessments.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    found = _checked(asked)
    key = ring.data_key(case.id)
    made = Assessment(id=new_id(), case=case, number=case.assessments.count() + 1, on=clock.today(), by_id=actor.id)
    made.level, made.version, made.sent_hash = enums.Risk(asked.level), found.version, sent_hash(sent_id)
    made.answers = seal(key, _content(asked), assessment_context(case, made.id))
    made.save(force_insert=True)
    for one in found.proposals:
        if one.need.code in asked.taken:
            task, words = uuid5(sent_id, one.need.code), one.need.name.of(asked.language)
            due = asked.taken[one.need.code]
            keep_task(actor, case, key, words, task, kind=one.need.kind, response=one.soon.value, due_on=due)
    reckon_due(case)
    fields = ["due_on"]
    if case.risk == enums.Risk.NOT_KNOWN or RANK[asked.level] >= RANK[Level(case.risk)]:
        case.risk = made.level
        fields.append("risk")
    done(actor, case, "case.assess", StepKind.ASSESSED, *fields, reason=made.level)
    return made.id


def _checked(asked: Asked) -> Assessed:
    """What the answers propose; Invalid for what no table knows, and for a planned task without a day."""
    found, wrong = propose(asked.answers), dict[str, object]()
    proposed = {one.need.code: one for one in found.proposals}
    strange = not set(asked.answers) <= set(needs()) or not set(asked.answers.values()) <= set(Answer)
    if strange or asked.risk not in enums.Risk or not set(asked.taken) <= set(proposed):
        wrong[""] = _("An answer does not belong to this table. Open the page again.")
    elif not clean(asked.words) and set(asked.answers.values()) <= {Answer.NOT_SAID}:
        wrong[""] = _("Nothing is answered yet. If the person wants to say nothing now, leave this page: nothing is kept.")
    for code, day in asked.taken.items():
        if code in proposed and proposed[code].soon == Soon.PLANNED and (day is None or day < clock.today()):
            wrong[f"day_{code}"] = DAY
    if wrong:
        raise Invalid(wrong)
    return found


def _content(asked: Asked) -> dict[str, object]:
    return {"answers": dict(asked.answers), "risk": asked.risk, "words": clean(asked.words), "taken": sorted(asked.taken)}


@transaction.atomic
def agree(actor: Actor, case_id: UUID, assessment_id: UUID) -> bool:
    """A second person has looked at it; nobody agrees with their own, twice is once. Whether the case says its danger now.

    Less danger counts from here on, unless something was learnt since: then it stays as it stands, and it is asked anew.
    """
    case = find(actor, case_id, "review")
    assessment = case.assessments.select_for_update().filter(pk=assessment_id).first()
    if assessment is None:
        raise NotYours
    if assessment.by_id == actor.id:
        raise NotAllowed(_("A second person has to look at what you wrote."))
    if assessment.reviewed_by_id is not None:
        return case.risk == assessment.level
    assessment.reviewed_by_id, assessment.reviewed_on = actor.id, clock.today()
    assessment.save(update_fields=["reviewed_by", "reviewed_on"])
    if _is_newest(case, assessment):
        case.risk = assessment.level
    done(actor, case, "case.agree_needs", StepKind.NEEDS_AGREED, "risk", reason=assessment.level)
    return case.risk == assessment.level


def _is_newest(case: Case, assessment: Assessment) -> bool:
    """Whether nothing was learnt of the person's danger after it."""
    learnt = Q(kind__in=LEARNT) | Q(detail=StepDetail.FOLLOW_SIGN)
    last = case.steps.filter(learnt).order_by("-position").values_list("kind", flat=True).first()
    return last == StepKind.ASSESSED and not case.assessments.filter(number__gt=assessment.number).exists()


def read(actor: Actor, case_id: UUID, assessment_id: UUID, reason: str = "") -> dict[str, Any]:
    """The answers of one assessment, as they were kept: answers, risk, words, taken."""
    with opened_part(actor, case_id, reason) as (case, key):
        assessment = case.assessments.filter(pk=assessment_id).exclude(answers=b"").first()
        if assessment is None:
            raise NotYours
        audit.record(actor, "case.assessment", assessment, org=case.org_id)
        return open_sealed(key, bytes(assessment.answers), assessment_context(case, assessment.id))
