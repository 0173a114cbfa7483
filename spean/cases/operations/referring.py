"""The sender's side of a referral: offer it by its codes, hand the packet over once it is accepted, call it back.

Nothing is sealed for another desk before that desk has accepted: until then there is no packet that could be opened, by any rule
or fault. What was agreed to is asked for twice, at the offer and at the handing over.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts import queries as accounts
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.enums import COMMITTEE_LEVELS, OrganisationKind
from spean.accounts.models import Team
from spean.cases import enums, referral_enums
from spean.cases.contexts import packet_context, person_context, referral_context, reply_context
from spean.cases.enums import Shared
from spean.cases.models import Case, Consent, Referral, ReferralField
from spean.cases.operations import consent as agreeing
from spean.cases.operations import course, reading, referrals, unagreed
from spean.cases.operations.opening import Person
from spean.cases.packets import Known, packet
from spean.cases.referral_enums import ReferralKind
from spean.cases.step_enums import StepKind
from spean.directory.enums import Need
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.places.models import Place
from spean.privacy import audit, keys
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

#: of these no desk works with single persons
ASIDE = (*COMMITTEE_LEVELS, OrganisationKind.DONOR)


@dataclass(frozen=True)
class Offer:
    """What is asked of which desk, and what it may be told once it accepts."""

    desk: UUID
    kind: str
    need: str
    urgency: str
    fields: frozenset[str]
    until: date
    needs: str = ""  # what the person needs, in words; only where they agreed that this is told
    unagreed: str = ""  # why it goes where no agreement of the two organisations is in force


def desks(case: Case) -> list[Team]:
    """The desks to which something of this person may be offered: of organisations named in a consent that holds today."""
    purposes = {purpose for found in referral_enums.PURPOSES_FOR.values() for purpose in found}
    named = agreeing.holding(case).filter(purpose__in=purposes).values("recipient")
    found = accounts.desks().filter(organisation__in=named).exclude(organisation__kind__in=ASIDE)
    return list(found.exclude(pk=case.team_id))


@transaction.atomic
def offer(actor: Actor, case_id: UUID, asked: Offer, sent_id: UUID) -> UUID:
    """Offer it: the desk learns the codes and who asks. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = course.find(actor, case_id, "refer")
    known = Referral.objects.filter(sent_hash=sent_hash(sent_id), case=case).first()
    if known:
        return known.id
    desk = next((d for d in desks(case) if d.id == asked.desk), None)
    if desk is None:
        raise Invalid({"desk": _("Choose one of the desks. The person has to have agreed that it is told.")})
    made = Referral(id=new_id(), org_id=case.org_id, case=case, desk=desk, kind=asked.kind, need=asked.need)
    made.urgency, made.age = asked.urgency, case.age
    made.consent, made.unagreed = _check(actor, case, desk, asked)
    made.back_of = transfer_from(case, desk) if asked.kind == ReferralKind.HAND_BACK else None
    made.place, made.until = coarse(case.place), asked.until
    made.offered_on = made.moved_on = clock.today()
    made.offered_by_id, made.sent_hash = actor.id, sent_hash(sent_id)
    made.needs = seal(ring.data_key(case.id), {"text": clean(asked.needs)}, referral_context(case, made.id))
    made.save(force_insert=True)
    ReferralField.objects.bulk_create(ReferralField(referral=made, field=field) for field in sorted(asked.fields))
    course.done(actor, case, "case.refer", StepKind.REFERRED, reason=asked.kind)
    referrals.record(actor, made, "offer")
    if made.unagreed:
        referrals.record(actor, made, "unagreed", reason=made.unagreed)
    return made.id


def _check(actor: Actor, case: Case, desk: Team, asked: Offer) -> tuple[Consent, str]:
    """The consent by which it is told, and why it goes without an agreement; or everything that is wrong."""
    wrong: dict[str, object] = {}
    codes = ((asked.kind, ReferralKind), (asked.need, Need), (asked.urgency, enums.Response))
    if any(code not in book for code, book in codes):
        raise Invalid
    if not keys.has_team_key(desk.id):
        wrong["desk"] = _("This desk has no key yet, so that nothing can be sealed for it. Telephone it.")
    if asked.kind == ReferralKind.HAND_BACK and transfer_from(case, desk) is None:
        wrong["kind"] = _("The person did not come from this desk.")
    if clean(asked.needs) and Shared.NEEDS not in asked.fields:
        wrong["needs"] = _("The person has not agreed that this is told. Take the words out, or ask the person first.")
    found = _covering(case, desk, asked, wrong)
    if found is not None and not clock.today() <= asked.until <= found.until:
        wrong["until"] = _("Choose a day from today on, no later than the person agreed to.")
    free = asked.kind == ReferralKind.HAND_BACK or unagreed.agreed(case, desk, asked.need)  # a way back is never shut
    why = "" if free else unagreed.reason(actor, case, asked, wrong)
    if wrong or found is None:
        raise Invalid(wrong)
    return found, why


def _covering(case: Case, desk: Team, asked: Offer, wrong: dict[str, object]) -> Consent | None:
    if not asked.fields or not asked.fields <= set(Shared.values):
        wrong["fields_told"] = _("Say what may be told: choose one at least.")
        return None
    if asked.fields & referral_enums.NOT_FOR[asked.need]:
        wrong["fields_told"] = _("The way home is shown only to who helps with it.")
        return None
    missing: list[object] = []
    for purpose in referral_enums.PURPOSES_FOR[asked.need]:
        try:
            return agreeing.require(case, purpose=purpose, recipient=desk.organisation_id, fields=asked.fields)
        except Conflict as refusal:
            missing.append(refusal.message)
    wrong["fields_told"] = missing[0]
    return None


def transfer_from(case: Case, desk: Team) -> Referral | None:
    """The transfer by which the person came from that desk to this case."""
    came = Referral.objects.filter(taken=case, kind=ReferralKind.TRANSFER, case__team=desk)
    return came.order_by("-moved_on", "id").first()


def coarse(place: Place | None) -> Place | None:
    """The district of a commune: an offer tells no finer."""
    return place.parent if place is not None and place.level == "commune" else place


@transaction.atomic
def hand(actor: Actor, pk: UUID) -> None:
    """Make the packet of what was agreed to and seal it for the desk that accepted. Conflict where the consent holds no more."""
    ring = ring_of(actor)
    referral = referrals.find(actor, pk, "hand")
    case, fields, desk = referral.case, referrals.fields_of(referral), referral.desk
    if desk is None:  # without an account: `outside.hand`
        raise Conflict
    agreeing.require(case, purpose=referral.consent.purpose, recipient=desk.organisation_id, fields=fields)
    if not case.person:
        raise NotYours
    referrals.move(referral, "hand")
    referral.given_on = clock.today()
    referrals.record(actor, referral, "hand")  # before anything is opened
    own = ring.data_key(case.id)
    content = packet(known(case, own, needs_in(referral, own)), fields)
    key = keys.new_subject(referral.id, org=desk.organisation_id, teams=[desk.id])
    referral.packet = seal(key, content, packet_context(referral))
    referral.save(update_fields=["state", "moved_on", "given_on", "packet"])
    course.step(actor, case, StepKind.GIVEN)


@transaction.atomic
def preview(actor: Actor, pk: UUID) -> dict[str, Any]:
    """What the desk will see, by the function that makes the packet. Invalid where another looks after the case: say why."""
    seen = access.get(actor, "referral.see", Referral.objects.all(), pk, to="referral.preview")
    with reading.opened_part(actor, seen.case_id) as (case, key):
        referral = Referral.objects.select_related("case", "desk").get(pk=pk)
        return packet(known(case, key, needs_in(referral, key)), referrals.fields_of(referral))


def needs_in(referral: Referral, key: bytes) -> str:
    """What the person needs, as it was written for this referral."""
    return str(open_sealed(key, bytes(referral.needs), referral_context(referral.case, referral.id))["text"])


def known(case: Case, key: bytes, needs: str) -> Known:
    """Everything that could be told of a person, opened. Inside an operation only."""
    place = case.place
    to_do = case.tasks.filter(state=enums.TaskState.TO_DO).order_by("due_on", "id")
    return Known(
        person=Person.of(open_sealed(key, bytes(case.person), person_context(case))),
        age=case.age,
        sex=case.sex,
        commune={"code": place.code, "km": place.name_km, "en": place.name_en} if place else None,
        indicated=case.indicated,
        needs=needs,
        tasks=tuple(to_do.values_list("kind", flat=True)),
    )


@transaction.atomic
def call_back(actor: Actor, pk: UUID) -> None:
    """Take it back: the other desk sees that it was called back, and no more."""
    referral = referrals.find(actor, pk, "call_back")
    referrals.end(actor, referral, "call_back", StepKind.CALLED_BACK)


def stop_by(consent_id: UUID) -> None:
    """The person took an agreement back: what was shared by it is called back; a desk with a case of its own is told."""
    shared = Referral.objects.select_for_update(of=("self",)).filter(consent=consent_id)
    for referral in shared.select_related("case", "desk", "taken").order_by("pk"):
        if referral.state in referral_enums.REFERRAL_MOVES["call_back"][0]:
            referrals.end(SYSTEM, referral, "call_back", StepKind.CALLED_BACK)
        elif referral.taken is not None and referral.kind == ReferralKind.TRANSFER:
            theirs = Case.objects.select_for_update(of=("self",)).get(pk=referral.taken.pk)
            course.step(SYSTEM, theirs, StepKind.TOLD_NO_MORE)
            audit.record(SYSTEM, "referral.call_back", referral, org=theirs.org_id)


@transaction.atomic
def hear(actor: Actor, pk: UUID) -> str:
    """What the other desk said back, in its words."""
    ring = ring_of(actor)
    referral = referrals.find(actor, pk, "hear")
    reply = referral.replies.exclude(said=b"").first()  # a refusal or an outcome: a referral ends once
    if reply is None:
        return ""
    reply.referral = referral
    audit.record(actor, "referral.hear", referral, org=referral.case.org_id)
    return str(open_sealed(ring.data_key(reply.id), bytes(reply.said), reply_context(reply))["text"])
