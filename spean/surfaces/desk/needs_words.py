"""What a person needs, in words: the proposals with their reasons, and afterwards what was kept."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.cases import enums
from spean.cases.queries.needs import AssessmentView
from spean.checks.needs import Answer, Assessed, Proposal, Why, domains, needs, propose, version
from spean.surfaces.desk.needs_forms import ANSWERS, ProposalsForm

WHYS = {Why.DANGER: _("Danger now"), Why.NOW: _("Needed now"), Why.LATER: _("Needed later")}
LEVELS = {
    enums.Risk.NOW: _("Somebody is in danger now. Do first what stands first; everything else waits."),
    enums.Risk.HIGH: _("The danger is high: something has to be done within hours."),
    enums.Risk.SOME: _("There are needs now, but none that cannot wait a day."),
    enums.Risk.LOW: _("Every need was asked about, and none is there now."),
    enums.Risk.NOT_KNOWN: _("Too much is still open to say how much danger there is. What is open is never taken for a no."),
}


@dataclass(frozen=True)
class Row:
    """One proposal: what is needed, the task that it makes, why, and whether it is taken over."""

    code: str
    name: str
    kind: str
    soon: str
    why: str
    danger: bool
    taken: bool
    day: BoundField | None = None


@dataclass(frozen=True)
class Told:
    """What the answers show, in words."""

    level: str
    label: str
    lead: str
    rows: tuple[Row, ...]
    open: tuple[str, ...]
    could_change: tuple[str, ...]
    answered: int
    asked: int


@dataclass(frozen=True)
class Kept:
    """An assessment that was kept: what it showed, what was seen besides, every answer, the person's words."""

    told: Told
    seen: str
    words: str
    answers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # by domain: (need, answer)
    changed: bool  # the table has another version since
    version: str


def proposed(form: ProposalsForm, level: str) -> Told:
    """Before it is kept: what is proposed, with the boxes as they stand."""
    rows = tuple(_row(one, taken=ticked, day=day) for one, ticked, day in form.rows())
    return _told(form.found, level, rows)


def kept(content: dict[str, Any], one: AssessmentView) -> Kept:
    """What was kept, by today's table; the danger is what was counted on that day."""
    found, language = propose(content["answers"]), get_language() or "km"
    rows = tuple(_row(proposal, taken=proposal.need.code in content["taken"]) for proposal in found.proposals)
    labels = {value: str(label) for value, label in ANSWERS}
    answers = tuple(
        (name.of(language), tuple(_answered(content["answers"], domain, language, labels))) for domain, name in domains().items()
    )
    seen = str(enums.Risk(content["risk"]).label)
    return Kept(_told(found, one.level, rows), seen, content["words"], answers, one.version != version(), one.version)


def _answered(answers: dict[str, str], domain: str, language: str, labels: dict[str, str]) -> Collection[tuple[str, str]]:
    mine = (need for need in needs().values() if need.domain == domain)
    return [(need.name.of(language), labels[answers.get(need.code, Answer.NOT_SAID.value)]) for need in mine]


def _told(found: Assessed, level: str, rows: tuple[Row, ...]) -> Told:
    language, risk = get_language() or "km", enums.Risk(level)
    open_ = tuple(need.name.of(language) for need in found.open)
    could = tuple(need.name.of(language) for need in found.could_change)
    return Told(level, str(risk.label), str(LEVELS[risk]), rows, open_, could, found.answered, found.asked)


def _row(one: Proposal, *, taken: bool, day: BoundField | None = None) -> Row:
    language = get_language() or "km"
    return Row(
        code=one.need.code,
        name=one.need.name.of(language),
        kind=str(enums.TaskKind(one.need.kind).label),
        soon=str(enums.Response(one.soon.value).label),
        why=str(WHYS[one.why]),
        danger=one.why == Why.DANGER,
        taken=taken,
        day=day,
    )
