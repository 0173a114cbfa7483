"""The numbers of an indicator: written down with their evidence, confirmed or refused by a second person, corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.places.models import Place
from spean.privacy import audit
from spean.programme.models import Indicator, Project, Value, ValuePart
from spean.programme.models.results import LONGEST_EVIDENCE
from spean.programme.operations.programmes import NEEDED, STRANGE, too_long
from spean.programme.operations.results import amount_wrong, find_indicator, period_wrong
from spean.programme.result_enums import ADDS, BOOKS, VALUE_MOVES, Unit, ValueState


@dataclass(frozen=True)
class Number:
    """A number for a period. `place` is a code of a place of the project, "" for all of it; `parts` by (breakdown, code).

    Of a number that was counted, which needs no evidence, None is one too small to be told.
    """

    starts_on: date
    ends_on: date
    amount: Decimal | None
    evidence: str
    place: str = ""
    out_of: int | None = None
    parts: Mapping[tuple[str, str], Decimal | None] = field(default_factory=dict)
    counted_on: date | None = None
    threshold: int = 0
    counted_of: tuple[str, ...] = ()


@transaction.atomic
def enter(actor: Actor, project_id: UUID, indicator_id: UUID, number: Number, sent_id: UUID) -> UUID:
    """Write a number down; it waits for a second person. Twice is once."""
    project, found = find_indicator(actor, project_id, indicator_id, "enter")
    known = Value.objects.filter(sent_id=sent_id).first()
    if known:
        if known.indicator_id != found.id:
            raise NotYours
        return known.id
    place = _judged(project, found, number)
    if _overlapping(found, number, place).exists():
        raise Invalid({"starts_on": _("A number for a part of this period is written down already. Correct that one.")})
    made = _write(actor, found, number, place, sent_id, None)
    audit.record(actor, "value.enter", made, org=project.organisation_id)
    return made.id


@transaction.atomic
def correct(actor: Actor, project_id: UUID, value_id: UUID, number: Number, sent_id: UUID) -> UUID:
    """Another number in the place of one that stands; that one stays until a second person confirms, and is kept."""
    old = find_value(actor, project_id, value_id, "correct")
    if old.counted_on:
        raise Conflict(_("This number was counted from what was done. What is written down later counts in its own quarter."))
    known = Value.objects.filter(sent_id=sent_id).first()
    if known:
        if known.corrects_id != old.id:
            raise NotYours
        return known.id
    project, found = old.indicator.project, old.indicator
    if (number.starts_on, number.ends_on, number.place) != (old.starts_on, old.ends_on, old.place.code if old.place else ""):
        raise Invalid({"starts_on": _("A correction is of the same period and place.")})
    if old.corrections.filter(state=ValueState.WAITING).exists():
        raise Conflict(_("A correction of this number waits for a second person already."))
    made = _write(actor, found, number, _judged(project, found, number), sent_id, old)
    audit.record(actor, "value.correct", made, org=project.organisation_id)
    return made.id


@transaction.atomic
def confirm(actor: Actor, project_id: UUID, value_id: UUID) -> None:
    """A second person stands by it. What it corrects is kept, and counts no more."""
    found = find_value(actor, project_id, value_id, "confirm")
    if found.corrects:
        found.corrects.state = VALUE_MOVES["correct"][1]
        found.corrects.save(update_fields=["state"])
    _decide(actor, found, "confirm")


@transaction.atomic
def refuse(actor: Actor, project_id: UUID, value_id: UUID) -> None:
    """A second person does not stand by it. It is kept, and does not count."""
    _decide(actor, find_value(actor, project_id, value_id, "refuse"), "refuse")


def find_value(actor: Actor, project_id: UUID, value_id: UUID, to: str) -> Value:
    """The number, through its project, if the actor may do `to` to it."""
    rows = Value.objects.select_for_update(of=("self",)).filter(indicator__project=project_id)
    return access.get(actor, "value.see", rows.select_related("indicator__project", "place"), value_id, to=f"value.{to}")


def _decide(actor: Actor, found: Value, verb: str) -> None:
    found.state = VALUE_MOVES[verb][1]
    found.decided_by_id, found.decided_on = actor.id, clock.today()
    found.save(update_fields=["state", "decided_by", "decided_on"])
    audit.record(actor, f"value.{verb}", found, org=found.indicator.project.organisation_id)


def _judged(project: Project, found: Indicator, number: Number) -> Place | None:
    """The place of the number; every reason against it at once."""
    wrong = {**period_wrong(project, number.starts_on, number.ends_on), **_amounts_wrong(found, number)}
    evidence = clean(number.evidence)
    if not evidence and not number.counted_on:
        wrong["evidence"] = _("Say where this number comes from: which sheet, which list, who counted.")
    elif len(evidence) > LONGEST_EVIDENCE:
        wrong["evidence"] = too_long(LONGEST_EVIDENCE)
    place = None
    if number.place:
        chosen = project.places.filter(place__code=number.place).select_related("place").first()
        place = chosen.place if chosen else None
        if place is None:
            wrong["place"] = _("Choose one of the places of the project.")
    if number.ends_on > clock.today():
        wrong["ends_on"] = _("This period is not over yet.")
    if wrong:
        raise Invalid(wrong)
    return place


def _amounts_wrong(found: Indicator, number: Number) -> dict[str, Any]:
    if number.amount is None:
        return {} if number.counted_on else {"amount": NEEDED}
    wrong = amount_wrong(found.unit, number.amount)
    if found.unit == Unit.PERCENT and not number.out_of:
        wrong["out_of"] = _("Write of how many people or things this per cent is.")
    sums: dict[str, Decimal] = {}
    for (by, code), amount in number.parts.items():
        if by not in found.by or code not in BOOKS[by].values or (found.unit not in ADDS and not number.counted_on):
            return {**wrong, "amount": STRANGE}
        if amount is not None and found.unit in ADDS:
            if amount_wrong(found.unit, amount):
                wrong[f"part-{by}-{code}"] = amount_wrong(found.unit, amount)["amount"]
            sums[by] = sums.get(by, Decimal(0)) + amount
    if any(total > number.amount for total in sums.values()):
        wrong["amount"] = _("The parts are more than the whole. Look at them again.")
    return wrong


def _overlapping(found: Indicator, number: Number, place: Place | None) -> Any:
    """Numbers that count some of the same: a period that meets this one, unless it is the same one of other places."""
    stand = found.values.filter(state__in=(ValueState.WAITING, ValueState.CONFIRMED))
    meets = stand.filter(starts_on__lte=number.ends_on, ends_on__gte=number.starts_on)
    if place is None:
        return meets
    around = [place.path[: n + 1] for n, sign in enumerate(place.path) if sign == "/"]
    same_place = Q(path="") | Q(path__startswith=place.path) | Q(path__in=around)
    return meets.filter(same_place | ~Q(starts_on=number.starts_on, ends_on=number.ends_on))


def _write(actor: Actor, found: Indicator, number: Number, place: Place | None, sent_id: UUID, corrects: Value | None) -> Value:
    made = Value.objects.create(
        id=new_id(),
        sent_id=sent_id,
        indicator=found,
        starts_on=number.starts_on,
        ends_on=number.ends_on,
        place=place,
        path=place.path if place else "",
        amount=number.amount,
        out_of=number.out_of,
        evidence=clean(number.evidence),
        counted_on=number.counted_on,
        threshold=number.threshold,
        counted_of=list(number.counted_of),
        entered_by_id=actor.id,
        entered_on=clock.today(),
        corrects=corrects,
    )
    parts = (ValuePart(value=made, by=by, code=code, amount=amount) for (by, code), amount in number.parts.items())
    ValuePart.objects.bulk_create(parts)
    return made
