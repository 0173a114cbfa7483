"""How many places are free, as of which day, for those who work with cases. Nothing of it is public."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import KEY_ROLES
from spean.accounts.queries import desks, team_name
from spean.directory import free
from spean.directory.models import Entry, FreePlaces
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import NotAllowed
from spean.kernel.paging import in_language

MOST = 50  # services of one desk


@dataclass(frozen=True)
class Free:
    """What was told last: so many places, as of this day, `days` ago. What is old is not counted on."""

    places: int
    on: date
    days: int
    old: bool
    by: str


@dataclass(frozen=True)
class FreePage:
    """One service, for who may tell of it. `desks` can be named by who may name one."""

    id: UUID
    name: str
    provider: str
    capacity: int | None
    desk: UUID | None
    desk_name: str
    told: Free | None
    desks: tuple[tuple[UUID, str], ...]
    may: frozenset[str]


@dataclass(frozen=True)
class OwnService:
    """A service that one of the reader's desks runs."""

    id: UUID
    name: str
    capacity: int | None
    told: Free | None


def free_places(actor: Actor, entries: Collection[UUID]) -> dict[UUID, Free]:
    """What was told last of each of these, by entry; what nobody told of is not in it. One query."""
    if not access.may(actor, "entry.read_free"):
        raise NotAllowed
    return _told(Q(entry__in=entries))


def own_services(actor: Actor) -> tuple[OwnService, ...]:
    """The services that the reader's desks run. Two queries."""
    own = [s.team for s in actor.having(KEY_ROLES)]
    if not own:
        return ()
    mine = Entry.objects.filter(desk__in=own).select_related("service")
    found = list(access.visible(actor, "entry.tell_free", mine).order_by("title_en", "id")[:MOST])
    told = _told(Q(entry__in=[e.id for e in found]))
    return tuple(OwnService(e.id, _name(e), e.service.capacity, told.get(e.id)) for e in found)


def desk_of(entry_id: UUID) -> UUID | None:
    """The desk that runs a service which everybody may read; None where nobody of here does. One query."""
    return Entry.objects.filter(pk=entry_id, state=ClaimState.VERIFIED).values_list("desk", flat=True).first()


def desks_of(entries: Collection[UUID]) -> dict[UUID, UUID | None]:
    """The same of several services: of each that everybody may read. One query."""
    return dict(Entry.objects.filter(pk__in=entries, state=ClaimState.VERIFIED).values_list("pk", "desk"))


def free_page(actor: Actor, entry_id: UUID) -> FreePage:
    """One service with what was told last of it."""
    found = Entry.objects.select_related("service", "desk__organisation")
    entry = access.get(actor, "entry.tell_free", found, entry_id)
    may = access.allowed(actor, "entry", ("tell_free", "name_desk", "see"), entry)
    return FreePage(
        id=entry.id,
        name=_name(entry),
        provider=_provider(entry),
        capacity=entry.service.capacity,
        desk=entry.desk_id,
        desk_name=team_name(entry.desk),
        told=_told(Q(entry=entry)).get(entry.id),
        desks=tuple((team.id, team_name(team)) for team in desks()) if "name_desk" in may else (),
        may=may,
    )


def _told(which: Q) -> dict[UUID, Free]:
    newest = _newest(FreePlaces.objects.filter(which)).select_related("told_for")
    today = clock.today()
    return {t.entry_id: _free(t, today - t.on) for t in newest}


def _newest(found: QuerySet[FreePlaces]) -> QuerySet[FreePlaces]:
    """The last word of the newest day, of each entry."""
    later = FreePlaces.objects.filter(Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")))
    return found.exclude(Exists(later.filter(entry=OuterRef("entry"))))


def _free(t: Any, ago: timedelta) -> Free:
    return Free(t.free, t.on, ago.days, ago > free.holds(), t.told_for.name)


def _name(e: Entry) -> str:
    return in_language(e.title_km, e.title_en)


def _provider(e: Entry) -> str:
    return in_language(e.provider_km, e.provider_en)
