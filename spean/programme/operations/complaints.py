"""Complaints about one of us: sealed to a team outside of that line before anything is written, looked into, closed, erased."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.enums import MembershipState, Role
from spean.accounts.models import Membership, Team
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours, Unavailable
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit, keys
from spean.privacy.sealing import Context, seal
from spean.programme import volunteering
from spean.programme.complaint_enums import COMPLAINT_MOVES, ComplaintKind, ComplaintOutcome, ComplaintState
from spean.programme.models import Complaint
from spean.programme.operations.activities import STRANGE

NOBODY = _(
    "No team outside of this one can look at it. Nothing was saved. Tell it by telephone or in person to the data protection "
    "officer, or to the head of the organisation."
)
KEPT = timedelta(days=volunteering.years_kept() * 365 + 1)


def context(org: UUID, complaint: UUID) -> Context:
    """What the words of a complaint are bound to; each is a subject of its own."""
    return Context(org=org, subject=complaint, record=complaint, cls="complaint.words")


@transaction.atomic
def make(actor: Actor, said: Mapping[str, Any], sent_id: UUID) -> UUID:
    """Write one down about a team of the actor's organisation. A replay returns the first one's id."""
    if not access.may(actor, "complaint.make"):
        raise NotAllowed
    known = Complaint.objects.filter(sent_id=sent_id).first()
    if known:
        if known.by_id != actor.id:
            raise NotYours
        return known.id
    about = Team.objects.filter(pk=said["about"], organisation__in=actor.orgs).first()
    words = clean(said["words"])
    wrong: dict[str, Any] = {} if about else {"about": STRANGE}
    if said["kind"] not in ComplaintKind:
        wrong["kind"] = STRANGE
    if not words:
        wrong["words"] = _("Write what happened, so that somebody can help.")
    if wrong or about is None:
        raise Invalid(wrong)
    org, today = about.organisation_id, clock.today()
    made = Complaint(id=new_id(), sent_id=sent_id, about=about, kind=said["kind"], on=today, moved_on=today, by_id=actor.id)
    made.desk = _outside(about)
    made.words = seal(keys.new_subject(made.id, org=org, teams=[made.desk_id]), {"text": words}, context(org, made.id))
    made.save(force_insert=True)
    audit.record(actor, "complaint.make", made, org=org, reason=said["kind"])
    return made.id


def _outside(about: Team) -> Team:
    """A team of the organisation with a key, none of whose supervisors or case workers has a seat in the team it is about."""
    active = Membership.objects.filter(state=MembershipState.ACTIVE)
    line = active.filter(team=about).values("user")
    inside = active.filter(team=OuterRef("pk"), user__in=line)
    leads = active.filter(team=OuterRef("pk"), role=Role.SUPERVISOR)
    others = Team.objects.filter(Exists(leads), ~Exists(inside), organisation=about.organisation_id).exclude(pk=about.pk)
    for team in others.order_by("id"):
        held = {user for _team, user in keys.holders_among([team.id])}
        if active.filter(team=team, role=Role.SUPERVISOR, user__in=held).exists():
            return team
    raise Unavailable(NOBODY)


@transaction.atomic
def move(actor: Actor, complaint_id: UUID, verb: str, outcome: str = "") -> None:
    """Begin to look into it, or close it with what came of it."""
    if verb not in COMPLAINT_MOVES:
        raise NotYours
    rows = Complaint.objects.select_related("about").select_for_update(of=("self",))
    found = access.get(actor, "complaint.see", rows, complaint_id, to=f"complaint.{verb}")
    if verb == "close" and outcome not in ComplaintOutcome:
        raise Invalid({"outcome": STRANGE})
    found.state, found.moved_on = COMPLAINT_MOVES[verb][1], clock.today()
    found.outcome = outcome if verb == "close" else ""
    found.save(update_fields=["state", "outcome", "moved_on"])
    audit.record(actor, f"complaint.{verb}", found, org=found.about.organisation_id, reason=found.outcome)


def erase_closed(passed: date | None = None, limit: int = 1000) -> int:
    """Erase the words of those that were closed longer ago than they are kept; returns how many."""
    before = (passed or clock.today()) - KEPT
    over = Complaint.objects.filter(state=ComplaintState.CLOSED, moved_on__lt=before).exclude(words=b"")
    erased = 0
    for one in over.select_related("about").order_by("moved_on", "id")[:limit]:
        seen = audit.newest_before(one.about.organisation_id, one.id, ["complaint.close"])
        if seen is None or seen.astimezone(clock.PHNOM_PENH).date() < before:
            _erase(one)
            erased += 1
    return erased


@transaction.atomic
def _erase(one: Complaint) -> None:
    one.words = b""
    one.save(update_fields=["words"])
    keys.erase_subject(one.id)
    audit.record(SYSTEM, "complaint.erase", one, org=one.about.organisation_id, day_only=True)
