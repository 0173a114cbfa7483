"""The flood lane: what waits under review, equal words as one row; danger first, then the words that came least often."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Max, Min, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.paging import PAGE, Page, counts, in_language
from spean.voices import enums
from spean.voices.enums import ConcernState
from spean.voices.models import Concern
from spean.voices.queries.concerns import ConcernRow, concern_row

LANES = {"held": ConcernState.HELD, "aside": ConcernState.SET_ASIDE}
NOW, WORDS = 2, 1  # how pressing


@dataclass(frozen=True)
class GroupRow:
    """Reports with the same words: how many, and what is counted of them. Where they differ, "" stands."""

    alike: UUID
    count: int
    pressing: int
    kind: str
    place: str
    received_on: date
    sealed: bool  # their words were sealed in the page: they are together because their choices are the same


@dataclass(frozen=True)
class LaneTotals:
    """What waits."""

    held: int
    pressing: int


@dataclass(frozen=True)
class GroupPage:
    """One group, a page of its reports, and what may be done with all of them."""

    head: GroupRow
    rows: tuple[ConcernRow, ...]
    after: str
    waiting: int
    aside: int


def pressing_case() -> Case:
    """2 for danger now, 1 for words that ask for help, else 0."""
    now, words = When(danger=enums.Danger.NOW, then=Value(NOW)), When(urgent_words=True, then=Value(WORDS))
    return Case(now, words, default=Value(0), output_field=IntegerField())


def lane_totals(actor: Actor) -> LaneTotals:
    """How many wait, and how many of them are pressing. One query."""
    held = access.visible(actor, "concern.see", Concern.objects.filter(state=ConcernState.HELD))
    return LaneTotals(**counts({"held": held, "pressing": held.filter(urgency__lt=2)}))


def lane(actor: Actor, *, view: str = "held", after: str = "") -> Page:
    """A page of groups. One query."""
    state = LANES.get(view, ConcernState.HELD)
    groups = _groups(access.visible(actor, "concern.see", Concern.objects.filter(state=state)))
    if after:
        groups = groups.filter(_after(after))
    found = list(groups.order_by("-pressing", "count", "alike")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    cursor = f"{last['pressing']}.{last['count']}.{last['alike']}" if last else ""
    return Page(tuple(_row(g) for g in found[:PAGE]), cursor)


def group_page(actor: Actor, alike: UUID, *, after: str = "") -> GroupPage:
    """Reports with the same words, wherever they stand; NotYours when none is this actor's."""
    concerns = access.visible(actor, "concern.see", Concern.objects.filter(alike=alike))
    head = _groups(concerns).first()
    if head is None:
        raise NotYours
    counts = concerns.aggregate(
        waiting=Count("pk", filter=Q(state=ConcernState.HELD)), aside=Count("pk", filter=Q(state=ConcernState.SET_ASIDE))
    )
    rows = concerns.select_related("place", "assigned_to").order_by("id")
    if after:
        rows = rows.filter(pk__gt=_key(after))
    found = list(rows[: PAGE + 1])
    cursor = str(found[PAGE - 1].id) if len(found) > PAGE else ""
    return GroupPage(_row(head), tuple(concern_row(c) for c in found[:PAGE]), cursor, **counts)


def _groups(concerns: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    return (
        concerns.filter(alike__isnull=False)
        .order_by()
        .values("alike")
        .annotate(
            count=Count("pk"),
            pressing=Max(pressing_case()),
            first_kind=Min("kind"),
            last_kind=Max("kind"),
            km=Min("place__name_km"),
            en=Min("place__name_en"),
            last_km=Max("place__name_km"),
            since=Min("received_on"),
            sealed=Max(Case(When(sealed_in_page=True, then=Value(1)), default=Value(0), output_field=IntegerField())),
        )
    )


def _row(g: dict[str, Any]) -> GroupRow:
    return GroupRow(
        alike=g["alike"],
        count=g["count"],
        pressing=g["pressing"],
        kind=str(enums.Kind(g["first_kind"]).label) if g["first_kind"] == g["last_kind"] else "",
        place=in_language(g["km"] or "", g["en"] or "") if g["km"] == g["last_km"] else "",
        received_on=g["since"],
        sealed=bool(g["sealed"]),
    )


def _after(cursor: str) -> Q:
    broken = Invalid({"after": _("This link to the next page is broken. Open the list again.")})
    try:
        pressing, count, key = cursor.split(".")
        pressed, many, alike = int(pressing), int(count), UUID(key)
    except ValueError:
        raise broken from None
    if not (0 <= pressed <= NOW and 0 < many < 2**31):
        raise broken
    return Q(pressing__lt=pressed) | Q(pressing=pressed) & (Q(count__gt=many) | Q(count=many, alike__gt=alike))


def _key(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise Invalid({"after": _("This link to the next page is broken. Open the list again.")}) from None
