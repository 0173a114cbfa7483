"""Writes an activity file of IATI 2.03, in the order of the standard's schema, both languages beside one another.

Codes: ActivityStatus, ActivityDateType, OrganisationRole, ResultType, IndicatorMeasure, TransactionType of IATI's lists, 2.03.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from spean.programme.enums import PartnerRole, ProjectState
from spean.programme.result_enums import ResultKind, Unit

VERSION, LANGUAGE = "2.03", "{http://www.w3.org/XML/1998/namespace}lang"
STATUS = {ProjectState.PLANNED: "1", ProjectState.RUNNING: "2", ProjectState.ENDED: "4", ProjectState.DROPPED: "5"}
ROLE = {PartnerRole.FUNDING: "1", PartnerRole.ACCOUNTABLE: "2", PartnerRole.EXTENDING: "3", PartnerRole.IMPLEMENTING: "4"}
RESULT = {ResultKind.OUTPUT: "1", ResultKind.OUTCOME: "2", ResultKind.IMPACT: "3", ResultKind.QUALITY: "9"}
UNITS, PER_CENT = "1", "2"
INCOMING, EXPENDITURE, PROMISED = "1", "4", "11"
PLANNED_START, STARTED, PLANNED_END, ENDED = "1", "2", "3", "4"
DAC, GENDER = "1", "1"
#: an administrative region, told as such: IATI's lists GeographicLocationClass, GeographicExactness, GeographicLocationReach
REGION, APPROXIMATE, ACTIVITY = "1", "2", "1"

Words = Mapping[str, str]  # language -> words


@dataclass(frozen=True)
class Organisation:
    """Who takes part; `ref` is its identifier, "" for none."""

    role: str
    ref: str
    names: Words


@dataclass(frozen=True)
class Paid:
    """Money on a day, or for a time: `kind` is a code of TransactionType, "" for a budget."""

    kind: str
    starts_on: date
    ends_on: date
    currency: str
    amount: Decimal
    donor: Organisation | None = None


@dataclass(frozen=True)
class Measured:
    """Target and actual of a period. None: not known, or too small to be told."""

    starts_on: date
    ends_on: date
    target: str | None
    actual: str | None


@dataclass(frozen=True)
class Measure:
    """An indicator."""

    titles: Words
    descriptions: Words
    unit: str
    rising: bool
    baseline: tuple[int, str] | None
    periods: tuple[Measured, ...]


@dataclass(frozen=True)
class Aim:
    """A result with its indicators."""

    kind: str
    titles: Words
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Activity:
    """All that the file says of one project."""

    identifier: str
    reporter: Organisation
    reporter_type: str
    titles: Words
    descriptions: Words
    partners: tuple[Organisation, ...]
    state: str
    starts_on: date
    ends_on: date
    today: date
    countries: tuple[str, ...]
    provinces: tuple[Words, ...]
    sectors: tuple[tuple[str, int], ...]
    gender: str
    currency: str
    money: tuple[Paid, ...]
    aims: tuple[Aim, ...]


def written(told: Activity) -> bytes:
    """The file. The same facts give the same bytes."""
    root = ET.Element("iati-activities", {"version": VERSION})
    one = ET.SubElement(root, "iati-activity", {LANGUAGE: "km", "default-currency": told.currency})
    ET.SubElement(one, "iati-identifier").text = told.identifier
    reporter = ET.SubElement(one, "reporting-org", {"ref": told.reporter.ref, "type": told.reporter_type})
    _narratives(reporter, told.reporter.names)
    _narratives(ET.SubElement(one, "title"), told.titles)
    _narratives(ET.SubElement(one, "description", {"type": "1"}), told.descriptions)
    for partner in told.partners:
        ref = {"ref": partner.ref} if partner.ref else {}
        _narratives(ET.SubElement(one, "participating-org", {**ref, "role": partner.role}), partner.names)
    ET.SubElement(one, "activity-status", {"code": STATUS[ProjectState(told.state)]})
    for kind, on in _dates(told):
        ET.SubElement(one, "activity-date", {"type": kind, "iso-date": on.isoformat()})
    _places(one, told)
    for code, share in told.sectors:
        ET.SubElement(one, "sector", {"vocabulary": DAC, "code": code, "percentage": str(share)})
    ET.SubElement(one, "policy-marker", {"vocabulary": DAC, "code": GENDER, "significance": told.gender})
    for paid in sorted(told.money, key=lambda paid: (paid.kind, paid.starts_on, paid.currency)):
        _money(one, paid)
    for aim in told.aims:
        _result(one, aim)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8") + b"\n"


def shares(parts: int) -> list[str]:
    """So many equal per cents, to a hundredth, that make 100 together."""
    each = (Decimal(100) / parts).quantize(Decimal("0.01"))
    return [f"{share.normalize():f}" for share in (100 - each * (parts - 1), *[each] * (parts - 1))]


def _narratives(parent: ET.Element, words: Words) -> None:
    for language, text in words.items():
        if text:
            ET.SubElement(parent, "narrative", {LANGUAGE: language}).text = text


def _dates(told: Activity) -> Iterable[tuple[str, date]]:
    """A day that is said to have come is not after today: the standard refuses it."""
    yield PLANNED_START, told.starts_on
    if told.state in {ProjectState.RUNNING, ProjectState.ENDED} and told.starts_on <= told.today:
        yield STARTED, told.starts_on
    yield PLANNED_END, told.ends_on
    if told.state == ProjectState.ENDED:
        yield ENDED, min(told.ends_on, told.today)


def _places(one: ET.Element, told: Activity) -> None:
    """Countries in equal parts, and provinces by their names: never anything smaller."""
    for code, share in zip(told.countries, shares(len(told.countries)) if told.countries else (), strict=True):
        ET.SubElement(one, "recipient-country", {"code": code, "percentage": share})
    for names in told.provinces:
        location = ET.SubElement(one, "location")
        ET.SubElement(location, "location-reach", {"code": ACTIVITY})
        _narratives(ET.SubElement(location, "name"), names)
        ET.SubElement(location, "exactness", {"code": APPROXIMATE})
        ET.SubElement(location, "location-class", {"code": REGION})


def _money(one: ET.Element, paid: Paid) -> None:
    on = {"iso-date": paid.starts_on.isoformat()}
    value = {"currency": paid.currency, "value-date": paid.starts_on.isoformat()}
    if not paid.kind:
        budget = ET.SubElement(one, "budget", {"type": "1", "status": "2"})
        ET.SubElement(budget, "period-start", on)
        ET.SubElement(budget, "period-end", {"iso-date": paid.ends_on.isoformat()})
        ET.SubElement(budget, "value", value).text = f"{paid.amount:f}"
        return
    found = ET.SubElement(one, "transaction")
    ET.SubElement(found, "transaction-type", {"code": paid.kind})
    ET.SubElement(found, "transaction-date", on)
    ET.SubElement(found, "value", value).text = f"{paid.amount:f}"
    if paid.donor:
        ref = {"ref": paid.donor.ref} if paid.donor.ref else {}
        _narratives(ET.SubElement(found, "provider-org", ref), paid.donor.names)


def _result(one: ET.Element, aim: Aim) -> None:
    result = ET.SubElement(one, "result", {"type": RESULT[ResultKind(aim.kind)], "aggregation-status": "false"})
    _narratives(ET.SubElement(result, "title"), aim.titles)
    for measure in aim.measures:
        kind = PER_CENT if measure.unit == Unit.PERCENT else UNITS
        found = ET.SubElement(result, "indicator", {"measure": kind, "ascending": str(measure.rising).lower()})
        _narratives(ET.SubElement(found, "title"), measure.titles)
        _narratives(ET.SubElement(found, "description"), measure.descriptions)
        if measure.baseline:
            year, amount = measure.baseline
            ET.SubElement(found, "baseline", {"year": str(year), "value": amount})
        for period in measure.periods:
            at = ET.SubElement(found, "period")
            ET.SubElement(at, "period-start", {"iso-date": period.starts_on.isoformat()})
            ET.SubElement(at, "period-end", {"iso-date": period.ends_on.isoformat()})
            for name, amount_told in (("target", period.target), ("actual", period.actual)):
                if amount_told is not None:
                    ET.SubElement(at, name, {"value": amount_told})
