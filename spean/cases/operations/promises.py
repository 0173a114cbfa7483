"""What a person was promised, and whether they got it: asked before a case is closed. Each goal of the plan is a promise."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import enums
from spean.cases.contexts import goal_context, promise_context
from spean.cases.models import Case, Goal, Promise
from spean.cases.operations.course import STRANGE, done, find
from spean.cases.operations.reading import opened_part
from spean.cases.rebuild_enums import Delivered
from spean.cases.step_enums import StepDetail
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of


@dataclass(frozen=True)
class Opened:
    """One promise in clear: what was promised, and what the person says of it."""

    what: str
    said: str


@transaction.atomic
def add(actor: Actor, case_id: UUID, what: str, sent_id: UUID) -> UUID:
    """Something was promised that is no goal of the plan. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "rebuild")
    known = case.promises.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    if not clean(what):
        raise Invalid({"what": _("Write what was promised, in a few words.")})
    made = Promise(id=new_id(), case=case, made_on=clock.today(), by_id=actor.id, sent_hash=sent_hash(sent_id))
    _keep(made, ring.data_key(case.id), Opened(what, ""))
    done(actor, case, "case.promise", StepDetail.PROMISED)
    return made.id


@transaction.atomic
def answer(actor: Actor, case_id: UUID, row: UUID, delivered: str, said: str) -> None:
    """Whether the person got it, and what they say of it. `row` is a goal or a promise besides. It can be written anew."""
    ring = ring_of(actor)
    case = find(actor, case_id, "rebuild")
    if delivered not in Delivered:
        raise Invalid({"delivered": STRANGE})
    key, found = ring.data_key(case.id), _found(actor, case, row)
    what = "" if found.goal_id or not found.words else _opened(case, key, found).what
    found.delivered, found.answered_on, found.by_id = delivered, clock.today(), actor.id
    _keep(found, key, Opened(what, said))
    done(actor, case, "case.promise", StepDetail.PROMISED, reason=delivered)


def _found(actor: Actor, case: Case, row: UUID) -> Promise:
    promises = case.promises.select_for_update(of=("self",))
    found = promises.filter(pk=row).first() or promises.filter(goal=row).first()
    if found is not None:
        return found
    goal = goals(case).filter(pk=row).first()
    if goal is None:
        raise NotYours
    return Promise(id=new_id(), case=case, goal=goal, made_on=goal.made_on, by_id=actor.id)


def goals(case: Case) -> QuerySet[Goal]:
    """The goals of the plan that stand: a changed one is not promised any more."""
    return Goal.objects.filter(plan__case=case).exclude(state=enums.GoalState.CHANGED).order_by("target_on", "id")


def _keep(made: Promise, key: bytes, words: Opened) -> None:
    content = {"what": clean(words.what), "said": clean(words.said)}
    made.words = seal(key, content, promise_context(made.case, made.id))
    made.save()


def read(actor: Actor, case_id: UUID, reason: str = "") -> dict[UUID, Opened]:
    """What was promised and what the person says of it, by goal or by promise; the trail first."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.promises", case, org=case.org_id)
        found = {p.goal_id or p.id: _opened(case, key, p) for p in case.promises.exclude(words=b"")}
        for goal in goals(case):
            what = str(open_sealed(key, bytes(goal.words), goal_context(case, goal.id))["text"])
            found[goal.id] = Opened(what, found[goal.id].said if goal.id in found else "")
        return found


def _opened(case: Case, key: bytes, p: Promise) -> Opened:
    return Opened(**open_sealed(key, bytes(p.words), promise_context(case, p.id)))
