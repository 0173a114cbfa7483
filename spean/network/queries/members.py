"""The members of the network: a list by country, one of them, what can be chosen."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import COMMITTEE_LEVELS, MembershipState, Role, WorkLevel
from spean.accounts.models import Membership, Organisation, User
from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.kernel.paging import BROKEN, PAGE, Page, in_either, in_language
from spean.network.member_enums import BOOKS, Book, NetworkWork
from spean.network.member_rules import HEADS
from spean.network.models import Focal, Member, MemberCode
from spean.places.models import Place

VIEWS = ("now", "left")


@dataclass(frozen=True)
class MemberRow:
    """One member of a list."""

    id: UUID
    name: str
    kind: str
    country: str
    level: str
    works: tuple[str, ...]
    since: date
    until: date | None


@dataclass(frozen=True)
class FocalView:
    """Who answers: a person's name, or an office and its address. `left`: the person works there no more."""

    id: UUID
    name: str
    address: str
    left: bool


@dataclass(frozen=True)
class MemberPage:
    """One member."""

    row: MemberRow
    organisation: UUID
    kept: dict[str, Any]
    served: tuple[str, ...]
    languages: tuple[str, ...]
    focals: tuple[FocalView, ...]
    may: frozenset[str]


def current(on: date | None = None) -> QuerySet[Member]:
    """Who is a member on a day."""
    day = on or clock.today()
    return Member.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def members(actor: Actor, wanted: dict[str, str]) -> Page:
    """A page of members by country: of a country, a level, a work; those of today or those who left. Two queries."""
    rows = access.visible(actor, "member.see", Member.objects.select_related("organisation", "country"))
    rows = rows.filter(until__lt=clock.today()) if wanted.get("view") == "left" else rows.exclude(until__lt=clock.today())
    if wanted.get("country"):
        rows = rows.filter(country__code=wanted["country"])
    if wanted.get("level") in WorkLevel:
        rows = rows.filter(organisation__level=wanted["level"])
    if wanted.get("work") in NetworkWork:
        does = MemberCode.objects.filter(member=OuterRef("pk"), book=Book.WORK, code=wanted["work"])
        rows = rows.filter(Exists(does))
    if wanted.get("after"):
        code, key = _cursor(wanted["after"])
        rows = rows.filter(Q(country__code__gt=code) | Q(country__code=code, pk__gt=key))
    found = list(rows.order_by("country__code", "id").prefetch_related("codes")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(map(_row, found[:PAGE])), f"{last.country.code}.{last.id}" if last else "")


def _cursor(after: str) -> tuple[str, UUID]:
    try:
        code, key = after.split(".")
        return code, UUID(key)
    except ValueError as error:
        raise Invalid({"after": BROKEN}) from error


def countries_of_members() -> list[tuple[str, str]]:
    """(code, name) of the countries in which a member is. One query."""
    found = Place.objects.filter(pk__in=Member.objects.values("country"))
    return sorted(((place.code, in_language(place.name_km, place.name_en)) for place in found), key=lambda one: one[1])


def member(actor: Actor, pk: UUID, *, to: str | None = None) -> MemberPage:
    """One of them, if the actor may do `to` to it."""
    found = access.get(actor, "member.see", Member.objects.select_related("organisation", "country"), pk, to=to)
    codes: dict[str, set[str]] = {book: set() for book in Book}
    for one in found.codes.all():
        codes[one.book].add(one.code)
    kept = {
        "country": found.country.code,
        "since": found.since,
        "until": found.until,
        "works": sorted(codes[Book.WORK]),
        "served": sorted(codes[Book.SERVED]),
        "languages": sorted(codes[Book.LANGUAGE]),
    }
    works = _labels(Book.WORK, codes)
    row = _plain(found, works)
    served, languages = _labels(Book.SERVED, codes), _labels(Book.LANGUAGE, codes)
    may = access.allowed(actor, "member", ("change",), found)
    return MemberPage(row, found.organisation_id, kept, served, languages, _focals(found), may)


def _focals(member: Member) -> tuple[FocalView, ...]:
    works = Membership.objects.filter(
        user=OuterRef("user"), team__organisation=member.organisation_id, state=MembershipState.ACTIVE
    )
    rows = Focal.objects.filter(member=member).select_related("user").annotate(still=Exists(works)).order_by("since", "id")
    return tuple(
        FocalView(
            row.id,
            row.user.name if row.user else in_either(row.office_km, row.office_en),
            row.address,
            left=row.user is not None and not row.still,
        )
        for row in rows
    )


def _row(one: Member) -> MemberRow:
    codes = {Book.WORK.value: {c.code for c in one.codes.all() if c.book == Book.WORK}}
    return _plain(one, _labels(Book.WORK, codes))


def _plain(one: Member, works: tuple[str, ...]) -> MemberRow:
    org, country = one.organisation, one.country
    level, kind = str(org.get_level_display()), str(org.get_kind_display())
    where = in_language(country.name_km, country.name_en)
    return MemberRow(one.id, org.name, kind, where, level, works, one.since, one.until)


def _labels(book: Book, codes: dict[str, set[str]]) -> tuple[str, ...]:
    return tuple(str(one.label) for one in BOOKS[book] if one.value in codes[book])


def not_yet(actor: Actor) -> QuerySet[Organisation]:
    """Organisations that the actor may add: a coordinator any that works here, others their own. Committees are no members."""
    rows = Organisation.objects.exclude(kind__in=COMMITTEE_LEVELS).exclude(pk__in=Member.objects.values("organisation"))
    if actor.has(Role.NETWORK_COORDINATOR):
        return rows
    return rows.filter(pk__in=[s.org for s in actor.having(HEADS)])


def organisations_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of those, by name."""
    return sorted(((str(one.pk), one.name) for one in not_yet(actor)), key=lambda pair: pair[1])


def people_of(actor: Actor, member: Member | UUID) -> QuerySet[User]:
    """Accounts that the actor may name for it: of an organisation in which they have a seat; others' people they do not see."""
    org = member.organisation_id if isinstance(member, Member) else member
    if org not in actor.orgs:
        return User.objects.none()
    seats = Membership.objects.filter(user=OuterRef("pk"), team__organisation=org, state=MembershipState.ACTIVE)
    return User.objects.filter(Exists(seats.exclude(role=Role.VOLUNTEER)))


def people_to_choose(actor: Actor, organisation: UUID) -> list[tuple[str, str]]:
    """(id, name) of those, by name."""
    return [(str(pk), name) for pk, name in people_of(actor, organisation).order_by("name", "id").values_list("id", "name")]
