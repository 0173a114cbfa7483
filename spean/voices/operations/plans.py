"""Leaving a travel plan: its keys, its number, its link and short codes, its keepers' shares. Sealed before any write."""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import PUBLIC, Actor
from spean.accounts.enums import KEY_ROLES, MembershipState
from spean.accounts.models import Membership, Team
from spean.collect import room
from spean.collect.uploads import CleanFile
from spean.kernel import clock, ids
from spean.kernel.errors import Invalid, NotAllowed, NotYours, Unavailable
from spean.kernel.trouble import told
from spean.library.enums import Destination
from spean.places.models import Place
from spean.privacy import custody, housed, keys, receipts
from spean.privacy.derivation import hkdf
from spean.privacy.keystore import keystore
from spean.privacy.sealing import seal
from spean.voices.contexts import mail_context, paper_contexts, plan_context, trusted_context
from spean.voices.models import Plan, PlanDay, PlanPaper
from spean.voices.operations import codes, files, intake
from spean.voices.operations.plan_course import record, step, wait_for
from spean.voices.plan_enums import Grace, PlanState, PlanStepKind

ATTEMPTS = 8
SIGN_DIGITS = 11  # and a check digit: few enough to say, too many to guess at a door that is open to all (decision 20)
MOST_PAPERS = 6
TOO_MANY = _("A plan holds at most %(most)d pictures. Take one away first.")
NO_TEAM = _("No team can keep a travel plan for this place at the moment. Nothing was saved. Ask a volunteer of your village.")


@dataclass(frozen=True)
class Trusted:
    """Somebody whom the person trusts, and how it is safe to reach them."""

    name: str = ""
    phone: str = ""
    email: str = ""
    how: str = ""
    language: str = "km"


@dataclass(frozen=True)
class Draft:
    """A plan, already checked by the form. `words` is the way, the employer, the broker and who the person is."""

    destination: str
    leaves_on: date
    days: Sequence[date]
    words: dict[str, str] = field(default_factory=dict)
    people: Sequence[Trusted] = ()
    may_mail: bool = False
    place: Place | None = None
    grace: str = Grace.DAY
    language: str = "km"
    files: Sequence[CleanFile] = ()


@dataclass(frozen=True)
class Left:
    """A plan that is on the disk: the number that opens it, the link and the two short codes that only check in."""

    code: str
    link: str
    sun: str
    rain: str
    team: Team
    plan: UUID


# -- leaving a plan ------------------------------------------------------------------------------------------------------
def leave(draft: Draft, sent_id: UUID) -> Left:
    """Leave a plan without an account; a replay is answered with the same number."""
    return _leave(PUBLIC, draft, sent_id)


def leave_with_help(actor: Actor, draft: Draft, sent_id: UUID) -> Left:
    """The same, on the desk, beside the person who leaves. Who helps is asked to call later; the way stays closed to them."""
    if not access.may(actor, "plan.send"):
        raise NotAllowed
    return _leave(actor, draft, sent_id)


def _leave(actor: Any, draft: Draft, sent_id: UUID) -> Left:
    room.need(files=bool(draft.files))
    if len(draft.files) > MOST_PAPERS:
        raise Invalid({"files": TOO_MANY % {"most": MOST_PAPERS}})
    with told(intake.UNSURE):
        for attempt in range(ATTEMPTS):
            made = _signs(sent_id, attempt)
            receipt = receipts.seal_receipt(made.code)
            try:
                with transaction.atomic():
                    done = _known(actor, sent_id, made) or _write(actor, draft, sent_id, made, receipt)
            except IntegrityError:  # another server wrote the same plan, or somebody else has the locator
                continue
            if done:
                return done
    raise Unavailable


def left(sent_id: UUID) -> Left | None:
    """What a plan of this id was answered with, left without an account; None when there is none on the disk."""
    if not Plan.objects.filter(sent_hash=intake.sent_hash(sent_id)).exists():
        return None
    found = (_known(PUBLIC, sent_id, _signs(sent_id, attempt)) for attempt in range(ATTEMPTS))
    return next(filter(None, found), None)


@dataclass(frozen=True)
class _Signs:
    code: str
    link: str
    sun: str
    rain: str


def _signs(sent_id: UUID, attempt: int) -> _Signs:
    """The number, the link and the short codes for what was sent: the same each time, and stored only as hashes."""

    def made(label: str) -> bytes:
        return hkdf(keystore().pepper(), f"plan-{label}-v1|{sent_id}|{attempt}".encode())

    def short(label: str) -> str:
        return ids.with_check_digit(f"{int.from_bytes(made(label)) % 10**SIGN_DIGITS:0{SIGN_DIGITS}d}")

    link = base64.urlsafe_b64encode(made("link")).decode().rstrip("=")
    return _Signs(receipts.code_for(sent_id, attempt), link, short("sun"), short("rain"))


def link_hash(link: str) -> str:
    """What is kept of a check-in link."""
    return sha256(link.encode("utf-8", "replace")).hexdigest()


def sign_hash(digits: str) -> str:
    """What is kept of a short code: keyed, for there are few enough of them to try all."""
    return hmac.new(keystore().pepper(), b"plan-sign" + digits.encode(), sha256).hexdigest()


def _known(actor: Any, sent_id: UUID, made: _Signs) -> Left | None:
    plan = Plan.objects.filter(sent_hash=intake.sent_hash(sent_id)).select_related("team__organisation", "receipt").first()
    if plan is None or plan.receipt.locator != made.code[: receipts.LOCATOR_DIGITS]:
        return None
    if plan.made_by_id != (actor.id if isinstance(actor, Actor) else None):
        raise NotYours
    return Left(made.code, made.link, made.sun, made.rain, plan.team, plan.id)


def _write(actor: Any, draft: Draft, sent_id: UUID, made: _Signs, receipt: receipts.ReceiptKeys) -> Left | None:
    if Plan.objects.filter(sent_hash=intake.sent_hash(sent_id)).exists():
        return None  # it has its number from a later attempt
    team, helper = team_for(draft.place), actor.id if isinstance(actor, Actor) else None
    plan = Plan(
        org_id=team.organisation_id,
        team=team,
        made_on=clock.today(),
        moved_on=clock.today(),
        made_by_id=helper,
        sent_hash=intake.sent_hash(sent_id),
        link_hash=link_hash(made.link),
        sun_hash=sign_hash(made.sun),
        rain_hash=sign_hash(made.rain),
    )
    certified = [helper] if helper and keys.is_certified(team.organisation_id, helper) else []
    wanted = (
        keys.Wanted(plan.id, plan.org_id, [], receipt_key=receipt.public_key),
        keys.Wanted(plan.trust_id, plan.org_id, [team.id], users=certified, receipt_key=receipt.public_key),
    )
    key, trust_key = keys.new_subjects(wanted)
    fill(plan, draft, key, trust_key)
    plan.save(force_insert=True)
    row = codes.kept(receipt)
    row.plan = plan
    row.save(force_insert=True)
    write_parts(plan, draft, key)
    opened = receipts.open_receipt(made.code, receipt)
    if opened is None:
        raise Unavailable
    share_out(plan, opened)
    step(plan, PlanStepKind.MADE, helper)
    record(actor, "plan.make", plan)
    return Left(made.code, made.link, made.sun, made.rain, team, plan.id)


def fill(plan: Plan, draft: Draft, key: bytes, trust_key: bytes) -> None:
    """Everything of the draft that is on the plan itself: the counted facts, and the three seals."""
    place = draft.place
    plan.destination = Destination(draft.destination)
    plan.month = draft.leaves_on.replace(day=1)
    plan.grace = draft.grace
    plan.province = _province(place)
    where = {"code": place.code, "km": place.name_km, "en": place.name_en} if place else None
    content = {"words": draft.words, "place": where, "leaves_on": draft.leaves_on.isoformat(), "language": draft.language}
    plan.told = seal(key, content, plan_context(plan))
    people = [vars(person) for person in draft.people]
    plan.trusted = seal(trust_key, {"people": people, "may_mail": draft.may_mail}, trusted_context(plan))
    to = [{"email": p.email, "language": p.language} for p in draft.people if p.email] if draft.may_mail else []
    plan.mail = housed.seal_for_system({"to": to}, mail_context(plan)) if to else b""
    if plan.state == PlanState.RUNNING:
        wait_for(plan, min((day for day in draft.days if day >= clock.today()), default=None))


def _province(place: Place | None) -> Place | None:
    found = place
    while found is not None and found.level not in {"province", "country"}:
        found = found.parent
    return found


def write_parts(plan: Plan, draft: Draft, key: bytes) -> None:
    """The days and the papers of a plan that stands. Inside an operation only."""
    PlanDay.objects.bulk_create(PlanDay(plan=plan, on=day) for day in sorted(set(draft.days)))
    for paper_id, clean in zip(ids.new_ids(len(draft.files)), draft.files, strict=True):
        paper = PlanPaper(id=paper_id, plan=plan, kind=clean.kind)
        header, body = paper_contexts(plan, paper.id)
        paper.header = seal(key, {"mime": clean.mime, "size": len(clean.data)}, header)
        files.store(paper.id, key, clean.data, body)
        paper.save(force_insert=True)


# -- the keepers ---------------------------------------------------------------------------------------------------------
def team_for(place: Place | None) -> Team:
    """The nearest team that reads reports from a place and has two keepers at least; Unavailable where there is none."""
    for team in intake.teams_around(place):
        if len(keepers_of(team)) >= custody.NEEDED:
            return team
    raise Unavailable(NO_TEAM)


def keepers_of(team: Team) -> frozenset[UUID]:
    """Those who work in the team, hold its key, and whose own keys are certified."""
    seated = Membership.objects.filter(team=team, role__in=KEY_ROLES, state=MembershipState.ACTIVE)
    held = set(keys.holders(team.id)) & set(seated.values_list("user", flat=True))
    return keys.certified_among(team.organisation_id, held)


def share_out(plan: Plan, ring: keys.ReceiptRing) -> None:
    """Give each present keeper a share of the plan's key, when they are not those who have one. Only the number's ring can."""
    now, left = keepers_of(plan.team), custody.left_with(plan.id)
    if len(now) < custody.NEEDED or (left is not None and left[1] == now):
        return
    end_requests(plan)
    custody.leave_among(plan.id, plan.team_id, ring.open_subject(plan.id).secret, org=plan.org_id, keepers=now)


def end_requests(plan: Plan) -> None:
    """What was released for this plan so far opens nothing any more."""
    for request in plan.requests.all():
        custody.end(request.id)
    plan.requests.all().delete()


def unlink_papers(plan: Plan) -> None:
    """Take the plan's papers off the disk, with what is deleted now."""
    files.unlink_with(*plan.papers.values_list("pk", flat=True))
