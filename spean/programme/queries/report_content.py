"""All that a report says, as plain values in one language; both languages together are what is frozen when it is signed.

It leaves the organisation, so that numbers about people who were harmed are told as outside. Numbers are texts without words,
days are ISO days: the same content gives the same checksum everywhere.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Sum
from django.utils import translation

from spean.accounts.enums import Role
from spean.accounts.models import Membership
from spean.kernel.paging import in_language
from spean.kernel.small import PUBLIC_THRESHOLD, hidden
from spean.programme import activity_enums
from spean.programme.amounts import Amount
from spean.programme.enums import PartnerRole
from spean.programme.models import Activity, Cost, Indicator, Report, Share, Value
from spean.programme.operations.events import came
from spean.programme.queries.activities import axes
from spean.programme.queries.programmes import called
from spean.programme.queries.progress import Line, groups_of
from spean.programme.report_enums import Chapter, ReportFor
from spean.programme.result_enums import Breakdown, ValueState

LANGUAGES = ("km", "en")
TOOK_PLACE = (activity_enums.ActivityState.HELD, activity_enums.ActivityState.REPORTED)
#: activities that are told one by one
MOST_ACTIVITIES = 1000
WHOLE, CENT = 100, Decimal("0.01")
Said = dict[str, Any]


def both(report: Report) -> Said:
    """In Khmer and in English."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = said(report)
    return found


def checksum(content: Said) -> str:
    """SHA-256 of the content in its one form: keys in order, no blanks, UTF-8."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def said(report: Report) -> Said:
    """What the report says, in the language that is spoken now."""
    project = report.project
    partners = list(project.partners.select_related("organisation").order_by("role", "id"))
    return {
        "reader": str(ReportFor(report.reader).label),
        "project": project.name,
        "code": project.code,
        "organisation": project.organisation.name,
        "programme": project.programme.name if project.programme else "",
        "period": _days(report.starts_on, report.ends_on),
        "whole": _days(project.starts_on, project.ends_on),
        "partners": [[str(PartnerRole(p.role).label), called(p)] for p in partners],
        "places": [at.place.name for at in project.places.select_related("place").order_by("path")],
        "chapters": _chapters(report),
        "results": _results(report),
        "confirmed": _who_confirmed(report),
        "roles": [role_of(who, project.organisation_id) for who in (report.sent_by_id, report.signed_by_id) if who],
        **_done(report),
    }


def _days(first: date, last: date) -> list[str]:
    return [first.isoformat(), last.isoformat()]


def _chapters(report: Report) -> list[Said]:
    texts = {one.chapter: in_language(one.text_km, one.text_en) for one in report.chapters.all()}
    return [{"code": code, "title": str(label), "text": texts.get(code, "")} for code, label in Chapter.choices]


def _results(report: Report) -> list[Said]:
    """Of each result the indicators with a number or a target in the period; beside it what was reached since the beginning."""
    groups, _waiting = groups_of(report.project, (report.starts_on, report.ends_on), whole=True, k=PUBLIC_THRESHOLD)
    since, _waiting = groups_of(report.project, (report.project.starts_on, report.ends_on), k=PUBLIC_THRESHOLD)
    so_far = {line.id: line for group in since for line in group.lines}
    known = {one.id: one for one in Indicator.objects.filter(project=report.project)}
    found = []
    for group in groups:
        lines = [_line(line, so_far[line.id], known[line.id]) for line in group.lines if line.periods]
        if lines:
            found.append({"kind": group.kind_label, "title": group.title, "indicators": lines})
    return found


def _line(line: Line, so_far: Line, one: Indicator) -> Said:
    return {
        "code": line.code,
        "name": line.name,
        "definition": in_language(one.definition_km, one.definition_en),
        "source": in_language(one.source_km, one.source_en),
        "unit": line.unit,
        "unit_label": line.unit_label,
        "rising": line.rising,
        "baseline": _amount(line.baseline),
        "baseline_year": line.baseline_year,
        "target": _amount(line.target),
        "actual": _amount(line.actual),
        "reached": line.reached,
        "so_far": _amount(so_far.actual),
        "so_far_target": _amount(so_far.target),
        "periods": [
            {"days": _days(p.starts_on, p.ends_on), "target": _amount(p.target), "actual": _amount(p.actual), "hidden": p.hidden}
            for p in line.periods
        ],
        "places": [[at.name, _amount(at.actual)] for at in line.places],
        "parts": [[str(Breakdown(part.by).label), part.label, _amount(part.actual)] for part in line.parts],
    }


def _amount(amount: Amount | None) -> Said | None:
    """A number to a tenth, as text; `more`: at least that."""
    return None if amount is None else {"value": plain(amount.rounded().value), "more": amount.more}


def plain(number: Any) -> str:
    """A number as text, without zeros that say nothing."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def _who_confirmed(report: Report) -> list[list[Any]]:
    """How many numbers were confirmed by people of each role; nobody's name."""
    within = {"starts_on__gte": report.starts_on, "ends_on__lte": report.ends_on, "state": ValueState.CONFIRMED}
    people = Counter(Value.objects.filter(indicator__project=report.project, **within).values_list("decided_by", flat=True))
    numbers: Counter[str] = Counter()
    for person, many in people.items():
        numbers[role_of(person, report.project.organisation_id)] += many
    return [[role, many] for role, many in sorted(numbers.items())]


def role_of(person: UUID | None, organisation: UUID) -> str:
    """The roles of a person in the organisation, in words; never the name."""
    held = Membership.objects.filter(user=person, team__organisation=organisation).values_list("role", flat=True)
    return ", ".join(str(Role(role).label) for role in Role if role in set(held))


def _done(report: Report) -> Said:
    """Activities that took place, who came to them, what they cost. The parts of an event are counted with it."""
    days = Q(on__gte=report.starts_on, on__lte=report.ends_on, state__in=TOOK_PLACE)
    rows = Activity.objects.filter(days, Q(project=report.project) | Q(part_of__project=report.project))
    all_of_it = list(rows.select_related("place").order_by("on", "id")[:MOST_ACTIVITIES])
    ids = [one.id for one in all_of_it]
    let_in = came(ids)
    held = [
        {
            "days": _days(one.on, one.until),
            "kind": str(activity_enums.ActivityKind(one.kind).label),
            "name": one.name,
            "place": one.place.name,
            "came": one.attended if one.attended is not None else sum(let_in.get(one.id, {}).values()) or None,
        }
        for one in all_of_it
    ]
    groups = [[axis.label, _groups((g.label, g.number) for g in axis.groups)] for axis in axes(ids)]
    return {
        "activities": held,
        "came": sum(one["came"] or 0 for one in held),
        "groups": [group for group in groups if group[1]],
        "costs": _costs(ids),
        "donors": _by_donor(report, all_of_it),
    }


def _groups(counted: Iterable[tuple[str, int]]) -> list[list[Any]]:
    """Each group with its number, or none where it is too small or would give one away."""
    groups = [(label, number) for label, number in counted if number]
    kept = hidden({at: number for at, (_label, number) in enumerate(groups)})
    return [[label, None if at in kept else number] for at, (label, number) in enumerate(groups)]


def _costs(activities: list[UUID]) -> list[Said]:
    """By kind and money, and no two moneys added."""
    rows = Cost.objects.filter(activity__in=activities).values("kind", code=F("currency"))
    return [
        {
            "kind": str(activity_enums.CostKind(row["kind"]).label),
            "currency": row["code"],
            "planned": plain(row["sum_planned"]),
            "spent": plain(row["sum_spent"]),
        }
        for row in rows.annotate(sum_planned=Sum("planned"), sum_spent=Sum("spent")).order_by("code", "kind")
    ]


def _by_donor(report: Report, activities: list[Activity]) -> list[list[str]]:
    """What each donor bears of what was spent: the only one all, several by their shares; "" for what was not divided."""
    partners = report.project.partners.filter(role=PartnerRole.FUNDING).select_related("organisation").order_by("id")
    donors = {one.pk: called(one) for one in partners}
    whole_of = {one.id: one.part_of_id for one in activities}
    shares: dict[UUID, dict[int, int]] = defaultdict(dict)
    for share in Share.objects.filter(activity__in=[*whole_of, *filter(None, whole_of.values())], donor__in=donors):
        shares[share.activity_id][share.donor_id] = share.per_cent
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for activity, currency, spent in Cost.objects.filter(activity__in=whole_of, spent__gt=0).values_list(
        "activity", "currency", "spent"
    ):
        own = shares.get(activity) or shares.get(whole_of[activity] or activity) or {}
        if sum(own.values()) != WHOLE:
            own = dict.fromkeys(donors, WHOLE) if len(donors) == 1 else {}
        for donor, per_cent in own.items():
            sums[donors[donor], currency] += spent * per_cent / WHOLE
        if not own:
            sums["", currency] += spent
    return [
        [donor, currency, plain(spent.quantize(CENT))]
        for (donor, currency), spent in sorted(sums.items(), key=lambda one: (not one[0][0], one[0]))
    ]
