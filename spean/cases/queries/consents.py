"""What a person agreed to, as a list: purposes, recipients, fields, days. What they said of it is sealed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import Actor
from spean.accounts.enums import COMMITTEE_LEVELS, KEY_ROLES, MembershipState, OrganisationKind
from spean.accounts.models import Membership, Organisation
from spean.cases import enums
from spean.cases.models import Case, Consent
from spean.kernel import clock


@dataclass(frozen=True)
class ConsentView:
    """One consent. `state` is holds, waits (for the second of us), over, or withdrawn."""

    id: UUID
    purpose: str
    recipient: str
    fields: tuple[str, ...]
    how: str
    by: str
    given_on: date
    until: date
    written_by: str
    agreed_by: str
    withdrawn_on: date | None
    state: str
    may_agree: bool


def consents_of(actor: Actor, case: Case) -> tuple[ConsentView, ...]:
    """Those of a case that was found, what holds first. Two queries."""
    found = case.consents.select_related("recipient", "written_by", "agreed_by").prefetch_related("fields")
    rows = [_view(actor, c) for c in found.order_by("-given_on", "id")]
    return tuple(sorted(rows, key=lambda row: _ORDER.index(row.state)))


_ORDER = ("waits", "holds", "over", "withdrawn")


def _view(actor: Actor, c: Consent) -> ConsentView:
    told = {f.field for f in c.fields.all()}
    state = _state(c)
    return ConsentView(
        id=c.id,
        purpose=str(enums.Purpose(c.purpose).label),
        recipient=c.recipient.name if c.recipient else "",
        fields=tuple(str(field.label) for field in enums.Shared if field in told),
        how=str(enums.GivenHow(c.how).label),
        by=str(enums.GivenBy(c.by).label),
        given_on=c.given_on,
        until=c.until,
        written_by=c.written_by.name,
        agreed_by=c.agreed_by.name if c.agreed_by else "",
        withdrawn_on=c.withdrawn_on,
        state=state,
        may_agree=state == "waits" and c.written_by_id != actor.id,
    )


def _state(c: Consent) -> str:
    if c.withdrawn_on is not None:
        return "withdrawn"
    if c.until < clock.today():
        return "over"
    return "waits" if c.by == enums.GivenBy.STAFF and c.agreed_by_id is None else "holds"


def recipients(actor: Actor) -> list[tuple[UUID, str]]:
    """(id, name) of the organisations that can be told something: no committee, no donor; one's own where it has another desk."""
    aside = [*COMMITTEE_LEVELS, OrganisationKind.DONOR]
    working = Membership.objects.filter(role__in=KEY_ROLES, state=MembershipState.ACTIVE, team__organisation=OuterRef("pk"))
    elsewhere = Exists(working.exclude(team__in=[seat.team for seat in actor.seats]))
    found = Organisation.objects.exclude(kind__in=aside).exclude(Q(pk__in=actor.orgs) & ~elsewhere).order_by("name_en", "id")
    return [(o.id, o.name) for o in found]
