"""What the page of the IATI file shows, and the file itself.

Anybody reads it: numbers about people who were harmed are told as outside, places are provinces by their names, nothing smaller.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Conflict
from spean.kernel.months import last_day
from spean.kernel.small import PUBLIC_THRESHOLD
from spean.places.models import Place
from spean.programme import iati
from spean.programme.enums import PartnerRole
from spean.programme.iati_enums import MoneyKind, Sector
from spean.programme.models import Cost, Indicator, Project, ProjectPartner, Publishing
from spean.programme.queries.programmes import called
from spean.programme.queries.progress import Line, groups_of
from spean.programme.queries.report_content import TOOK_PLACE, plain

KINDS = {MoneyKind.BUDGET: "", MoneyKind.COMMITTED: iati.PROMISED, MoneyKind.RECEIVED: iati.INCOMING}
QUARTER = 3


@dataclass(frozen=True)
class MoneyRow:
    """One line of money."""

    row: int
    label: str
    donor: str
    starts_on: date
    ends_on: date
    currency: str
    amount: Decimal


@dataclass(frozen=True)
class IatiPage:
    """What the file says beside what the project says; `whole`: nothing is missing."""

    project: UUID
    project_name: str
    kept: dict[str, Any]
    sectors: tuple[tuple[str, int], ...]
    money: tuple[MoneyRow, ...]
    donors: tuple[tuple[str, str], ...]
    has_partners: bool
    whole: bool
    may: frozenset[str]


def page(actor: Actor, project_id: UUID, *, to: str | None = None) -> IatiPage:
    """What is written down for the file. Four queries."""
    project = access.get(actor, "project.measure", Project.objects.select_related("publishing"), project_id, to=to)
    partners = list(project.partners.select_related("organisation").order_by("id"))
    known: Publishing | None = getattr(project, "publishing", None)
    kept = {name: getattr(known, name) for name in ("identifier", "kind", "currency", "gender")} if known else {}
    rows = project.money.select_related("partner__organisation").order_by("starts_on", "id")
    return IatiPage(
        project=project.id,
        project_name=project.name,
        kept={**kept, **{f"sector_{code}": share for code, share in (known.sectors if known else [])}},
        sectors=tuple((str(Sector(code).label), share) for code, share in (known.sectors if known else [])),
        money=tuple(map(_money_row, rows)),
        donors=tuple((str(p.pk), called(p)) for p in partners if p.role == PartnerRole.FUNDING),
        has_partners=bool(partners),
        whole=bool(known and partners),
        may=access.allowed(actor, "project", ("report",), project),
    )


def _money_row(m: Any) -> MoneyRow:
    donor = called(m.partner) if m.partner else ""
    return MoneyRow(m.pk, str(MoneyKind(m.kind).label), donor, m.starts_on, m.ends_on, m.currency, m.amount)


def file(actor: Actor, project_id: UUID) -> tuple[str, bytes]:
    """(the project's code, its activity file)."""
    rows = Project.objects.select_related("organisation", "publishing")
    project = access.get(actor, "project.measure", rows, project_id)
    partners = list(project.partners.select_related("organisation").order_by("role", "id"))
    known: Publishing | None = getattr(project, "publishing", None)
    if known is None or not partners:
        raise Conflict
    return project.code, iati.written(_activity(project, known, partners))


def _activity(project: Project, known: Publishing, partners: list[ProjectPartner]) -> iati.Activity:
    titles = {"km": project.name_km, "en": project.name_en}
    owner = project.organisation
    paths = sorted(project.places.values_list("path", flat=True))
    provinces = Place.objects.current().filter(path__in={_upto(path, 2) for path in paths if path.count("/") > 1})
    return iati.Activity(
        identifier=f"{known.identifier}-{project.code.replace(' ', '-')}",
        reporter=iati.Organisation("", known.identifier, {"km": owner.name_km, "en": owner.name_en}),
        reporter_type=known.kind,
        titles=titles,
        descriptions={"km": project.about_km or project.name_km, "en": project.about_en or project.name_en},
        partners=tuple(map(_organisation, partners)),
        state=project.state,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        today=clock.today(),
        countries=tuple(dict.fromkeys(_upto(path, 1).rstrip("/") for path in paths)),
        provinces=tuple({"km": one.name_km, "en": one.name_en} for one in provinces.order_by("path")),
        sectors=tuple((code, share) for code, share in known.sectors),
        gender=known.gender,
        currency=known.currency,
        money=(*_money(project), *_spent(project)),
        aims=tuple(_aims(project)),
    )


def _upto(path: str, levels: int) -> str:
    return "/".join(path.split("/")[:levels]) + "/"


def _organisation(partner: ProjectPartner) -> iati.Organisation:
    known = partner.organisation or partner
    return iati.Organisation(iati.ROLE[PartnerRole(partner.role)], partner.identifier, {"km": known.name_km, "en": known.name_en})


def _money(project: Project) -> list[iati.Paid]:
    return [
        iati.Paid(
            KINDS[MoneyKind(m.kind)],
            m.starts_on,
            m.ends_on,
            m.currency,
            m.amount,
            _organisation(m.partner) if m.partner else None,
        )
        for m in project.money.select_related("partner__organisation").order_by("starts_on", "id")
    ]


def _spent(project: Project) -> list[iati.Paid]:
    """What activities cost, by quarter and money."""
    own = Q(activity__project=project) | Q(activity__part_of__project=project)
    sums: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for on, currency, spent in Cost.objects.filter(own, activity__state__in=TOOK_PLACE, spent__gt=0).values_list(
        "activity__on", "currency", "spent"
    ):
        first = date(on.year, on.month - (on.month - 1) % QUARTER, 1)
        sums[min(last_day(first, QUARTER), clock.today()), currency] += spent
    return [iati.Paid(iati.EXPENDITURE, on, on, currency, spent) for (on, currency), spent in sorted(sums.items())]


def _aims(project: Project) -> list[iati.Aim]:
    groups, _waiting = groups_of(project, k=PUBLIC_THRESHOLD)
    lines = {line.id: line for group in groups for line in group.lines if line.periods}
    inside: dict[UUID, list[iati.Measure]] = defaultdict(list)
    for one in Indicator.objects.filter(project=project).order_by("code"):
        if one.id in lines:
            inside[one.result_id].append(_measure(one, lines[one.id]))
    results = project.results.order_by("position")
    return [iati.Aim(r.kind, {"km": r.title_km, "en": r.title_en}, tuple(inside[r.id])) for r in results if r.id in inside]


def _measure(one: Indicator, line: Line) -> iati.Measure:
    before = line.baseline
    return iati.Measure(
        titles={"km": f"{one.code} · {one.name_km}", "en": f"{one.code} · {one.name_en}"},
        descriptions={"km": one.definition_km, "en": one.definition_en},
        unit=one.unit,
        rising=one.rising,
        baseline=(one.baseline_year, plain(before.value)) if before and one.baseline_year else None,
        periods=tuple(
            iati.Measured(
                p.starts_on,
                p.ends_on,
                plain(p.target.rounded().value) if p.target else None,
                plain(p.actual.rounded().value) if p.actual and not p.actual.more else None,
            )
            for p in line.periods
        ),
    )
