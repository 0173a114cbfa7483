"""What is told without consent, as a list: codes, names of ours, days. To whom and why is sealed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.today import Tile
from spean.cases import enums
from spean.cases.models import Case, Unasked
from spean.cases.operations import unasked as operations
from spean.cases.unasked_enums import UnaskedState, WhyUnasked
from spean.kernel import clock
from spean.privacy import audit

SHOWN = timedelta(days=30)  # to the data protection officer, on Today
AGREED = "case.unasked_agree"


@dataclass(frozen=True)
class UnaskedRow:
    """One telling. `may` says which acts fit its state and this reader."""

    id: UUID
    why: str
    fields: tuple[str, ...]
    state: str
    state_label: str
    waits: bool
    asked_on: date
    asked_by: str
    decided_on: date | None
    decided_by: str
    told_on: date | None
    noticed_on: date | None  # the person was told of it
    ends: datetime
    may: frozenset[str]


def rows(actor: Actor, case_id: UUID) -> tuple[UnaskedRow, ...]:
    """Those of one case, the newest first. Two queries, and the case's own."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    found = (
        case.unasked.select_related("asked_by", "decided_by", "notice").prefetch_related("fields").order_by("-asked_on", "-id")
    )
    return tuple(_row(actor, one) for one in found)


def _row(actor: Actor, one: Unasked) -> UnaskedRow:
    chosen, live = {row.field for row in one.fields.all()}, operations.holds(one)
    state = UnaskedState.OVER if one.state in {UnaskedState.ASKED, UnaskedState.AGREED} and not live else UnaskedState(one.state)
    return UnaskedRow(
        id=one.id,
        why=str(WhyUnasked(one.why).label),
        fields=tuple(str(field.label) for field in enums.Shared if field in chosen),
        state=state,
        state_label=str(state.label),
        waits=state in {UnaskedState.ASKED, UnaskedState.AGREED},
        asked_on=one.asked_on,
        asked_by=one.asked_by.name,
        decided_on=one.decided_on,
        decided_by=one.decided_by.name if one.decided_by else "",
        told_on=one.told_on,
        noticed_on=one.notice.done_on if one.notice else None,
        ends=operations.ends(one),
        may=_may(actor, one, state),
    )


def _may(actor: Actor, one: Unasked, state: str) -> frozenset[str]:
    if state == UnaskedState.ASKED and one.asked_by_id != actor.id:
        return frozenset({"agree", "decline"})
    return frozenset({"tell"}) if state == UnaskedState.AGREED else frozenset()


def tiles(actor: Actor) -> list[Tile]:
    """What was agreed to of late in an organisation, for its data protection officer, who sees each in the trail."""
    orgs = {seat.org for seat in actor.having([Role.DATA_PROTECTION_OFFICER])}
    many = audit.count(orgs, AGREED, since=clock.now() - SHOWN) if orgs else 0
    return (
        [Tile("unasked", _("Told without consent, in danger to life: 30 days"), many, "due", "desk:trail", f"verb={AGREED}")]
        if many
        else []
    )
