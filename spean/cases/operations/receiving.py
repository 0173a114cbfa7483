"""The other side of a referral: a desk accepts or refuses what is offered, opens what is handed over, tells what came of it.

Each opening stands on the course of the sender's case. Words go back sealed to the sender's team alone.
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from spean.accounts.access import Actor
from spean.cases import enums, referral_enums
from spean.cases.contexts import packet_context, reply_context
from spean.cases.enums import Shared
from spean.cases.models import Case, Referral, Reply
from spean.cases.operations import course, opening, referrals
from spean.cases.packets import person_of
from spean.cases.referral_enums import ReferralKind
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import Conflict
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.places.models import Place
from spean.privacy import keys
from spean.privacy.sealing import open_sealed, seal
from spean.voices.enums import Sex
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of


@transaction.atomic
def accept(actor: Actor, pk: UUID) -> None:
    """We will help. The sender hands the packet over."""
    referral = referrals.find(actor, pk, "accept")
    referrals.move(referral, "accept")
    referral.accepted_by_id = actor.id
    referrals.done(actor, referral, "accept", StepKind.ACCEPTED, "accepted_by")


@transaction.atomic
def refuse(actor: Actor, pk: UUID, reason: str, words: str) -> None:
    """We cannot. The reason is a code; what is said beside it only the sender reads."""
    referral = referrals.find(actor, pk, "refuse")
    referral.refused_for = referral_enums.WhyRefused(reason)
    _reply(actor, referral, referral_enums.ReplyKind.REFUSAL, words)
    referrals.end(actor, referral, "refuse", StepKind.REFUSED, "refused_for")


@transaction.atomic
def read(actor: Actor, pk: UUID) -> dict[str, Any]:
    """What was handed over, by the kinds of facts. Written in both trails and on the sender's case first."""
    ring = ring_of(actor)
    referral = referrals.find(actor, pk, "open")
    referrals.record(actor, referral, "open")
    course.step(actor, referral.case, StepKind.PACKET_OPENED)
    return open_sealed(ring.data_key(referral.id), bytes(referral.packet), packet_context(referral))


@transaction.atomic
def finish(actor: Actor, pk: UUID, outcome: str, words: str) -> None:
    """Tell what came of it. The packet is not needed any more, and is destroyed."""
    referral = referrals.find(actor, pk, "finish")
    referral.outcome = referral_enums.Outcome(outcome)
    _reply(actor, referral, referral_enums.ReplyKind.OUTCOME, words)
    referrals.end(actor, referral, "finish", StepKind.OUTCOME, "outcome")


@transaction.atomic
def take(actor: Actor, pk: UUID, sent_id: UUID) -> UUID:
    """Look after the person: a case of one's own from what was told, or the one from which they once went. Returns its id."""
    again = Referral.objects.filter(pk=pk, desk__in=[s.team for s in actor.seats], taken__sent_hash=sent_hash(sent_id)).first()
    if again is not None and again.taken_id is not None:
        return again.taken_id
    told = read(actor, pk)
    referral = referrals.find(actor, pk, "take")
    referral.taken = _ours_again(actor, referral) or _new_case(actor, referral, told, sent_id)
    referrals.end(actor, referral, "take", StepKind.TAKEN, "taken")
    return referral.taken.id


def _ours_again(actor: Actor, referral: Referral) -> Case | None:
    """The case from which the person was transferred, where they are handed back to it."""
    if referral.kind != ReferralKind.HAND_BACK or referral.back_of is None:
        return None
    case = Case.objects.select_for_update(of=("self",)).get(pk=referral.back_of.case_id)
    course.step(actor, case, StepKind.CAME_BACK)
    course.record(actor, "referral.take", case)
    return case


def _new_case(actor: Actor, referral: Referral, told: dict[str, Any], sent_id: UUID) -> Case:
    if referral.desk_id is None:  # without an account nobody opens a case here
        raise Conflict
    person, counted = person_of(told), told.get(Shared.AGE_SEX, {})
    facts = opening.Facts(source=enums.Source.PARTNER, age=counted.get("age", referral.age), sex=counted.get("sex", Sex.NOT_SAID))
    made = opening.open_case(actor, referral.desk_id, person, facts, sent_id, place=_place(told) or referral.place)
    return Case.objects.get(pk=made)


def _place(told: dict[str, Any]) -> Place | None:
    home = told.get(Shared.HOME, {})
    code = (home.get("place") or home.get("commune") or {}).get("code")
    return Place.objects.select_related("parent").filter(code=code, until=None).first() if code else None


def _reply(actor: Actor, referral: Referral, kind: str, words: str) -> None:
    """Words for the sender's team, under a key of their own; who writes them cannot open them again."""
    if not clean(words):
        return
    reply = Reply(id=new_id(), referral=referral, kind=kind, on=clock.today(), by_id=actor.id)
    key = keys.new_subject(reply.id, org=referral.case.org_id, teams=[referral.case.team_id])
    reply.said = seal(key, {"text": clean(words)}, reply_context(reply))
    reply.save(force_insert=True)
