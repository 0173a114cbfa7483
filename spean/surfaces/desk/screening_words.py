"""A screening in words: the questions to ask, and afterwards the class with every reason for it, for the page and for paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.cases import enums
from spean.cases.queries.whole import ScreeningView
from spean.checks.screening import Answer, Class, Dimension, Profile, Screening, Weight, of, screen, tables
from spean.checks.screening.tables import Indicator
from spean.checks.screening.weighing import Fired, Side

DIMENSIONS = {
    Dimension.DECEIVED: _("How they were recruited: deceived"),
    Dimension.COERCED: _("How they were recruited: forced"),
    Dimension.RECRUITED_WEAK: _("How they were recruited: a weak position was used"),
    Dimension.EXPLOITED: _("The work and the life there: exploited"),
    Dimension.HELD: _("What kept them there: force and threats"),
    Dimension.HELD_WEAK: _("What kept them there: a weak position was used"),
}
#: the International Labour Organization's eleven, by their number
SIGNS = {
    1: _("abuse of vulnerability"),
    2: _("deception"),
    3: _("restriction of movement"),
    4: _("isolation"),
    5: _("physical and sexual violence"),
    6: _("intimidation and threats"),
    7: _("papers kept by others"),
    8: _("withheld wages"),
    9: _("debt bondage"),
    10: _("abusive working and living conditions"),
    11: _("excessive overtime"),
}
WEIGHTS = {Weight.STRONG: _("strong sign"), Weight.MEDIUM: _("medium sign"), Weight.WEAK: _("weak sign")}
CLAUSES = {
    "2S": _("two strong signs"),
    "1S+1M": _("one strong and one medium sign"),
    "1S+1W": _("one strong and one weak sign"),
    "3M": _("three medium signs"),
    "2M+1W": _("two medium signs and one weak sign"),
}
ANSWERED = {
    Answer.NO.value: _("No"),
    Answer.UNKNOWN.value: _("Not known"),
    Answer.REFUSED.value: _("Did not want to say"),
}
LEADS = {
    Class.NONE_NOW: _(
        "Among what was answered there is no sign now. This does not say that nothing happened: many people tell more when they "
        "know us better."
    ),
    Class.TOO_LITTLE: _(
        "What was answered shows no sign, but too much is still open to say anything. An open question is never taken for a no."
    ),
    Class.LABOUR_RIGHTS: _(
        "There are signs that the person's rights at work were broken. Signs of force or deception may still come to light."
    ),
    Class.POSSIBLE: _("There are signs of possible trafficking. Until more is known, protect the person as if it were so."),
    Class.STRONG: _("There are reasonable grounds to believe that this person was trafficked or made to work by force."),
    Class.URGENT: _("Something cannot wait. It comes before every question and every score."),
}
#: the row of the table of classes that decided, in words
ROWS = {
    "urgent": _("Something urgent was told."),
    "child, exploited": _("A child, or somebody of unknown age, who was exploited. For a child nothing more is needed."),
    "means, exploited, held": _("Deceived, forced or used at recruitment, exploited, and kept there by force or threats."),
    "exploited, held": _(
        "Exploited and kept there by force or threats: signs of forced labour. How they were recruited is not clear; somebody "
        "may also be trafficked by who received or housed them."
    ),
    "means, exploited": _("Deceived, forced or used, and exploited; no sign yet that they were kept there by force or threats."),
    "exploited": _("Exploited; no sign yet of deception, force or threats."),
    "means, held": _(
        "Deceived, forced or used at recruitment, and kept there; no sign yet of exploitation. It may have been stopped early."
    ),
    "held": _("Kept there by force, threats or a weak position; no sign yet of exploitation."),
    "means": _("Deceived, forced or used at recruitment only. Perhaps it was stopped early."),
    "none": _("No group has enough signs."),
}
#: what is done first when a class stands there
FIRST = {
    Class.NONE_NOW: (
        _("Tell the person how to reach us safely, also much later."),
        _("Help with what they need today; a screening is no condition for help."),
        _("Ask again when something new is told."),
    ),
    Class.TOO_LITTLE: (
        _("Tell the person how to reach us safely, and that they may tell more whenever they want."),
        _("On another day, ask what is still open, when the person is ready."),
    ),
    Class.LABOUR_RIGHTS: (
        _("Within 3 days: with the person, look at a complaint about wages, hours or papers."),
        _("Ask again about force, threats and debts when the person knows you better."),
    ),
    Class.POSSIBLE: (
        _("Within 1 day: is the person safe, and what do they want? Write it down as tasks in the case."),
        _("Within 3 days: ask what is still open, when the person is ready."),
        _("Let a second person look at this screening."),
    ),
    Class.STRONG: (
        _("Within 3 hours: is the person safe where they sleep tonight?"),
        _("Within 1 day: offer shelter, a doctor, a counsellor and legal help. The person chooses."),
        _("Only if the person agrees: tell the authority that identifies people formally. Its decision is recorded elsewhere."),
        _("Were they made to break a law? Tell the lawyer: nobody should be punished for what they were forced to do."),
        _("Let a second person look at this screening."),
    ),
    Class.URGENT: (
        _("Stop asking. Stay with the person, or on the telephone, until help is there."),
        _("Tell your supervisor now, and write a task for within 1 hour in the case."),
        _("Go on with questions only when the person is safe and wants to."),
    ),
}
#: what is done first about each thing that is urgent
ACUTE = {
    "danger": _(
        "Danger: bring the person to a safe place, or call the police. If an official may be involved, ask your supervisor first "
        "whom to call."
    ),
    "confined": _(
        "Locked in: do not go there alone, and do not call the employer. Write down exactly where it is. The police, abroad the "
        "embassy, can get people out; your supervisor says whom to call."
    ),
    "child": _(
        "A child: do not leave the child alone, and give the child to nobody who came along. Tell the office of social affairs "
        "and your supervisor."
    ),
    "suicide": _("Thoughts of ending life: do not leave the person alone. Bring them to a doctor or counsellor today."),
    "medical": _("A doctor: bring the person to a hospital now. Questions of money come later."),
}


# -- to ask ---------------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """One indicator to ask about."""

    code: str
    name: str
    signs: str
    given: str
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The indicators of one dimension; unfolded when it holds an answer or is the first."""

    id: str
    name: Any
    rows: tuple[Row, ...]
    unfolded: bool


def questions(form: Any, profile: str) -> tuple[Group, ...]:
    """What is asked with a profile, with what was answered so far. No weight is among it: nobody answers towards a result."""
    language = get_language() or "km"
    rows: dict[Dimension, list[Row]] = {dimension: [] for dimension in Dimension}
    for indicator in of(Profile(profile)):
        given = str(form[indicator.code].value() or "") if indicator.code in form.fields else ""
        errors = tuple(form.errors.get(indicator.code, ()))
        row = Row(indicator.code, indicator.name.of(language), signs(indicator), given, errors)
        rows[indicator.dimension].append(row)
    return tuple(
        Group(d.value, DIMENSIONS[d], tuple(rows[d]), d == Dimension.DECEIVED or any(r.given or r.errors for r in rows[d]))
        for d in Dimension
    )


def signs(indicator: Indicator) -> str:
    """Which of the eleven signs an indicator shows."""
    return ", ".join(str(SIGNS[number]) for number in indicator.signs)


# -- to explain -----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Reason:
    """One indicator that was answered with yes."""

    name: str
    signs: str
    weight: str
    doubted: bool


@dataclass(frozen=True)
class Part:
    """One dimension of the result."""

    id: str
    name: Any
    reasons: tuple[Reason, ...]
    clause: Any  # in words; "" when the dimension has too few signs
    answered: int
    asked: int
    others: tuple[tuple[str, Any], ...]  # (indicator, its answer) where that is not yes
    could_change: tuple[str, ...]


@dataclass(frozen=True)
class Explained:
    """A screening for its page: plain values alone."""

    kind: str
    label: str
    lead: Any
    row: Any
    first: tuple[Any, ...]
    urgent: tuple[str, ...]
    anything: bool  # was answered
    parts: tuple[Part, ...]
    coverage: int  # in percent
    could_change: bool
    papers: bool
    asked_as: str
    from_memory: bool  # the whole column of weights is
    version: str
    kept_version: str
    kept_label: str
    differs: bool  # from the class that was kept
    words: str


def explain(kept: dict[str, Any], one: ScreeningView) -> Explained:
    """The answers as they were kept, weighed anew, beside the class that was kept."""
    language = get_language() or "km"
    result = screen(Profile(kept["profile"]), kept["answers"], kept["urgent"])
    kind = result.kind
    return Explained(
        kind=kind.value,
        label=str(enums.Indicated(kind.value).label),
        lead=LEADS[kind],
        row=ROWS[result.row],
        first=first_steps(kind.value, result.urgent),
        urgent=tuple(both.of(language) for code, both in tables.urgent().items() if code in result.urgent),
        parts=tuple(_part(side, result, kept["answers"], language) for side in result.sides),
        anything=bool(kept["answers"]),
        coverage=round(result.coverage * 100),
        could_change=bool(result.could_change),
        papers=result.papers,
        asked_as=str(enums.Asked(kept["profile"]).label),
        from_memory=result.profile == Profile.ADULT_SEXUAL,
        version=result.version,
        kept_version=one.version,
        kept_label=one.indicated_label,
        differs=one.indicated != kind.value,
        words=kept["words"],
    )


def first_steps(kind: str, urgent: Iterable[str] = ()) -> tuple[Any, ...]:
    """What is done first: for each urgent thing its own, between stopping and telling."""
    first, *more = FIRST[Class(kind)]
    return (first, *(ACUTE[code] for code in tables.urgent() if code in set(urgent)), *more)


def _part(side: Side, result: Screening, answers: dict[str, str], language: str) -> Part:
    mine = [i for i in of(result.profile) if i.dimension == side.dimension]
    return Part(
        id=side.dimension.value,
        name=DIMENSIONS[side.dimension],
        reasons=tuple(_reason(fired, language) for fired in side.fired),
        clause=CLAUSES.get(side.clause, ""),
        answered=side.answered,
        asked=side.asked,
        others=tuple((i.name.of(language), ANSWERED[answers[i.code]]) for i in mine if answers.get(i.code) in ANSWERED),
        could_change=tuple(i.name.of(language) for i in result.could_change if i.dimension == side.dimension),
    )


def _reason(fired: Fired, language: str) -> Reason:
    name = fired.indicator.name.of(language)
    return Reason(name, signs(fired.indicator), str(WEIGHTS[fired.weight]), fired.doubted)
