"""Referrals as lists and as one: codes and days alone. The desk never learns here from which case one is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.queries import team_name
from spean.accounts.today import Tile
from spean.cases import enums, referral_enums
from spean.cases.models import Case, Consent, ConsentField, Referral, WayStep
from spean.cases.operations import consent, referring, unagreed
from spean.cases.operations.course import number
from spean.cases.packet_words import desk_name
from spean.cases.referral_enums import ReferralState
from spean.cases.way_enums import StepState, WayState
from spean.directory.enums import Need
from spean.handed.enums import PacketState
from spean.handed.models import Packet
from spean.kernel import clock
from spean.kernel.paging import PAGE, Page, counts, cursor_day
from spean.privacy import keys
from spean.voices.enums import Age

NEWS = timedelta(days=7)  # a refusal stands on Today for as long
BOXES = ("received", "sent")
VIEWS = ("waits", "open", "ended")


@dataclass(frozen=True)
class ReferralRow:
    """One line of a list, and the coded offer."""

    id: UUID
    kind: str
    need: str
    urgency: str
    urgent: bool
    age: str
    place: str
    sender: str  # organisation and team
    desk: str
    number: str  # of the case, for the sender alone
    state: str
    state_label: str
    waits: bool  # for who looks at it
    told: bool  # of one that was called back the desk sees nothing but that
    offered_on: date
    moved_on: date
    until: date


@dataclass(frozen=True)
class Packeted:
    """How a packet stands that somebody without an account was given."""

    state: str
    label: str
    opened_on: date | None
    answered_on: date | None


@dataclass(frozen=True)
class ReferralHead:
    """One referral, for one of its two sides."""

    row: ReferralRow
    sent: bool  # the reader is the sender
    transfer: bool
    case: UUID | None  # the sender's, for the sender; or the desk's own that it became
    fields: tuple[str, ...]
    given_on: date | None
    offered_by: str
    accepted_by: str
    refused_for: str
    outcome: str
    replied: bool
    holds: bool  # the day is not over
    opens: bool  # the reader holds the desk's key
    outside: bool  # to an organisation without an account
    unagreed: str  # why it went without an agreement of the two organisations
    packet: Packeted | None
    may: frozenset[str]


@dataclass(frozen=True)
class Agreed:
    """What may be told to a desk for a need, until when; and what not."""

    fields: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    until: date | None
    back: bool  # the person came from there
    settled: bool = True  # an agreement of the two organisations is in force, or none is needed
    head: bool = False  # the reader may say that the head agreed


_WAITS = {"received": (ReferralState.OFFERED, ReferralState.GIVEN), "sent": (ReferralState.ACCEPTED,)}


def _box(actor: Actor, box: str) -> QuerySet[Referral]:
    return access.visible(actor, "referral.follow" if box == "sent" else "referral.receive", Referral.objects.all())


def _view(box: str, view: str) -> Q:
    under_way = Q(state__in=referral_enums.REFERRAL_OPEN)
    return {"waits": Q(state__in=_WAITS[box], until__gte=clock.today()), "ended": ~under_way}.get(view, under_way)


def referrals(actor: Actor, *, box: str = "received", view: str = "waits", after: str = "") -> Page:
    """A page of those that were sent to the reader's desks, or from the reader's cases; what moved last first. One query."""
    found = _box(actor, box).filter(_view(box, view))
    if after:
        day, key = cursor_day(after)
        found = found.filter(Q(moved_on__lt=day) | Q(moved_on=day, pk__gt=key))
    rows = list(_whole(found).order_by("-moved_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    made = tuple(_row(r, sent=box == "sent") for r in rows[:PAGE])
    return Page(made, f"{last.moved_on.isoformat()}.{last.id}" if last else "")


def totals(actor: Actor, box: str) -> dict[str, int]:
    """How many stand under each view. One query."""
    return counts({view: _box(actor, box).filter(_view(box, view)) for view in VIEWS})


def _whole(found: QuerySet[Referral]) -> QuerySet[Referral]:
    return found.select_related("case__team__organisation", "desk__organisation", "place")


def _row(r: Referral, *, sent: bool) -> ReferralRow:
    told, state = sent or r.state != ReferralState.CALLED_BACK, str(ReferralState(r.state).label)
    return ReferralRow(
        id=r.id,
        kind=str(referral_enums.ReferralKind(r.kind).label) if told else "",
        need=str(Need(r.need).label) if told else state,
        urgency=str(enums.Response(r.urgency).label) if told else "",
        urgent=r.urgency in {enums.Response.HOUR, enums.Response.HOURS} and told,
        age=str(Age(r.age).label) if told else "",
        place=r.place.name if r.place and told else "",
        sender=team_name(r.case.team),
        desk=desk_name(r),
        number=number(r.case) if sent else "",
        state=r.state,
        state_label=state,
        waits=r.state in _WAITS["sent" if sent else "received"],
        told=told,
        offered_on=r.offered_on,
        moved_on=r.moved_on,
        until=r.until,
    )


def referral(actor: Actor, pk: UUID) -> ReferralHead:
    """One referral, for the side on which the reader is."""
    found = _whole(Referral.objects.select_related("offered_by", "accepted_by", "consent"))
    one = access.get(actor, "referral.see", found, pk)
    may = access.allowed(actor, "referral", access.verbs("referral"), one)
    sent = "follow" in may
    row, told = _row(one, sent=sent), set(one.fields.values_list("field", flat=True))
    return ReferralHead(
        row=row,
        sent=sent,
        transfer=one.kind in referral_enums.MOVES_OF["take"],
        case=one.case_id if sent else _own_case(actor, one),
        fields=tuple(str(field.label) for field in enums.Shared if field in told and row.told),
        given_on=one.given_on,
        offered_by=one.offered_by.name,
        accepted_by=one.accepted_by.name if one.accepted_by else "",
        refused_for=str(referral_enums.WhyRefused(one.refused_for).label) if one.refused_for else "",
        outcome=str(referral_enums.Outcome(one.outcome).label) if one.outcome else "",
        replied=sent and one.replies.exclude(said=b"").exists(),
        holds=one.until >= clock.today() and one.consent.withdrawn_on is None,
        opens="open" in may and one.desk_id is not None and keys.holds_team_key(actor.id, one.desk_id),
        outside=one.desk_id is None,
        unagreed=str(referral_enums.WhyUnagreed(one.unagreed).label) if one.unagreed else "",
        packet=_packeted(one),
        may=may,
    )


def _packeted(one: Referral) -> Packeted | None:
    found = Packet.objects.filter(pk=one.pk).first() if one.desk_id is None else None
    if found is None:
        return None
    return Packeted(found.state, str(PacketState(found.state).label), found.opened_on, found.answered_on)


def _own_case(actor: Actor, one: Referral) -> UUID | None:
    seen = access.visible(actor, "case.see", Case.objects.filter(pk=one.taken_id)) if one.taken_id else Case.objects.none()
    return seen.values_list("pk", flat=True).first()


def desks(actor: Actor, case_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of the desks to which something of this person may be offered."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id, to="case.refer")
    return [(team.id, team_name(team)) for team in referring.desks(case)]


def agreed(actor: Actor, case_id: UUID, desk_id: UUID, need: str) -> Agreed:
    """What the person has agreed that this desk is told for this need."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id, to="case.refer")
    desk = next((d for d in referring.desks(case) if d.id == desk_id), None)
    if desk is None or need not in Need:
        return Agreed((), tuple(str(field.label) for field in enums.Shared), None, back=False)
    fields = [field for field in enums.Shared if field not in referral_enums.NOT_FOR[need]]
    purposes = referral_enums.PURPOSES_FOR[need]
    held = [c for purpose in purposes for c in consent.valid(case, purpose, desk.organisation_id)]
    found = _agreed(held, fields, back=referring.transfer_from(case, desk) is not None)
    return replace(found, settled=unagreed.agreed(case, desk, need), head=unagreed.may_say_head(actor, case))


def agreed_by(actor: Actor, case_id: UUID, consent_id: UUID, need: str) -> Agreed:
    """What the person has agreed for this need that somebody without an account is told, by the one consent that names them."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id, to="case.refer")
    purposes = referral_enums.PURPOSES_FOR[need] if need in Need else ()
    held = [c for purpose in purposes for c in consent.valid(case, purpose, None) if c.pk == consent_id]
    return _agreed(held, enums.SPOKEN)


def _agreed(held: list[Consent], asked: Sequence[enums.Shared], *, back: bool = False) -> Agreed:
    told = set(ConsentField.objects.filter(consent__in=[c.pk for c in held]).values_list("field", flat=True))
    return Agreed(
        fields=tuple((field.value, str(field.label)) for field in asked if field in told),
        missing=tuple(str(field.label) for field in asked if field not in told),
        until=max((c.until for c in held), default=None),
        back=back,
    )


def of_case(case_id: UUID) -> int:
    """How many referrals of a case something may still come of. One query."""
    return Referral.objects.filter(case=case_id, state__in=referral_enums.REFERRAL_OPEN).count()


def _due_there() -> QuerySet[WayStep]:
    """Of the way that a referral shows: the steps that its desk has taken, and that are due."""
    under_way = WayStep.objects.filter(state=StepState.TO_DO, due_on__lte=clock.today()).exclude(way__state=WayState.STOPPED)
    return under_way.filter(way__case=OuterRef("case"), desk=OuterRef("desk"))


def tiles(actor: Actor) -> list[Tile]:
    """What waits for the reader's desk, what it has in hand, what was accepted and what was not, for Today. One query."""
    if not access.may(actor, "referral.see"):
        return []
    received, sent = _box(actor, "received").filter(until__gte=clock.today()), _box(actor, "sent")
    new = Q(moved_on__gt=clock.today() - NEWS)
    ended = Q(state__in=[ReferralState.REFUSED, ReferralState.LAPSED]) & new
    found = counts({
        "offered": received.filter(state=ReferralState.OFFERED),
        "given": received.filter(state=ReferralState.GIVEN),
        "accepted": sent.filter(_view("sent", "waits")),
        "ended": sent.filter(ended),
        "home": access.visible(actor, "referral.way_step", Referral.objects.filter(Exists(_due_there()))),
        "shut": sent.filter(new, state=ReferralState.SHUT),
    })  # fmt: skip
    to_us, from_us, ended_ones = "box=received&view=waits", "box=sent&view=waits", "box=sent&view=ended"
    url = "desk:referrals"
    return [
        Tile("referrals_offered", _("Referrals that wait for your desk's answer"), found["offered"], "due", url, to_us),
        Tile("referrals_given", _("Referrals handed to your desk"), found["given"], "calm", url, to_us),
        Tile("referrals_home", _("Ways home: a step of your desk is due"), found["home"], "due", url, "box=received&view=open"),
        Tile("referrals_accepted", _("Accepted: hand over what was agreed to"), found["accepted"], "urgent", url, from_us),
        Tile("referrals_shut", _("Packets closed: a wrong code was typed five times"), found["shut"], "urgent", url, ended_ones),
        Tile("referrals_ended", _("Your referrals: refused, or not answered"), found["ended"], "due", url, ended_ones),
    ]
