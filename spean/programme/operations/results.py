"""What a project wants to reach: the ready set taken in, results and indicators of one's own, baselines, targets."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.text import clean
from spean.privacy import audit
from spean.programme import ready
from spean.programme.models import Indicator, Project, Result, Target
from spean.programme.models.programmes import LONGEST_NAME
from spean.programme.models.results import LONGEST_DEFINITION
from spean.programme.operations.programmes import NEEDED, STRANGE, find_project, too_long
from spean.programme.result_enums import BOOKS, UNDER, WHOLE, ResultKind, Unit

MOST_RESULTS, MOST_INDICATORS, MOST_TARGETS = 60, 120, 60
MOST = Decimal(10) ** 11
LONGEST_CODE = 12
EARLIEST, LATEST = 1990, 2100


@dataclass(frozen=True)
class ResultWords:
    """What is written down of a result."""

    kind: str
    title_km: str
    title_en: str
    under: UUID | None = None


@dataclass(frozen=True)
class IndicatorWords:
    """What is written down of an indicator."""

    result: UUID
    code: str
    name_km: str
    name_en: str
    definition_km: str
    definition_en: str
    source_km: str
    source_en: str
    unit: str
    by: tuple[str, ...] = ()
    rising: bool = True
    guarded: bool = False
    baseline: Decimal | None = None
    baseline_year: int | None = None


@transaction.atomic
def take_in(actor: Actor, project_id: UUID, numbers: tuple[str, ...]) -> int:
    """The indicators of the ready set with these numbers, and the results that they belong to. Twice is once."""
    project = find_project(actor, project_id, "frame")
    wanted = [one for one in ready.indicators() if one.number in numbers]
    known = set(project.indicators.values_list("code", flat=True))
    fresh = [one for one in wanted if one.code not in known]
    if not wanted:
        raise Invalid({"numbers": _("Choose at least one.")})
    results = _ready_results(project, {one.result for one in fresh})
    for one in fresh:
        copied = ("code", "name_km", "name_en", "definition_km", "definition_en", "source_km", "source_en", "unit")
        Indicator.objects.create(
            project=project, result=results[one.result], by=list(one.by), rising=one.rising, guarded=one.guarded, ready=True,
            **{name: getattr(one, name) for name in copied},
        )  # fmt: skip
    audit.record(actor, "project.frame", project, org=project.organisation_id, reason="ready")
    return len(fresh)


def _ready_results(project: Project, keys: set[str]) -> dict[str, Result]:
    """The results with these keys and those that they stand under, made where they are not there."""
    found = {result.key: result for result in project.results.exclude(key="")}
    by_key = {one.key: one for one in ready.results()}
    needed = keys | {by_key[key].under for key in keys if by_key[key].under}
    needed |= {by_key[key].under for key in needed if by_key[key].under}
    position = project.results.count()
    for one in ready.results():
        if one.key in needed and one.key not in found:
            position += 1
            words = {"kind": one.kind, "title_km": one.km, "title_en": one.en, "key": one.key}
            found[one.key] = Result.objects.create(project=project, under=found.get(one.under), position=position, **words)
    return found


@transaction.atomic
def add_result(actor: Actor, project_id: UUID, words: ResultWords) -> UUID:
    """A result of one's own."""
    project = find_project(actor, project_id, "frame")
    titles = {name: clean(getattr(words, name)) for name in ("title_km", "title_en")}
    wrong = _lengths(titles, {"title_km": LONGEST_NAME, "title_en": LONGEST_NAME})
    under = project.results.filter(pk=words.under).first() if words.under else None
    if words.kind not in ResultKind:
        wrong["kind"] = STRANGE
    elif (words.under and under is None) or (under.kind if under else "") not in UNDER[ResultKind(words.kind)]:
        wrong["under"] = _("An outcome stands under an impact, an output under an outcome.")
    many = project.results.count()
    if many >= MOST_RESULTS:
        wrong["kind"] = _("A project has no more than 60 results.")
    if wrong:
        raise Invalid(wrong)
    made = Result.objects.create(project=project, kind=words.kind, under=under, position=many + 1, **titles)
    audit.record(actor, "project.frame", project, org=project.organisation_id, reason="result")
    return made.id


@transaction.atomic
def add_indicator(actor: Actor, project_id: UUID, words: IndicatorWords) -> UUID:
    """An indicator of one's own."""
    project = find_project(actor, project_id, "frame")
    if project.indicators.count() >= MOST_INDICATORS:
        raise Invalid({"code": _("A project has no more than 120 indicators.")})
    made = Indicator(project=project)
    _keep(project, made, words)
    audit.record(actor, "project.frame", project, org=project.organisation_id, reason="indicator")
    return made.id


@transaction.atomic
def change_indicator(actor: Actor, project_id: UUID, indicator_id: UUID, words: IndicatorWords) -> None:
    """Other words, another baseline. Once a number stands, what is counted stays as it is."""
    project, found = find_indicator(actor, project_id, indicator_id, "frame")
    if words.unit != found.unit and (found.values.exists() or found.targets.exists()):
        raise Invalid({"unit": _("Numbers or targets are written down in this unit already. Make another indicator.")})
    _keep(project, found, words)
    audit.record(actor, "project.frame", project, org=project.organisation_id, reason="indicator")


@transaction.atomic
def drop_indicator(actor: Actor, project_id: UUID, indicator_id: UUID) -> None:
    """The project does not measure it. One with numbers stays."""
    project, found = find_indicator(actor, project_id, indicator_id, "frame")
    if found.values.exists():
        raise Conflict(_("Numbers are written down for it, so it stays."))
    found.delete()
    audit.record(actor, "project.frame", project, org=project.organisation_id, reason="indicator")


@transaction.atomic
def set_target(actor: Actor, project_id: UUID, indicator_id: UUID, *, starts_on: date, ends_on: date, amount: Decimal) -> None:
    """What it should reach in a period of the project; another amount for the same period takes its place."""
    project, found = find_indicator(actor, project_id, indicator_id, "frame")
    wrong = {**period_wrong(project, starts_on, ends_on), **amount_wrong(found.unit, amount)}
    others = found.targets.exclude(starts_on=starts_on, ends_on=ends_on)
    if others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        wrong["starts_on"] = _("There is a target for a part of this period already.")
    if others.count() >= MOST_TARGETS:
        wrong["starts_on"] = _("An indicator has no more than 60 targets.")
    if wrong:
        raise Invalid(wrong)
    Target.objects.update_or_create(indicator=found, starts_on=starts_on, ends_on=ends_on, defaults={"amount": amount})
    audit.record(actor, "project.frame", project, org=project.organisation_id, reason="target")


def find_indicator(actor: Actor, project_id: UUID, indicator_id: UUID, to: str) -> tuple[Project, Indicator]:
    """The indicator, through its project."""
    project = find_project(actor, project_id, to)
    found = Indicator.objects.select_for_update(of=("self",)).filter(project=project, pk=indicator_id).first()
    if found is None:
        raise NotYours
    return project, found


def period_wrong(project: Project, starts_on: date, ends_on: date) -> dict[str, Any]:
    """What is wrong with a period."""
    if ends_on < starts_on:
        return {"ends_on": _("It cannot end before it begins.")}
    if starts_on < project.starts_on or ends_on > project.ends_on:
        return {"starts_on": _("The period has to lie within the days of the project.")}
    return {}


def amount_wrong(unit: str, amount: Decimal) -> dict[str, Any]:
    """What is wrong with a number of this unit."""
    low = -MOST if unit == Unit.SCORE else Decimal(0)
    if not low <= amount < MOST or (unit == Unit.PERCENT and amount > 100):  # noqa: PLR2004 - per cent
        return {"amount": _("This number cannot be. Look at it again.")}
    if unit in WHOLE and amount != amount.to_integral_value():
        return {"amount": _("Write a whole number, for example 12.")}
    return {}


def _keep(project: Project, made: Indicator, words: IndicatorWords) -> None:
    names = ("code", "name_km", "name_en", "definition_km", "definition_en", "source_km", "source_en")
    texts = {name: clean(getattr(words, name)) for name in names}
    longest = {"code": LONGEST_CODE, "definition_km": LONGEST_DEFINITION, "definition_en": LONGEST_DEFINITION}
    wrong = _lengths(texts, {name: longest.get(name, LONGEST_NAME) for name in names})
    if words.unit not in Unit:
        wrong["unit"] = STRANGE
    elif words.baseline is not None and amount_wrong(words.unit, words.baseline):
        wrong["baseline"] = amount_wrong(words.unit, words.baseline)["amount"]
    if set(words.by) - BOOKS.keys():
        wrong["by"] = STRANGE
    if (words.baseline is None) != (words.baseline_year is None):
        wrong["baseline_year"] = _("Write the baseline and its year, or leave both empty.")
    elif words.baseline_year is not None and not EARLIEST <= words.baseline_year <= LATEST:
        wrong["baseline_year"] = _("Write a year like 2012.")
    if not project.results.filter(pk=words.result).exists():
        wrong["result"] = STRANGE
    if project.indicators.filter(code=texts["code"]).exclude(pk=made.pk).exists():
        wrong["code"] = _("Another one has this code.")
    if wrong:
        raise Invalid(wrong)
    for name, value in texts.items():
        setattr(made, name, value)
    made.result_id, made.unit, made.by, made.rising = words.result, words.unit, list(words.by), words.rising
    made.guarded = made.guarded or words.guarded  # what was guarded stays so
    made.baseline, made.baseline_year = words.baseline, words.baseline_year
    made.save()


def _lengths(texts: dict[str, str], longest: dict[str, int]) -> dict[str, Any]:
    wrong: dict[str, Any] = {name: NEEDED for name, text in texts.items() if not text}
    return wrong | {name: too_long(most) for name, most in longest.items() if len(texts[name]) > most}
