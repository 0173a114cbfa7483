"""What everybody reads of the directory: only entries that a second person has checked, and only numbers that were called."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Length

from spean.directory import hours
from spean.directory.enums import Day, Fee, Hours, Language, Need, NumberKind, Paper
from spean.directory.hours import Span
from spean.directory.models import Entry, Phone, Schedule, Service, ServiceArea, ServiceLanguage, ServiceNeed
from spean.kernel import clock
from spean.kernel.claims import ClaimState, is_overdue
from spean.kernel.errors import NotYours
from spean.kernel.paging import in_language
from spean.places.enums import Level
from spean.places.models import Place

PAGE = 12
FURTHEST = 600  # rows; who looks further chooses a need or a place


@dataclass(frozen=True)
class Checked:
    """The quiet line under a fact: where it is from, when it was looked at, for whom, whether that is too long ago."""

    source: str
    as_of: str
    on: date | None
    by: str
    overdue: bool
    until: date | None = None


@dataclass(frozen=True)
class ShownNumber:
    """A number that somebody called and found right."""

    shown: str
    href: str  # "" for one that must not be called
    short: bool
    checked: Checked


@dataclass(frozen=True)
class DayHours:
    """One day of the week, in words, and when somebody answers."""

    day: str
    spans: tuple[str, ...]


@dataclass(frozen=True)
class Help:
    """One service as a line of the list and as a page."""

    id: UUID
    provider: str
    website: str
    name: str
    about: str
    how: str
    needs: tuple[str, ...]
    languages: tuple[str, ...]
    areas: tuple[str, ...]
    where: str
    address: str
    withheld: bool
    women_only: bool
    age_from: int | None
    age_to: int | None
    papers: tuple[str, ...]
    capacity: int | None
    fee: str
    hours: str
    hours_label: str
    week: tuple[DayHours, ...]
    open_now: bool
    zone: str
    numbers: tuple[ShownNumber, ...]
    unproven: bool  # numbers are known, and nobody has called them
    checked: Checked
    demonstration: bool
    nearness: int = 0


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; "" for anything."""

    need: str = ""
    language: str = ""
    path: str = ""  # of the place from which help must be reachable
    open_now: bool = False
    begin: int = 0


@dataclass(frozen=True)
class Found:
    """One page of helpers, the nearest first; `next` is where the next page begins, 0 when there is none."""

    rows: tuple[Help, ...]
    next: int
    hours_unknown: bool = False  # others help here too, whose hours nobody knows


def find(wanted: Wanted) -> Found:
    """Who helps with this, there, in this language, now. Always the same number of queries."""
    begin = min(max(wanted.begin, 0), FURTHEST)
    matching = _matching(wanted)
    open_ones = matching.filter(_open_now()) if wanted.open_now else matching
    near = _nearness(wanted.path)
    rows = list(
        _whole(open_ones.annotate(nearness=near).order_by("-nearness", F("entry__checked_on").desc(), "pk"))[
            begin : begin + PAGE + 1
        ]
    )
    unknown = wanted.open_now and matching.filter(hours=Hours.UNKNOWN).exists()
    more = len(rows) > PAGE and begin + PAGE <= FURTHEST
    return Found(tuple(_help(s) for s in rows[:PAGE]), begin + PAGE if more else 0, unknown)


def one(pk: UUID) -> Help:
    """One service; `NotYours` unless everybody may read it."""
    service = _whole(_shown().filter(pk=pk)).first()
    if service is None:
        raise NotYours
    return _help(service)


def some(pks: Collection[UUID]) -> dict[UUID, Help]:
    """Those of these services that everybody may read. Always the same number of queries."""
    return {s.pk: _help(s) for s in _whole(_shown().filter(pk__in=pks))}


def office_number(organisation: UUID) -> str:
    """A called number of a service that one of its desks runs, whose place is no secret; "" where there is none."""
    open_ones = _shown().filter(entry__desk__organisation=organisation).order_by("entry__checked_on", "pk")
    known = (_help(service) for service in _whole(open_ones)[:PAGE])
    return next((one.numbers[0].shown for one in known if one.numbers and not one.withheld), "")


def called(pk: UUID) -> frozenset[str]:
    """How who gives a service is called in either language; nothing unless everybody may read it. One query."""
    found = Entry.objects.filter(pk=pk, state=ClaimState.VERIFIED)
    return frozenset(name for row in found.values_list("provider_km", "provider_en") for name in row if name)


def helpers(need: str) -> list[tuple[UUID, str]]:
    """(entry, who and what) of everybody who helps with this, by name. One query."""
    found = _matching(Wanted(need=need)).select_related("provider")
    named = ((s.pk, f"{s.provider} · {in_language(s.name_km, s.name_en)}") for s in found)
    return sorted(named, key=lambda pair: pair[1])


def all_of(path: str, most: int) -> tuple[Help, ...]:
    """Who helps in a place, the nearest first, for a paper: no more than `most`, and one that tells that there are more."""
    near = _nearness(path)
    found = _whole(
        _matching(Wanted(path=path)).annotate(nearness=near).order_by("-nearness", F("entry__checked_on").desc(), "pk")
    )
    return tuple(_help(s) for s in found[: most + 1])


def countries() -> list[tuple[str, str]]:
    """(path, name) of the countries outside Cambodia in which somebody helps."""
    codes = _shown().exclude(entry__country="KH").values_list("entry__country", flat=True).order_by().distinct()
    found = Place.objects.current().filter(level=Level.COUNTRY, code__in=list(codes))
    return sorted(((place.path, place.name) for place in found), key=lambda pair: pair[1])


def _shown() -> QuerySet[Service]:
    """The first lock is the state; the second that an entry which is not public has no row here at all."""
    return Service.objects.filter(entry__state=ClaimState.VERIFIED)


def _matching(wanted: Wanted) -> QuerySet[Service]:
    found = _shown()
    if wanted.need:
        found = found.filter(Exists(ServiceNeed.objects.filter(service=OuterRef("pk"), need=wanted.need)))
    if wanted.language:
        found = found.filter(Exists(ServiceLanguage.objects.filter(service=OuterRef("pk"), language=wanted.language)))
    if wanted.path:
        reaches = Q(path__in=around(wanted.path)) | Q(path__startswith=wanted.path)
        found = found.filter(Exists(ServiceArea.objects.filter(reaches, service=OuterRef("pk"))))
    return found


def around(path: str) -> list[str]:
    """The path and those of all places that hold it: KH/14/1401/ gives itself, KH/14/ and KH/."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[:n]) + "/" for n in range(len(parts), 0, -1)]


def _nearness(path: str) -> Any:
    """How many levels of the reader's place the helper's place shares: 0 is another country, 4 the same commune."""
    if not path:
        return Value(0, IntegerField())
    steps = around(path)
    shared = [When(near__startswith=step, then=Value(len(steps) - at)) for at, step in enumerate(steps)]
    return Case(*shared, default=Value(0), output_field=IntegerField())


def _open_now() -> Q:
    """Open at this moment, each in the time of its own country."""
    now, anywhere = clock.now(), Q(pk__in=[])
    for zone in sorted(set(hours.ZONES.values())):
        day, minute = hours.moment_in(zone, now)
        anywhere |= Q(zone=zone, day=day, opens__lte=minute, closes__gt=minute)
    return Q(Exists(Schedule.objects.filter(anywhere, service=OuterRef("pk"))))


def _whole(services: QuerySet[Service]) -> QuerySet[Service]:
    called = Phone.objects.filter(listed=True).exclude(state=ClaimState.WITHDRAWN).select_related("checked_for")
    areas = ServiceArea.objects.select_related("place__parent__parent").order_by(Length("path"), "path")
    return services.select_related("entry__checked_for", "provider", "location__place__parent__parent__parent").prefetch_related(
        "needs", "languages", "schedules", Prefetch("areas", areas), Prefetch("entry__phones", called.order_by("position", "id"))
    )


def _help(s: Service) -> Help:
    entry, location = s.entry, getattr(s, "location", None)
    phones = list(entry.phones.all())
    spans = [Span(x.day, x.opens, x.closes) for x in s.schedules.all()]
    return Help(
        id=entry.id,
        provider=str(s.provider),
        website=s.provider.website,
        name=in_language(s.name_km, s.name_en),
        about=in_language(s.about_km, s.about_en),
        how=in_language(s.how_km, s.how_en),
        needs=labels(Need, [n.need for n in s.needs.all()]),
        languages=labels(Language, [x.language for x in s.languages.all()]),
        areas=tuple(where(a.place) for a in s.areas.all()),
        where=where(location.place) if location else "",
        address=in_language(location.address_km, location.address_en) if location else "",
        withheld=s.withheld,
        women_only=s.women_only,
        age_from=s.age_from,
        age_to=s.age_to,
        papers=labels(Paper, s.papers),
        capacity=s.capacity,
        fee=str(Fee(s.fee).label),
        hours=s.hours,
        hours_label=str(Hours(s.hours).label),
        week=_week(spans) if s.hours == Hours.WEEK else (),
        open_now=hours.is_open(spans, s.zone, clock.now()),
        zone="" if s.zone == clock.PHNOM_PENH.key else s.zone,
        numbers=tuple(shown_number(p) for p in phones if p.state == ClaimState.VERIFIED),
        unproven=any(p.state == ClaimState.UNVERIFIED for p in phones),
        checked=checked(entry, s.source, s.as_of),
        demonstration=entry.demonstration,
        nearness=getattr(s, "nearness", 0),
    )


def labels(book: Any, codes: list[str]) -> tuple[str, ...]:
    """The words of these codes, in the order of the codebook."""
    return tuple(str(word.label) for word in book if word.value in codes)


def where(place: Place) -> str:
    """A place and what it lies in, up to the province."""
    names, at = [], place
    while at is not None and at.level != Level.COUNTRY:
        names.append(at.name)
        at = at.parent  # type: ignore[assignment]
    return ", ".join(names) or place.name


def _week(spans: list[Span]) -> tuple[DayHours, ...]:
    told = {day: [s for s in spans if s.day == day] for day in Day}
    return tuple(
        DayHours(
            str(day.label),
            tuple(f"{hours.written(s.opens)}–{hours.written(s.closes)}" for s in sorted(found, key=lambda x: x.opens)),
        )
        for day, found in told.items()
        if found
    )


def checked(claim: Any, source: str, as_of: str) -> Checked:
    """The line under a claim."""
    by = claim.checked_for.name if claim.checked_for else ""
    return Checked(
        source, as_of, claim.checked_on, by, is_overdue(claim.state, claim.valid_until, clock.today()), claim.valid_until
    )


def shown_number(phone: Phone) -> ShownNumber:
    """A number that was called, as a page shows it."""
    real = phone.kind != NumberKind.DEMONSTRATION
    return ShownNumber(
        shown=phone.shown,
        href=f"tel:{phone.digits}" if real else "",
        short=phone.kind == NumberKind.SHORT,
        checked=checked(phone, phone.source, phone.as_of),
    )
