"""Events: codes for the entry, taps from the gates, and whether everybody may read about it.

A tap has an id that was made on the phone. What counts depends neither on the order in which taps arrive nor on how often: a code
counts once at a gate's part of the event, a tap that was taken back counts never, whichever of the two came first.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.ids import has_good_check_digit, only_digits, with_check_digit
from spean.privacy import audit
from spean.programme.activity_enums import LARGE, Attendee
from spean.programme.models import Activity, CheckIn, Ticket
from spean.programme.operations.activities import STRANGE, find

MOST_CODES = 500  # made at once
MOST_OF_AN_EVENT = 20_000
MOST_TAPS = 200  # in one batch
MARK, DRAWN = 3, 6  # digits: of which event it is, and which code


@dataclass(frozen=True)
class Tap:
    """One tap at a gate: of a code, or of somebody without one by kind; or one that takes another back."""

    id: UUID
    kind: str = ""
    code: str = ""
    undoes: UUID | None = None


class Heard:
    """What became of a tap."""

    COUNTED = "counted"
    AGAIN = "again"  # the same code was counted before
    UNKNOWN = "unknown"  # no code of this event: not kept
    BACK = "back"  # it was taken back, or takes another one back


def mark_of(event_id: UUID) -> str:
    """The digits with which all codes of an event begin: a phone without a network knows others by them."""
    return f"{int(sha256(event_id.bytes).hexdigest(), 16) % 10**MARK:0{MARK}d}"


@transaction.atomic
def make_codes(actor: Actor, event_id: UUID, kind: str, number: int, sent_id: UUID) -> UUID:
    """Random codes for people of one kind, to be printed together; returns the id of their sheets. Twice is once."""
    event = find(actor, event_id, "print_codes")
    _is_whole(event)
    if Ticket.objects.filter(sheet=sent_id, activity=event).exists():
        return sent_id
    wrong: dict[str, Any] = {}
    if kind not in Attendee:
        wrong["kind"] = STRANGE
    if not 0 < number <= MOST_CODES or event.tickets.count() + number > MOST_OF_AN_EVENT:
        wrong["number"] = _("Write a number from 1 to 500. Make more sheets for more people.")
    if wrong or Ticket.objects.filter(sheet=sent_id).exists():
        raise Invalid(wrong or {"": STRANGE})
    Ticket.objects.bulk_create(
        Ticket(activity=event, code=code, kind=kind, sheet=sent_id, position=position)
        for position, code in enumerate(_drawn(event, number))
    )
    audit.record(actor, "activity.codes", event, org=event.organisation_id, reason=str(number))
    return sent_id


def _is_whole(event: Activity) -> None:
    if event.kind not in LARGE or event.part_of_id:
        raise NotYours


def _drawn(event: Activity, number: int) -> list[str]:
    """New codes that nobody can guess from others. The mark may be another event's too, so that all are looked at."""
    mark = mark_of(event.id)
    taken = set(Ticket.objects.filter(code__startswith=mark).values_list("code", flat=True))
    drawn: list[str] = []
    while len(drawn) < number:
        code = with_check_digit(f"{mark}{secrets.randbelow(10**DRAWN):0{DRAWN}d}")
        if code not in taken:
            taken.add(code)
            drawn.append(code)
    return drawn


@transaction.atomic
def check_in(actor: Actor, activity_id: UUID, taps: Iterable[Tap]) -> dict[UUID, str]:
    """Take taps from a phone at a gate, each once; returns what became of each. In any order, and as often as they are sent."""
    here = find(actor, activity_id, "check_in")  # locked: gates of one place take turns
    if here.kind not in LARGE and not here.part_of_id:
        raise NotYours
    sent = list({tap.id: tap for tap in taps}.values())
    if len(sent) > MOST_TAPS or any(_is_strange(tap) for tap in sent):
        raise Invalid({"": STRANGE})
    known = {row.id: row for row in CheckIn.objects.filter(id__in=[t.id for t in sent]).select_related("ticket")}
    if any(row.activity_id != here.id for row in known.values()):
        raise NotYours
    new = [tap for tap in sent if tap.id not in known]
    _take_back([tap.undoes for tap in new if tap.undoes], here)
    made = _made(actor, here, new)
    CheckIn.objects.bulk_create(made)
    if made:
        audit.record(actor, "activity.check_in", here, org=here.organisation_id, reason=str(len(made)))
    rows = {row.id: row for row in (*known.values(), *made)}
    rows |= {row.id: row for row in CheckIn.objects.filter(id__in=[t.id for t in sent]).select_related("ticket")}
    return {tap.id: _heard(rows.get(tap.id)) for tap in sent}


def _is_strange(tap: Tap) -> bool:
    return not tap.code and tap.kind not in Attendee


def _take_back(undone: list[UUID], here: Activity) -> None:
    CheckIn.objects.filter(activity=here, id__in=undone, ticket=None).update(counts=False)


def _made(actor: Actor, here: Activity, new: list[Tap]) -> list[CheckIn]:
    event = here.part_of_id or here.id
    codes = {tap.id: only_digits(tap.code) for tap in new if tap.code}
    tickets = {
        t.code: t for t in Ticket.objects.filter(activity=event, code__in=[c for c in codes.values() if has_good_check_digit(c)])
    }
    inside = set(
        CheckIn.objects.filter(activity=here, counts=True, ticket__in=tickets.values()).values_list("ticket_id", flat=True)
    )
    waiting = CheckIn.objects.filter(activity=here, undoes__in=[t.id for t in new]).values_list("undoes", flat=True)
    undone = {*waiting, *(t.undoes for t in new if t.undoes)}
    made = []
    for tap in new:
        ticket = tickets.get(codes.get(tap.id, ""))
        if tap.code and ticket is None:
            continue
        counts = not tap.undoes and (ticket.id not in inside if ticket else tap.id not in undone)
        if ticket:
            inside.add(ticket.id)
        kind = ticket.kind if ticket else tap.kind
        made.append(CheckIn(id=tap.id, activity=here, ticket=ticket, kind=kind, counts=counts, undoes=tap.undoes, by_id=actor.id))
    return made


def _heard(row: CheckIn | None) -> str:
    if row is None:
        return Heard.UNKNOWN
    if row.counts:
        return Heard.COUNTED
    return Heard.AGAIN if row.ticket_id else Heard.BACK


def came(activities: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """How many were let in at each, by kind. One query."""
    rows = (
        CheckIn.objects.filter(activity__in=list(activities), counts=True).values_list("activity", "kind").annotate(n=Count("id"))
    )
    found: dict[UUID, dict[str, int]] = {}
    for activity, kind, n in rows:
        found.setdefault(activity, {})[kind] = n
    return found


@transaction.atomic
def publish(actor: Actor, event_id: UUID) -> None:
    """Everybody may read what, where and when; no figure."""
    _show(actor, event_id, "publish", public=True)


@transaction.atomic
def withdraw(actor: Actor, event_id: UUID) -> None:
    """Nobody outside may read of it any more."""
    _show(actor, event_id, "withdraw", public=False)


def _show(actor: Actor, event_id: UUID, verb: str, *, public: bool) -> None:
    event = find(actor, event_id, "publish")
    _is_whole(event)
    event.public = public
    event.save(update_fields=["public"])
    audit.record(actor, f"activity.{verb}", event, org=event.organisation_id)
