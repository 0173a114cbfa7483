"""The way home of two countries: a partner who was told of it sees it as it stands, and says how the steps of their side stand.

Nothing of it lies at the partner's: each look asks the rule again, so that it ends in the moment in which the referral or what
the person agreed to ends. Codes and days alone go over; what is sealed of a way stays under the case's key.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import corridors, enums, way_enums
from spean.cases.enums import Shared
from spean.cases.models import Case, Referral, Task, WayHome, WayStep, WayWord
from spean.cases.operations import course, referrals
from spean.cases.referral_enums import ReferralState
from spean.cases.step_enums import StepDetail
from spean.cases.way_enums import PartnerWord, StepState, WaitsFor, WayState
from spean.kernel import acting, clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.voices.operations.intake import sent_hash

FROM_TODAY = _("Choose a day from today on.")
WHAT_FOR = _("Say what it waits for.")


@dataclass(frozen=True)
class PartnerSays:
    """What a partner says of one step: until when it will be done, since when it is, or what it waits for."""

    word: str
    day: date | None = None
    waits_for: str = ""


def sharing(case: Case) -> QuerySet[Referral]:
    """The referrals by whose desks the way of this person is seen today."""
    told = Referral.objects.filter(case=case, state=ReferralState.GIVEN, fields__field=Shared.WAY, until__gte=clock.today())
    return told.filter(consent__withdrawn_on=None, desk__isnull=False)


def newest(case: Case) -> WayHome | None:
    """The way home that is under way, or else the last one."""
    ways = case.ways.order_by("-made_on", "id")
    return ways.filter(state__in=way_enums.COMING_HOME).first() or ways.first()


def takes(step: WayStep, way: WayHome, desk: UUID | None) -> bool:
    """Whether a desk may say how a step stands: one given to it, or over there, or one at the crossing that none of us took."""
    if step.desk_id is not None:
        return step.desk_id == desk
    side = corridors.ways()[way.corridor].step(step.code).side
    return side == "there" or (side == "border" and step.owner_id is None)


@transaction.atomic
def look(actor: Actor, pk: UUID) -> None:
    """The way is looked at: where a partner does, a line in both trails."""
    seen = access.get(actor, "referral.see", Referral.objects.select_related("case", "desk"), pk, to="referral.way")
    if not access.decide(actor, "referral.follow", seen).allowed:
        referrals.record(actor, seen, "way")


@transaction.atomic
def say(actor: Actor, pk: UUID, step_id: UUID, said: PartnerSays, sent_id: UUID) -> None:
    """A partner says how a step stands. It is so from now on, with the partner's name; twice is once."""
    referral = referrals.find(actor, pk, "way_step")
    if WayWord.objects.filter(sent_hash=sent_hash(sent_id), referral=referral).exists():
        return
    step = _of_theirs(referral, step_id)
    _check(said)
    _stands(step, actor, referral, said)
    told = {"word": said.word, "day": said.day, "waits_for": step.waits_for, "sent_hash": sent_hash(sent_id)}
    WayWord.objects.create(id=new_id(), step=step, referral=referral, on=clock.today(), by_id=actor.id, **told)
    with acting.across(referral.case_id):
        _tell(actor, referral, said)
    referrals.record(actor, referral, "way_step")


def _tell(actor: Actor, referral: Referral, said: PartnerSays) -> None:
    case = referral.case
    if said.word != PartnerWord.PLANNED:
        _to_look_at(actor, case)
    course.reckon_due(case)
    case.moved_on = clock.today()
    case.save(update_fields=["moved_on", "due_on"])
    course.step(actor, case, StepDetail.PARTNER_STEP, desk=referral.desk)


def _of_theirs(referral: Referral, step_id: UUID) -> WayStep:
    way = newest(referral.case)
    step = WayStep.objects.select_for_update(of=("self",)).filter(pk=step_id, way=way).first() if way else None
    if way is None or step is None or not takes(step, way, referral.desk_id):
        raise NotYours
    if way.state == WayState.STOPPED:
        raise Conflict
    return step


def _check(said: PartnerSays) -> None:
    wrong: dict[str, object] = {}
    if said.word not in PartnerWord:
        wrong["word"] = course.STRANGE
    if said.word == PartnerWord.PLANNED and (said.day is None or said.day < clock.today()):
        wrong["day"] = FROM_TODAY
    if said.word == PartnerWord.DONE and (said.day is None or said.day > clock.today()):
        wrong["day"] = course.NOT_YET
    if said.word == PartnerWord.BLOCKED and said.waits_for not in WaitsFor:
        wrong["waits_for"] = WHAT_FOR
    if wrong:
        raise Invalid(wrong)


def _stands(step: WayStep, actor: Actor, referral: Referral, said: PartnerSays) -> None:
    done = said.word == PartnerWord.DONE
    step.state = StepState.DONE if done else StepState.TO_DO
    step.done_on, step.done_by_id = (said.day, actor.id) if done else (None, None)
    if said.word == PartnerWord.PLANNED:
        step.due_on = said.day
    step.waits_for = said.waits_for if said.word == PartnerWord.BLOCKED else ""
    step.told_by = referral.desk
    if step.owner_id is None:
        step.desk = referral.desk
    step.told_on = clock.today()
    step.save(update_fields=["state", "done_on", "done_by", "due_on", "waits_for", "desk", "told_by", "told_on"])


def _to_look_at(actor: Actor, case: Case) -> None:
    """A task of who looks after the person, without words: a partner has no key of the case. One at a time is enough."""
    if case.tasks.filter(kind=enums.TaskKind.PARTNER, state=enums.TaskState.TO_DO).exists():
        return
    today = clock.today()
    made = Task(id=new_id(), case=case, kind=enums.TaskKind.PARTNER, response=enums.Response.DAY, made_by_id=actor.id)
    made.made_on, made.due_on, made.words = today, today + timedelta(days=enums.DUE_IN[enums.Response.DAY]), b""
    made.sent_hash = sent_hash(made.id)
    made.save(force_insert=True)
