"""Today: what is due, overdue, urgent and waiting for this reader, and the first of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from spean.accounts import access
from spean.accounts import today as people
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.cases.queries import cases, referrals, unasked, visits
from spean.directory.queries import desk as directory
from spean.directory.queries import register
from spean.kernel import clock
from spean.kernel.paging import Page
from spean.library.queries import today as library
from spean.network.queries import agreements, practice_today
from spean.programme.queries import claims, complaints, volunteers
from spean.surfaces.desk.acting import acting, query_of
from spean.surfaces.pages import page
from spean.voices import queries
from spean.voices.queries import plans

FIRST = 5
LISTS = {
    "desk:inbox": ("concern", lambda actor, q: queries.inbox(actor, view=q.get("view", "unfinished"), mine="mine" in q)),
    "desk:issues": ("issue", lambda actor, q: queries.issues(actor, view=q.get("view", "all"))),
    "desk:visits": ("visit", lambda actor, _q: Page(visits.cards(actor), "")),
    "desk:volunteers": ("volunteer", lambda actor, q: volunteers.roster(actor, view=q.get("view", "active"))),
    "desk:reports": ("report", lambda actor, q: queries.own_reports(actor, view=q.get("view", "all"))),
}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what sort of row it is, the row, and why it is here."""

    sort: str
    row: Any
    why: str
    tone: str


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    actor = acting(request)
    told = [*plans.tiles(actor), *library.tiles(actor), *directory.tiles(actor), *register.tiles(actor)]
    tiles = [
        *queries.today(actor),
        *cases.tiles(actor),
        *referrals.tiles(actor),
        *unasked.tiles(actor),
        *visits.tiles(actor),
        *volunteers.tiles(actor),
        *complaints.tiles(actor),
        *claims.tiles(actor),
        *agreements.tiles(actor),
        *practice_today.tiles(actor),
        *told,
        *people.tiles(actor),
    ]
    first, sends = first_rows(actor, tiles), access.may(actor, "concern.send")
    return page(request, "desk/today.html", tiles=tiles, waiting=first, day=clock.today(), name=actor.name, sends=sends)


def first_rows(actor: Actor, tiles: list[Tile]) -> list[Waiting]:
    """The first rows behind the urgent counts, then behind the due ones; each thing once."""
    found: dict[Any, Waiting] = {}
    pressing = [t for t in tiles if t.count and t.tone in {"urgent", "due"} and t.url in LISTS]
    for tile in sorted(pressing, key=lambda t: t.tone != "urgent"):
        if len(found) >= FIRST:
            break
        sort, rows = LISTS[tile.url]
        for row in rows(actor, query_of(tile.query)).rows:
            found.setdefault(row.id, Waiting(sort, row, tile.label, tile.tone))
    return list(found.values())[:FIRST]
