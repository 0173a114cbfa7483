"""Telling without consent, for a life is in danger: its own act, two people, exact facts, one recipient, 24 hours, a notice.

It is no way around `consent.require`, which knows nothing of it: no referral and no packet goes by it. One of us asks and says
why the person cannot be asked; a supervisor who is another agrees; it is told by voice. With the agreement comes a task that
nobody can take away: the person is told of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import SYSTEM, Actor
from spean.cases import enums, hours
from spean.cases.contexts import unasked_context
from spean.cases.enums import Shared
from spean.cases.models import Case, Unasked, UnaskedField
from spean.cases.operations import course, referring
from spean.cases.operations.reading import opened_part
from spean.cases.operations.working import keep_task
from spean.cases.packets import packet
from spean.cases.step_enums import StepDetail
from spean.cases.unasked_enums import UNASKED_MOVES, UnaskedState, WhyUnasked
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

LASTS = timedelta(hours=24)
ANOTHER = _("A supervisor who did not ask decides.")
HOURS_OVER = _("Its 24 hours are over. If the danger is still there, ask anew.")


@dataclass(frozen=True)
class Wanted:
    """Who shall be told what, and why without asking."""

    named: str
    why: str
    reason: str
    fields: frozenset[str]


@dataclass(frozen=True)
class SaidUnasked:
    """One telling in clear. `told` is what may be told now, and nothing beside it; empty where nothing may."""

    named: str
    reason: str
    told: Mapping[str, Any]


def ends(unasked: Unasked) -> datetime:
    """When its 24 hours end."""
    return hours.moment(unasked.ends_on, unasked.ends_hour)


def holds(unasked: Unasked) -> bool:
    """Whether its 24 hours are not over."""
    return clock.now() < ends(unasked)


def _begin(unasked: Unasked) -> None:
    unasked.ends_on, unasked.ends_hour = hours.until(LASTS)


@transaction.atomic
def ask(actor: Actor, case_id: UUID, wanted: Wanted, sent_id: UUID) -> UUID:
    """Ask that something is told without consent. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = course.find(actor, case_id, "unasked")
    known = case.unasked.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    _check(wanted)
    made = Unasked(id=new_id(), case=case, why=wanted.why, asked_on=clock.today(), asked_by_id=actor.id)
    made.sent_hash = sent_hash(sent_id)
    _begin(made)
    words = {"named": clean(wanted.named), "reason": clean(wanted.reason)}
    made.words = seal(ring.data_key(case.id), words, unasked_context(case, made.id))
    made.save(force_insert=True)
    UnaskedField.objects.bulk_create(UnaskedField(unasked=made, field=field) for field in sorted(wanted.fields))
    course.done(actor, case, "case.unasked", StepDetail.UNASKED_ASKED, reason=wanted.why)
    return made.id


def _check(wanted: Wanted) -> None:
    wrong: dict[str, object] = {}
    if not clean(wanted.named):
        wrong["named"] = _("Say who is told: one office or one person, by name.")
    if not clean(wanted.reason):
        wrong["reason"] = _("Write what the danger is, and what the telling changes.")
    if wanted.why not in WhyUnasked:
        wrong["why"] = course.STRANGE
    if not wanted.fields or not wanted.fields <= set(enums.SPOKEN):
        wrong["fields_told"] = _("Say what may be told: choose one at least.")
    if wrong:
        raise Invalid(wrong)


@transaction.atomic
def agree(actor: Actor, case_id: UUID, unasked_id: UUID) -> None:
    """The second of us agrees. From now on it may be told; and from now on the person is owed the notice."""
    ring = ring_of(actor)
    case, one = _decided(actor, case_id, unasked_id, "agree")
    _begin(one)
    key = ring.data_key(case.id)
    text = ", ".join([_words(case, key, one)["named"], *(str(Shared(field).label) for field in _fields(one))])
    one.notice = keep_task(actor, case, key, text, uuid4(), kind=enums.OWED, response=enums.Response.DAY)
    one.save()
    course.reckon_due(case)
    course.done(actor, case, "case.unasked_agree", StepDetail.UNASKED_AGREED, "due_on", reason=one.why)


@transaction.atomic
def decline(actor: Actor, case_id: UUID, unasked_id: UUID) -> None:
    """The second of us does not agree: nothing is told."""
    case, one = _decided(actor, case_id, unasked_id, "decline")
    one.save()
    course.done(actor, case, "case.unasked_decline", StepDetail.UNASKED_DECLINED)


def _decided(actor: Actor, case_id: UUID, unasked_id: UUID, move: str) -> tuple[Case, Unasked]:
    case = course.find(actor, case_id, "agree_unasked")
    one = _of(case, unasked_id)
    if one.asked_by_id == actor.id:
        raise NotAllowed(ANOTHER)
    one.state = course.after(UNASKED_MOVES, move, one.state)
    if not holds(one):
        raise Conflict(HOURS_OVER)
    one.decided_on, one.decided_by_id = clock.today(), actor.id
    return case, one


@transaction.atomic
def tell(actor: Actor, case_id: UUID, unasked_id: UUID) -> None:
    """It was told, by voice, to whom it names. Twice is once."""
    case = course.find(actor, case_id, "unasked")
    one = _of(case, unasked_id)
    if one.state == UnaskedState.TOLD:
        return
    one.state = course.after(UNASKED_MOVES, "tell", one.state)
    if not holds(one):
        raise Conflict(HOURS_OVER)
    one.told_on = clock.today()
    one.save(update_fields=["state", "told_on"])
    course.done(actor, case, "case.unasked_tell", StepDetail.UNASKED_TOLD)


def read(actor: Actor, case_id: UUID, reason: str = "") -> dict[UUID, SaidUnasked]:
    """To whom and why, opened: the trail first, as for the case itself. What may be told is there while it may be told."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.unasked_read", case, org=case.org_id)
        rows = list(case.unasked.prefetch_related("fields"))
        person = referring.known(case, key, "") if any(_open(one) for one in rows) else None
        return {
            one.id: SaidUnasked(**_words(case, key, one), told=packet(person, _fields(one)) if person and _open(one) else {})
            for one in rows
        }


def names(case: Case, key: bytes) -> dict[UUID, str]:
    """Who was told, by telling. For who has opened the case."""
    return {one.id: _words(case, key, one)["named"] for one in case.unasked.all()}


def _open(one: Unasked) -> bool:
    return one.state in {UnaskedState.AGREED, UnaskedState.TOLD} and holds(one)


def _fields(one: Unasked) -> list[str]:
    chosen = {row.field for row in one.fields.all()}
    return [field for field in Shared.values if field in chosen]


def _of(case: Case, unasked_id: UUID) -> Unasked:
    one = case.unasked.select_for_update().filter(pk=unasked_id).first()
    if one is None:
        raise NotYours
    return one


def _words(case: Case, key: bytes, one: Unasked) -> dict[str, str]:
    return open_sealed(key, bytes(one.words), unasked_context(case, one.id))


def day(passed: date | None = None, limit: int = 1000) -> int:
    """What was not decided or not told in its 24 hours is over; returns how many. `passed` is the day that has surely passed."""
    late = Unasked.objects.filter(state__in=UNASKED_MOVES["lapse"][0], ends_on__lte=passed or clock.today())
    return sum(_lapse(pk) for pk in late.order_by("ends_on", "id").values_list("pk", flat=True)[:limit])


@transaction.atomic
def _lapse(pk: UUID) -> int:
    case = Case.objects.select_for_update(of=("self",)).get(unasked=pk)
    one = case.unasked.select_for_update().get(pk=pk)
    if one.state not in UNASKED_MOVES["lapse"][0] or holds(one):
        return 0
    one.state = course.after(UNASKED_MOVES, "lapse", one.state)
    one.save(update_fields=["state"])
    course.step(SYSTEM, case, StepDetail.UNASKED_OVER)
    audit.record(SYSTEM, "case.unasked_over", case, org=case.org_id)
    return 1
