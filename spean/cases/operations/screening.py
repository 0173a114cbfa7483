"""Screening: the gate first, then the answers, weighed by `checks.screening` and sealed; a second person looks at the result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.contexts import screening_context
from spean.cases.models import Screening
from spean.cases.operations.course import done, find
from spean.cases.step_enums import StepKind
from spean.checks.screening import tables, weighing
from spean.checks.screening.tables import Answer, Profile
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy.sealing import seal
from spean.voices.enums import Age
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

GATE = _("Ask nothing more now. Talk when the person is alone with you, wants to, and you share a language.")
CHILD = _("This person is under 18, or nobody knows how old they are: the child's indicators count.")


@dataclass(frozen=True)
class Asked:
    """What was asked and answered. What nobody asked is in no mapping."""

    profile: str
    gate: frozenset[str]  # what of the gate is so
    urgent: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)  # code -> yes, no, unknown, refused
    words: str = ""  # what the person said, in their words


@transaction.atomic
def screen(actor: Actor, case_id: UUID, asked: Asked, sent_id: UUID) -> UUID:
    """Keep a screening. A replay returns the first one's id. A higher class counts at once, a lower one when it is agreed to.

    Invalid when the gate is not passed and nothing urgent is told, for an answer that no table knows, and for an adult's
    profile where the person is a child or of unknown age.
    """
    ring = ring_of(actor)
    case = find(actor, case_id, "screen")
    known = Screening.objects.filter(sent_hash=sent_hash(sent_id), case=case).first()
    if known:
        return known.id
    _check(asked, case.age)
    result = weighing.screen(Profile(asked.profile), asked.answers, asked.urgent)
    made = Screening(id=new_id(), case=case, on=clock.today(), by_id=actor.id, profile=asked.profile)
    made.indicated, made.version, made.sent_hash = enums.Indicated(result.kind), result.version, sent_hash(sent_id)
    made.answers = seal(ring.data_key(case.id), _content(asked), screening_context(case, made.id))
    made.save(force_insert=True)
    fields = []
    if not case.indicated or weighing.RANK[result.kind] >= weighing.RANK[weighing.Class(case.indicated)]:
        case.indicated = made.indicated
        fields.append("indicated")
    if asked.urgent:
        case.risk = enums.Risk.NOW
        fields.append("risk")
    done(actor, case, "case.screen", StepKind.SCREENED, *fields, reason=made.indicated)
    return made.id


def _check(asked: Asked, age: str) -> None:
    wrong: dict[str, object] = {}
    if asked.answers and not asked.urgent and not set(tables.gate()) <= asked.gate:
        wrong["gate"] = GATE
    if asked.profile != Profile.CHILD and age in {Age.CHILD, Age.NOT_SAID}:
        wrong["profile"] = CHILD
    codes = {indicator.code for indicator in tables.of(Profile(asked.profile))}
    if not set(asked.answers) <= codes or not set(asked.answers.values()) <= set(Answer):
        wrong[""] = _("An answer does not belong to this table. Open the page again.")
    if not asked.urgent <= set(tables.urgent()) or not asked.gate <= set(tables.gate()):
        wrong[""] = _("An answer does not belong to this table. Open the page again.")
    if wrong:
        raise Invalid(wrong)


def _content(asked: Asked) -> dict[str, object]:
    return {
        "profile": asked.profile,
        "gate": sorted(asked.gate),
        "urgent": sorted(asked.urgent),
        "answers": dict(asked.answers),
        "words": clean(asked.words),
    }


@transaction.atomic
def review(actor: Actor, case_id: UUID, screening_id: UUID) -> None:
    """A second person agrees with a screening. Nobody agrees with their own; twice is once.

    The newest one's class is the case's from then on, also where it is lower than what stood there.
    """
    case = find(actor, case_id, "review")
    screening = case.screenings.select_for_update().filter(pk=screening_id).first()
    if screening is None:
        raise NotYours
    if screening.by_id == actor.id:
        raise NotAllowed(_("A second person has to look at your screening."))
    if screening.reviewed_by_id is not None:
        return
    screening.reviewed_by_id, screening.reviewed_on = actor.id, clock.today()
    screening.save(update_fields=["reviewed_by", "reviewed_on"])
    if not case.screenings.filter(on__gt=screening.on).exists():
        case.indicated = screening.indicated
    done(actor, case, "case.review", StepKind.REVIEWED, "indicated", reason=screening.indicated)
