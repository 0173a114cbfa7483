"""What the desk reads of an entry and of a recruiter alike: its versions, and its numbers with their calls."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory.enums import Heard, NumberKind, Remark, VersionState
from spean.directory.models import Phone, TestCall
from spean.directory.models.told import Wording
from spean.kernel import clock
from spean.kernel.claims import ClaimState, is_overdue
from spean.kernel.paging import in_language

MOST_CALLS = 10
WEEK = 7  # days ahead that "this week" means


@dataclass(frozen=True)
class Call:
    """One test call."""

    on: date
    by: str
    heard: str
    heard_label: str
    words: str


@dataclass(frozen=True)
class Number:
    """A number with where it is from, what is odd about it, who else has it, and its calls."""

    id: UUID
    shown: str
    kind_label: str
    remark: str
    state: str
    state_label: str
    source: str
    as_of: str
    checked_on: date | None
    valid_until: date | None
    overdue: bool
    listed: bool
    others: tuple[str, ...]
    calls: tuple[Call, ...]
    may_test: bool


@dataclass(frozen=True)
class VersionRow:
    """One version: who wrote it, who published it, and its words."""

    number: int
    state: str
    state_label: str
    written_by: str
    written_on: date
    published_by: str
    published_on: date | None
    draft: Any


def views(actor: Actor, noun: str, versions: type[Wording], *dated: QuerySet[Any], also_waits: Q | None = None) -> dict[str, Q]:
    """What each view of a list shows, of entries or of recruiters. `dated`: what else has an end of its own."""
    today, soon = clock.today(), clock.today() + timedelta(days=WEEK)
    numbers = Phone.objects.filter(**{noun: OuterRef("pk")}, listed=True)
    checked = [some.filter(state=ClaimState.VERIFIED) for some in (numbers, *dated)]
    ends = reduce(or_, (Q(Exists(some.filter(valid_until__lte=soon))) for some in checked))
    over = reduce(or_, (Q(Exists(some.filter(valid_until__lt=today))) for some in checked))
    shown = Q(state=ClaimState.VERIFIED)
    uncalled = shown & Q(Exists(numbers.filter(state=ClaimState.UNVERIFIED)))
    proposed = versions.objects.filter(**{noun: OuterRef("pk")}, state=VersionState.PROPOSED)
    waits = Q(waits=True) & Q(Exists(proposed.filter(of_others(actor)))) | (also_waits or Q(pk__in=()))
    return {
        "check": waits | uncalled | (shown & (Q(valid_until__lte=soon) | ends)),
        "waits": waits,
        "overdue": shown & (Q(valid_until__lt=today) | over),
        "uncalled": uncalled,
        **{state.value: Q(state=state) for state in ClaimState},
    }


def of_others(actor: Actor) -> Q:
    """What somebody else wrote, or nobody: a list with which we began."""
    return Q(written_by=None) | ~Q(written_by=actor.id)


def version_row(v: Wording, draft: Any) -> VersionRow:
    """A version with its words."""
    return VersionRow(
        number=v.number, state=v.state, state_label=str(VersionState(v.state).label),
        written_by=v.written_by.name if v.written_by else "", written_on=v.written_on,
        published_by=v.published_by.name if v.published_by else "", published_on=v.published_on, draft=draft,
    )  # fmt: skip


def phone_owner(actor: Actor, phone_id: UUID) -> tuple[str, UUID]:
    """Whose number it is: of which kind ("entry" or "recruiter"), and its id."""
    phone = access.get(actor, "phone.see", Phone.objects.all(), phone_id)
    return ("entry", phone.entry_id) if phone.entry_id else ("recruiter", phone.recruiter_id)  # type: ignore[return-value]


def numbers_of(actor: Actor, own: QuerySet[Phone]) -> tuple[Number, ...]:
    """The numbers of all versions of one thing: two sources that disagree stand one beside the other. Four queries."""
    phones = list(own.order_by("-listed", "position", "id"))
    mine = set(access.visible(actor, "phone.test", own).values_list("pk", flat=True))
    digits = [p.digits for p in phones]
    elsewhere = Phone.objects.filter(digits__in=digits).exclude(pk__in=[p.pk for p in phones])
    elsewhere = elsewhere.select_related("entry", "recruiter").order_by("pk")[:50]
    others: dict[tuple[str, str], list[str]] = {}
    for phone in elsewhere:
        of = phone.entry or phone.recruiter
        others.setdefault((phone.digits, phone.country), []).append(in_language(of.title_km, of.title_en) if of else "")
    calls: dict[UUID, list[Call]] = {}
    made = TestCall.objects.filter(phone__in=phones).select_related("called_by").order_by("-called_on", "-pk")
    for call in made[: MOST_CALLS * 10]:
        calls.setdefault(call.phone_id, []).append(_call(call))
    return tuple(_number(p, others.get((p.digits, p.country), []), calls.get(p.pk, []), may_test=p.pk in mine) for p in phones)


def _call(call: TestCall) -> Call:
    return Call(call.called_on, call.called_by.name, call.heard, str(Heard(call.heard).label), call.words)


def _number(p: Phone, others: list[str], calls: list[Call], *, may_test: bool) -> Number:
    values: dict[str, Any] = {
        name: getattr(p, name) for name in ("id", "shown", "state", "source", "as_of", "checked_on", "valid_until", "listed")
    }
    return Number(
        **values,
        kind_label=str(NumberKind(p.kind).label),
        remark=str(Remark(p.remark).label) if p.remark else "",
        state_label=str(ClaimState(p.state).label),
        overdue=is_overdue(p.state, p.valid_until, clock.today()),
        others=tuple(others),
        calls=tuple(calls[:MOST_CALLS]),
        may_test=may_test,
    )
