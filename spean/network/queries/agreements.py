"""Agreements: what is in force between two organisations, the list of one's own, one of them, what ends soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.kernel import clock
from spean.kernel.paging import PAGE, Page, counts, cursor_day
from spean.network.agreement_enums import AGREED_BOOKS, AgreedBook, AgreementState
from spean.network.agreement_rules import SIGNERS
from spean.network.models import Agreement, AgreementCode, Member, Party
from spean.network.queries.members import current

SOON = timedelta(days=60)
TO_SIGN = "sign"
ACTS = ("change", "offer", "sign", "refuse", "withdraw", "end")


@dataclass(frozen=True)
class Side:
    """One side of an agreement; `signed_by` is "" while nobody has."""

    name: str
    signed_by: str
    signed_on: date | None


@dataclass(frozen=True)
class AgreementRow:
    """One of a list."""

    id: UUID
    sides: tuple[str, ...]
    data: tuple[str, ...]
    purposes: tuple[str, ...]
    starts_on: date
    ends_on: date
    state: str
    state_label: str
    holds: bool
    over: bool
    soon: bool


@dataclass(frozen=True)
class AgreementPage:
    """One of them."""

    row: AgreementRow
    kept: dict[str, Any]
    sides: tuple[Side, ...]
    number: str
    why: str
    may: frozenset[str]


def _holding(on: date) -> Q:
    return Q(state=AgreementState.IN_FORCE, starts_on__lte=on, ends_on__gte=on)


def covers(one: UUID, other: UUID, data: str, purposes: Iterable[str]) -> bool:
    """Whether an agreement of both that is in force today lets this data go for one of these purposes. One query."""

    def side(org: UUID) -> Exists:
        return Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation=org))

    def code(book: str, codes: Iterable[str]) -> Exists:
        return Exists(AgreementCode.objects.filter(agreement=OuterRef("pk"), book=book, code__in=list(codes)))

    wanted = (side(one), side(other), code(AgreedBook.DATA, [data]), code(AgreedBook.PURPOSE, purposes))
    return Agreement.objects.filter(_holding(clock.today()), *wanted).exists()


def _views() -> dict[str, Q]:
    over = Q(state__in=[AgreementState.REFUSED, AgreementState.WITHDRAWN, AgreementState.ENDED])
    past = Q(ends_on__lt=clock.today())
    return {
        "": Q(),
        "in_force": _holding(clock.today()),
        "soon": _ends_soon(),
        TO_SIGN: ~past,
        "waits": Q(state__in=[AgreementState.DRAFT, AgreementState.OFFERED]) & ~past,
        "over": over | past,
    }


def _ends_soon() -> Q:
    return Q(state=AgreementState.IN_FORCE, ends_on__range=(clock.today(), clock.today() + SOON))


def _whole(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    parties = Party.objects.select_related("organisation", "signed_by").order_by("id")
    return rows.prefetch_related(Prefetch("parties", parties), "codes")


def agreements(actor: Actor, *, view: str = "", after: str = "") -> Page:
    """A page of those of one's own organisations, what ends last first. Three queries."""
    rows = access.visible(actor, "agreement.see", Agreement.objects.all()).filter(_views().get(view, Q()))
    if view == TO_SIGN:
        rows = access.visible(actor, "agreement.sign", rows)
    if after:
        day, key = cursor_day(after)
        rows = rows.filter(Q(ends_on__lt=day) | Q(ends_on=day, pk__gt=key))
    found = list(_whole(rows).order_by("-ends_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(map(_row, found[:PAGE])), f"{last.ends_on.isoformat()}.{last.id}" if last else "")


def with_organisation(actor: Actor, organisation: UUID) -> tuple[AgreementRow, ...]:
    """Those of one's own organisations with this one that are not over, what ends last first. Three queries at most."""
    if not access.may(actor, "agreement.see"):
        return ()
    side = Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation=organisation))
    rows = access.visible(actor, "agreement.see", Agreement.objects.all()).exclude(_views()["over"]).filter(side)
    return tuple(map(_row, _whole(rows).order_by("-ends_on", "id")[:PAGE]))


def agreement(actor: Actor, pk: UUID, *, to: str | None = None) -> AgreementPage:
    """One of them, if the actor may do `to` to it."""
    found = access.get(actor, "agreement.see", _whole(Agreement.objects.all()), pk, to=to)
    sides = tuple(Side(p.organisation.name, p.signed_by.name if p.signed_by else "", p.signed_on) for p in found.parties.all())
    kept = {
        "of": str(found.of_id),
        "others": [str(p.organisation_id) for p in found.parties.all() if p.organisation_id != found.of_id],
        "data": _codes(found, AgreedBook.DATA),
        "purposes": _codes(found, AgreedBook.PURPOSE),
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "number": found.number,
    }
    why = str(found.get_why_display()) if found.why else ""
    return AgreementPage(_row(found), kept, sides, found.number, why, access.allowed(actor, "agreement", ACTS, found))


def _codes(one: Agreement, book: AgreedBook) -> list[str]:
    return [c.code for c in one.codes.all() if c.book == book]


def _labels(one: Agreement, book: AgreedBook) -> tuple[str, ...]:
    codes = _codes(one, book)
    return tuple(str(code.label) for code in AGREED_BOOKS[book] if code.value in codes)


def _row(one: Agreement) -> AgreementRow:
    today = clock.today()
    in_force, over = one.state == AgreementState.IN_FORCE, one.ends_on < today
    return AgreementRow(
        id=one.id,
        sides=tuple(p.organisation.name for p in one.parties.all()),
        data=_labels(one, AgreedBook.DATA),
        purposes=_labels(one, AgreedBook.PURPOSE),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        state=one.state,
        state_label=str(one.get_state_display()),
        holds=in_force and one.starts_on <= today <= one.ends_on,
        over=over,
        soon=in_force and not over and one.ends_on <= today + SOON,
    )


def partners() -> QuerySet[Member]:
    """With whom an agreement can be made: members of today."""
    return current()


def partners_to_choose(own: list[tuple[UUID, str]]) -> list[tuple[str, str]]:
    """(id, name) of the members, by name; without the writer's organisation, where they have only one."""
    rows = partners().select_related("organisation")
    rows = rows.exclude(organisation=own[0][0]) if len(own) == 1 else rows
    return sorted(((str(one.organisation_id), one.organisation.name) for one in rows), key=lambda pair: pair[1])


def own_sides(actor: Actor) -> list[tuple[UUID, str]]:
    """(id, name) of the organisations for which the actor can write one: members of today of which they are a head."""
    rows = partners().filter(organisation__in=[s.org for s in actor.having(SIGNERS)]).select_related("organisation")
    return sorted(((one.organisation_id, one.organisation.name) for one in rows), key=lambda pair: pair[1])


def tiles(actor: Actor) -> list[Tile]:
    """For Today of a head: what waits for a signature, and what ends within 60 days. One query."""
    if not access.may(actor, "agreement.sign"):
        return []
    rows = Agreement.objects.all()
    found = counts({
        "sign": access.visible(actor, "agreement.sign", rows.filter(ends_on__gte=clock.today())),
        "soon": access.visible(actor, "agreement.end", rows).filter(_ends_soon()),
    })  # fmt: skip
    url = "desk:agreements"
    return [
        Tile("agreements_sign", str(_("Agreements that wait for your signature")), found["sign"], "due", url, f"view={TO_SIGN}"),
        Tile("agreements_soon", str(_("Agreements that end within 60 days")), found["soon"], "due", url, "view=soon"),
    ]
