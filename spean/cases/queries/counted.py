"""What is counted of an exploitation, and what authorities decided: codes and days, ready to show and to map."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import fact_enums as codes
from spean.cases import mapping
from spean.cases.ledger_enums import AWAY, Size
from spean.cases.models import Case, Exploitation, Identification
from spean.cases.operations.counting import SINGLE, Told
from spean.cases.operations.keeping import visible
from spean.cases.queries.law import LawGlance, law_glance

#: how many facts of a case can be answered
ALL = len(SINGLE) + len(codes.Form) + len(codes.Means)


@dataclass(frozen=True)
class IdentificationView:
    """One question to an authority, without what is sealed."""

    id: UUID
    authority: str
    state: str
    state_label: str
    asked_on: date
    decided_on: date | None
    by: str
    open: bool
    may: frozenset[str]  # which acts fit its state


@dataclass(frozen=True)
class CountedView:
    """What is counted of one case. `answered` is how many of ALL somebody was asked about."""

    told: Told
    revision: int
    answered: int
    all: int
    htcds: Mapping[str, tuple[str, ...]]
    ctdc: Mapping[str, str]
    untold: tuple[str, ...]  # facts that are known and that neither has a word for


@dataclass(frozen=True)
class Glance:
    """What the case's own page says of all this."""

    answered: int
    all: int
    forms: tuple[str, ...]
    identified: tuple[IdentificationView, ...]
    documents: int
    away: int  # of the documents, how many others still keep
    money: int
    owed: int  # of the matters of money, in how many something is open
    files: int  # that this actor may open
    conferences: int
    law: LawGlance


def counted(actor: Actor, case_id: UUID) -> CountedView:
    """All that is counted, and what it is in the words of others. Five queries at most."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    kept = Exploitation.objects.filter(case=case).first()
    told = _told(kept)
    facts = _facts(case, told, case.identifications.exclude(state=codes.Identified.MISTAKEN).order_by("-asked_on", "-id").first())
    row = mapping.to_ctdc(facts, registered=case.opened_on.year)
    return CountedView(
        told=told,
        revision=kept.revision if kept else 0,
        answered=_answered(told),
        all=ALL,
        htcds=mapping.to_htcds(facts),
        ctdc=row,
        untold=tuple(f"{name}: {code}" for name, code in facts if mapping.says_nothing(name, code)),
    )


def glance_of(actor: Actor, case: Case) -> Glance:
    """For the page of a case that was found. A fixed number of queries."""
    told = _told(Exploitation.objects.filter(case=case).first())
    forms = tuple(str(form.label) for form in codes.Form if told.forms.get(form) == codes.Answered.YES)
    states = list(case.documents.values_list("state", flat=True))
    away = sum(state in AWAY for state in states)
    sizes = list(case.money.values_list("open", flat=True))
    owed = sum(size != Size.NOTHING for size in sizes)
    kept = visible(actor, case).filter(gone_on=None).count(), case.conferences.count()
    asked = _identifications(case)
    return Glance(_answered(told), ALL, forms, asked, len(states), away, len(sizes), owed, *kept, law_glance(case))


def identifications(actor: Actor, case_id: UUID) -> tuple[IdentificationView, ...]:
    """What authorities were asked and decided, the newest first. Two queries."""
    return _identifications(access.get(actor, "case.see", Case.objects.all(), case_id))


def _identifications(case: Case) -> tuple[IdentificationView, ...]:
    found = case.identifications.select_related("written_by").order_by("-asked_on", "-id")
    return tuple(_identification(i) for i in found)


def _identification(i: Identification) -> IdentificationView:
    return IdentificationView(
        id=i.id,
        authority=str(codes.Authority(i.authority).label),
        state=i.state,
        state_label=str(codes.Identified(i.state).label),
        asked_on=i.asked_on,
        decided_on=i.decided_on,
        by=i.written_by.name,
        open=i.state == codes.Identified.PENDING,
        may=frozenset() if i.state == codes.Identified.MISTAKEN else frozenset({"answer"}),
    )


def _told(kept: Exploitation | None) -> Told:
    if kept is None:
        return Told()
    forms = dict(kept.forms.values_list("form", "answer"))
    means = dict(kept.means.values_list("means", "answer"))
    return Told(**{name: getattr(kept, name) for name in SINGLE}, forms=forms, means=means)


def _answered(told: Told) -> int:
    return sum(getattr(told, name) != "not_asked" for name in SINGLE) + len(told.forms) + len(told.means)


def _facts(case: Case, told: Told, decided: Identification | None) -> list[mapping.Fact]:
    """What is known, as the table of words names it: no form and no means that is not a plain yes."""
    facts: list[mapping.Fact] = [(name, getattr(told, name)) for name in SINGLE]
    facts += [("sex", case.sex), ("country", case.country)]
    facts += [("form", code) for code, said in told.forms.items() if said == codes.Answered.YES]
    facts += [("means", code) for code, said in told.means.items() if said == codes.Answered.YES]
    if decided is not None:
        facts += [("decided", decided.state)]
        if decided.state in {codes.Identified.IDENTIFIED, codes.Identified.NOT_IDENTIFIED}:  # else it has not decided
            facts += [("authority", decided.authority)]
    return [fact for fact in facts if fact[1] not in {*codes.NO_FACT, "not_known", "not_said"}]
