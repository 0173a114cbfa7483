"""What the desk reads of the directory: lists, one entry with its versions, numbers and calls, and what needs a check."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.directory.drafts import Draft
from spean.directory.enums import VersionState
from spean.directory.models import Entry, Version
from spean.directory.queries.parts import Number, VersionRow, numbers_of, version_row, views
from spean.kernel import clock
from spean.kernel.claims import ClaimState, is_overdue
from spean.kernel.paging import PAGE, Page, counts, cursor_day, in_language
from spean.kernel.text import clean

LONGEST_QUERY = 100


@dataclass(frozen=True)
class EntryRow:
    """One line of the list."""

    id: UUID
    name: str
    provider: str
    country: str
    state: str
    state_label: str
    waits: bool
    checked_on: date | None
    valid_until: date | None
    overdue: bool
    written_on: date
    demonstration: bool


@dataclass(frozen=True)
class EntryPage:
    """An entry for those who look after it."""

    row: EntryRow
    shown: VersionRow | None
    waiting: VersionRow | None
    versions: tuple[VersionRow, ...]
    numbers: tuple[Number, ...]
    checked_by: str
    may: frozenset[str]

    @property
    def newest(self) -> VersionRow:
        """The words with which a change begins."""
        return self.waiting or self.shown or self.versions[0]


def entries(actor: Actor, *, view: str = "check", country: str = "", words: str = "", after: str = "") -> Page:
    """A page of entries, the newest first. Always the same number of queries."""
    found = listed(actor, view, country, words)
    if after:
        day, key = cursor_day(after)
        found = found.filter(Q(written_on__lt=day) | Q(written_on=day, pk__gt=key))
    rows = list(found.order_by("-written_on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(_row(e) for e in rows[:PAGE]), f"{last.written_on.isoformat()}.{last.id}" if last else "")


def listed(actor: Actor, view: str, country: str = "", words: str = "") -> QuerySet[Entry]:
    """The entries of one list."""
    found = access.visible(actor, "entry.see", Entry.objects.all()).filter(_views(actor).get(view, Q()))
    if country:
        found = found.filter(country=country)
    for word in clean(words[:LONGEST_QUERY]).split():
        found = found.filter(
            Q(title_km__icontains=word)
            | Q(title_en__icontains=word)
            | Q(provider_km__icontains=word)
            | Q(provider_en__icontains=word)
        )
    return found


def count(actor: Actor, view: str, country: str = "", words: str = "") -> int:
    """How many there are in that list, counted no further than a bound."""
    return counts({"n": listed(actor, view, country, words)})["n"]


def tallies(actor: Actor) -> dict[str, int]:
    """How many wait in each list that asks for work. One query."""
    return counts({view: listed(actor, view) for view in ("check", "waits", "overdue", "uncalled")})


def tiles(actor: Actor) -> list[Tile]:
    """Today: what needs a check this week, and what is overdue."""
    if not access.may(actor, "entry.see"):
        return []
    found = tallies(actor)
    url, late, soon = "desk:directory", str(_("Help directory: overdue")), str(_("Help directory: to check this week"))
    return [
        Tile("directory_overdue", late, found["overdue"], "urgent", url, "view=overdue"),
        Tile("directory", soon, found["check"], "due", url, "view=check"),
    ]


def _views(actor: Actor) -> dict[str, Q]:
    return views(actor, "entry", Version)


def entry_page(actor: Actor, pk: UUID) -> EntryPage:
    """One entry with everything. Always the same number of queries."""
    entry = access.get(actor, "entry.see", Entry.objects.select_related("checked_by"), pk)
    kept = entry.versions.select_related("written_by", "published_by").order_by("-number")
    versions = [version_row(v, Draft.of(v.body)) for v in kept]
    states = {v.state: v for v in reversed(versions)}
    own = Entry.objects.filter(pk=entry.pk)
    may = frozenset(v for v in ("propose", "publish", "check", "withdraw") if access.visible(actor, f"entry.{v}", own).exists())
    return EntryPage(
        row=_row(entry),
        shown=states.get(VersionState.PUBLISHED),
        waiting=states.get(VersionState.PROPOSED),
        versions=tuple(versions),
        numbers=numbers_of(actor, entry.phones.all()),
        checked_by=entry.checked_by.name if entry.checked_by else "",
        may=may,
    )


def _row(e: Entry) -> EntryRow:
    return EntryRow(
        id=e.id, name=in_language(e.title_km, e.title_en), provider=in_language(e.provider_km, e.provider_en), country=e.country,
        state=e.state, state_label=str(ClaimState(e.state).label), waits=e.waits, checked_on=e.checked_on,
        valid_until=e.valid_until, overdue=is_overdue(e.state, e.valid_until, clock.today()), written_on=e.written_on,
        demonstration=e.demonstration,
    )  # fmt: skip
