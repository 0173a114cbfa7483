"""Referrals to an organisation without an account: asked by telephone, handed by a link and a spoken code, answered by code.

The consent names the organisation, and its name stays sealed: the sender chooses the consent. What the outside does comes by the
signal of `handed`, before it is done there: what we hold is locked first, on every way in the same order.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import PUBLIC, Actor
from spean.cases import enums, referral_enums
from spean.cases.contexts import referral_context
from spean.cases.enums import Purpose, Shared
from spean.cases.models import Case, Consent, Referral, ReferralField
from spean.cases.operations import consent as agreeing
from spean.cases.operations import course, reading, referrals, referring, unasked
from spean.cases.packet_words import letter
from spean.cases.packets import packet
from spean.cases.referral_enums import ReferralKind, ReferralState
from spean.cases.step_enums import StepDetail
from spean.directory.enums import Need
from spean.handed.models import Packet
from spean.handed.operations import laying
from spean.handed.operations.laying import Laid
from spean.kernel import acting, clock
from spean.kernel.errors import Conflict, Invalid
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

#: nobody is handed back to an organisation that has no case here
KINDS = (ReferralKind.SERVICE, ReferralKind.TRANSFER)


@dataclass(frozen=True)
class Outside:
    """What is asked of an organisation without an account, by which agreement; and whom it may telephone here."""

    consent: UUID
    kind: str
    need: str
    urgency: str
    fields: frozenset[str]
    until: date
    call: str
    needs: str = ""


def named(actor: Actor, case_id: UUID) -> tuple[agreeing.Named, ...]:
    """To whom without an account something may be told today. Their names are opened: as a part of the case is."""
    access.get(actor, "case.see", Case.objects.all(), case_id, to="case.refer")
    with reading.opened_part(actor, case_id) as (case, key):
        return agreeing.named(case, key, Purpose.REFERRAL, Purpose.RETURN)


def names(actor: Actor, case_id: UUID) -> dict[UUID, str]:
    """Who has no account and was referred to, and who was told without consent, by id. Opened as a part of the case is."""
    with reading.opened_part(actor, case_id) as (case, key):
        referred = {r.id: _sealed(r, key)["named"] for r in case.referrals.filter(desk=None).select_related("case")}
        return referred | unasked.names(case, key)


@transaction.atomic
def ask(actor: Actor, case_id: UUID, asked: Outside, sent_id: UUID) -> UUID:
    """They were asked by telephone, without a name, and said that they help. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = course.find(actor, case_id, "refer")
    known = Referral.objects.filter(sent_hash=sent_hash(sent_id), case=case).first()
    if known:
        return known.id
    made = Referral(id=new_id(), org_id=case.org_id, case=case, kind=asked.kind, need=asked.need, age=case.age)
    made.urgency = asked.urgency
    made.consent = _check(case, asked)
    key = ring.data_key(case.id)
    made.state, made.until = ReferralState.ACCEPTED, asked.until
    made.place = referring.coarse(case.place)
    made.offered_on = made.moved_on = clock.today()
    made.offered_by_id, made.sent_hash = actor.id, sent_hash(sent_id)
    words = {"text": clean(asked.needs), "named": agreeing.name_in(case, key, made.consent), "call": clean(asked.call)}
    made.needs = seal(key, words, referral_context(case, made.id))
    made.save(force_insert=True)
    ReferralField.objects.bulk_create(ReferralField(referral=made, field=field) for field in sorted(asked.fields))
    course.done(actor, case, "case.refer", StepDetail.OUTSIDE_ASKED, reason=asked.kind)
    referrals.record(actor, made, "offer")
    return made.id


def _check(case: Case, asked: Outside) -> Consent:
    """The consent by which it is told, or everything that is wrong."""
    if asked.kind not in KINDS or asked.need not in Need or asked.urgency not in enums.Response:
        raise Invalid
    wrong: dict[str, object] = {}
    purposes = referral_enums.PURPOSES_FOR[asked.need]
    chosen = case.consents.filter(pk=asked.consent, recipient=None, purpose__in=purposes).first()
    if chosen is None:
        raise Invalid({"desk": _("Choose one of the organisations. The person has to have agreed that it is told, for this.")})
    try:
        agreeing.require_this(chosen, asked.fields)
    except Conflict as refusal:
        wrong["fields_told"] = refusal.message
    if not asked.fields or not asked.fields <= set(enums.SPOKEN):
        wrong["fields_told"] = _("Say what may be told: choose one at least.")
    if clean(asked.needs) and Shared.NEEDS not in asked.fields:
        wrong["needs"] = _("The person has not agreed that this is told. Take the words out, or ask the person first.")
    if not clean(asked.call):
        wrong["call"] = _("Write whom they telephone: they have no other way to ask.")
    if not clock.today() <= asked.until <= chosen.until:
        wrong["until"] = _("Choose a day from today on, no later than the person agreed to.")
    if wrong:
        raise Invalid(wrong)
    return chosen


@transaction.atomic
def hand(actor: Actor, pk: UUID, sent_id: UUID) -> Laid:
    """Make the packet of what was agreed to. Its link and code are returned; nobody of ours can open it."""
    ring = ring_of(actor)
    if _is_replay(actor, pk, sent_id):
        return laying.signs(sent_id)
    referral = referrals.find(actor, pk, "hand")
    case, fields = referral.case, referrals.fields_of(referral)
    if referral.desk is not None or not case.person:
        raise Conflict
    agreeing.require_this(referral.consent, fields)
    referrals.move(referral, "hand")
    referral.given_on = clock.today()
    referrals.record(actor, referral, "lay")  # before anything is opened
    content = _letter(referral, ring.data_key(case.id), fields)
    laid = laying.lay(referral.id, case.org_id, content, referral.until, sent_id)
    referral.save(update_fields=["state", "moved_on", "given_on"])
    course.step(actor, case, StepDetail.OUTSIDE_GIVEN)
    return laid


@transaction.atomic
def preview(actor: Actor, pk: UUID) -> dict[str, Any]:
    """What they will see, by the function that makes the packet. Invalid where who does not look after the case said no why."""
    seen = access.get(actor, "referral.see", Referral.objects.filter(desk=None), pk, to="referral.preview")
    with reading.opened_part(actor, seen.case_id) as (_case, key):
        referral = Referral.objects.select_related("case__team__organisation", "consent", "desk").get(pk=pk)
        return _letter(referral, key, referrals.fields_of(referral))


def _letter(referral: Referral, key: bytes, fields: Collection[str]) -> dict[str, Any]:
    told = packet(referring.known(referral.case, key, referring.needs_in(referral, key)), fields)
    return letter(referral, told, _sealed(referral, key)["call"])


def _is_replay(actor: Actor, pk: UUID, sent_id: UUID) -> bool:
    """Whether this very packet was made by this very sending, and waits: its link and code are shown again."""
    seen = access.get(actor, "referral.see", Referral.objects.all(), pk, to="referral.follow")
    where = laying.locator(laying.signs(sent_id).link)
    return seen.state == ReferralState.GIVEN and Packet.objects.filter(pk=pk, locator=where).exists()


def _sealed(referral: Referral, key: bytes) -> dict[str, Any]:
    return open_sealed(key, bytes(referral.needs), referral_context(referral.case, referral.id))


# -- what the outside does -----------------------------------------------------------------------------------------------------
def moved(pk: UUID, move: str, code: str) -> None:
    """The outside opens or answers, in this very transaction. Conflict where the person has taken it back, or it has ended."""
    with acting.holder(pk):
        _moved(pk, move, code)


def _moved(pk: UUID, move: str, code: str) -> None:
    seen = Referral.objects.filter(pk=pk, desk=None).first()
    if seen is None:
        return
    referrals.locked(seen)
    whole = Referral.objects.select_for_update(of=("self",)).select_related("case", "consent", "desk")
    referral = whole.get(pk=pk)
    if referral.state != ReferralState.GIVEN or referral.consent.withdrawn_on is not None:
        raise Conflict
    HEARD[move](referral, code)


def _opened(referral: Referral, _code: str) -> None:
    referrals.record(PUBLIC, referral, "unseal")
    course.step(PUBLIC, referral.case, StepDetail.OUTSIDE_OPENED)


def _serves(referral: Referral, _code: str) -> None:
    referral.moved_on = clock.today()
    referrals.done(PUBLIC, referral, "serve", StepDetail.OUTSIDE_SERVES)


def _declined(referral: Referral, code: str) -> None:
    referral.refused_for = referral_enums.WhyRefused(code)
    referrals.end(PUBLIC, referral, "decline", StepDetail.OUTSIDE_REFUSED, "refused_for")


def _finished(referral: Referral, code: str) -> None:
    referral.outcome = referral_enums.Outcome(code)
    referrals.end(PUBLIC, referral, "finish", StepDetail.OUTSIDE_OUTCOME, "outcome")


def _shut(referral: Referral, _code: str) -> None:
    referrals.end(PUBLIC, referral, "shut", StepDetail.OUTSIDE_SHUT)


HEARD: dict[str, Callable[[Referral, str], None]] = {
    "open": _opened,
    "serve": _serves,
    "refuse": _declined,
    "finish": _finished,
    "shut": _shut,
}
