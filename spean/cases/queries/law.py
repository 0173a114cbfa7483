"""Legal matters of a case, as a list: kinds, offices, states, days, what is due. Names, numbers and words are sealed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import get_language

from spean.accounts import access
from spean.accounts import queries as people
from spean.accounts.access import Actor
from spean.cases import law
from spean.cases import law_enums as codes
from spean.cases.enums import TaskState
from spean.cases.law_enums import HearingState, MatterKind, MatterState, MeasureKind
from spean.cases.ledger_enums import Currency, HolderKind, MoneyKind
from spean.cases.letter_enums import COMPLAINTS
from spean.cases.models import Case, Hearing, Matter, Measure, Money
from spean.directory.enums import Need
from spean.directory.queries import public as directory
from spean.kernel import clock
from spean.kernel.paging import in_language


@dataclass(frozen=True)
class Law:
    """What the law says of something, and where it was read; none of it is verified."""

    rules: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class HearingView:
    """One hearing. `told` is whether the task of telling the person is done; None where there is none."""

    id: UUID
    on: date
    place: str
    purpose: str
    state: str
    state_label: str
    goes: str
    told: bool | None
    planned: bool
    late: bool


@dataclass(frozen=True)
class MeasureView:
    """One protection that was asked for. `moves` is what can be answered now."""

    id: UUID
    kind: str
    office: str
    state: str
    state_label: str
    asked_on: date
    answered_on: date | None
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """What the forms of every matter let choose from."""

    colleagues: tuple[tuple[UUID, str], ...]
    helpers: tuple[tuple[UUID, str], ...]  # of the directory, who help with the law
    money: tuple[tuple[UUID, str], ...]  # the matters of money of this case


@dataclass(frozen=True)
class MatterView:
    """One legal matter. `may` says which acts fit its state, `verbs` what can become of it; a charge is against the person."""

    id: UUID
    kind: str
    charge: bool
    by_law: bool  # the law says until when it is answered
    office: str
    office_code: str
    state: str
    state_label: str
    open: bool
    outcome: str
    made_on: date | None
    moved_on: date | None
    answer_by: date | None  # while an answer is waited for
    late: bool
    aid: str
    aid_state: str
    aid_on: date | None
    aid_by: str
    hearings: tuple[HearingView, ...]
    measures: tuple[MeasureView, ...]
    claimed: tuple[UUID, ...]
    law: Law | None
    protection: Law | None  # what it says of what was asked for
    verbs: tuple[str, ...]
    paper: str  # the kind of complaint that can be written, while the person considers it
    may: frozenset[str]
    choices: Choices


@dataclass(frozen=True)
class LawGlance:
    """What the case's own page says of it: how many, how many are open, and the first hearing or answer that is due."""

    all: int
    open: int
    hearing: date | None
    answer: date | None
    late: bool


def matters(actor: Actor, case_id: UUID) -> tuple[MatterView, ...]:
    """Those of one case, what is late first, then what is open. Always the same number of queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    hearings = Prefetch("hearings", Hearing.objects.select_related("goes", "tell").order_by("on", "id"))
    measures = Prefetch("measures", Measure.objects.order_by("asked_on", "id"))
    found = case.matters.select_related("aid_by").prefetch_related(hearings, measures).order_by("-written_on", "-id")
    money = list(case.money.order_by("kind", "id"))
    choices = Choices(
        tuple(people.colleagues(actor, case.team_id)),
        tuple(directory.helpers(Need.LAW)),
        tuple((m.id, _money(m)) for m in money),
    )
    rows = (_matter(m, choices, tuple(one.id for one in money if one.matter_id == m.id)) for m in found)
    return tuple(sorted(rows, key=lambda row: (not row.late, not row.open)))


def law_glance(case: Case) -> LawGlance:
    """Of one case. Two queries."""
    found = list(case.matters.values_list("state", "answer_by"))
    heard = Hearing.objects.filter(matter__case=case, state=HearingState.PLANNED).order_by("on")
    hearing = heard.values_list("on", flat=True).first()
    answer = min((day for state, day in found if day and state in codes.BEFORE_AN_OFFICE), default=None)
    counted = [state for state, _day in found if state != MatterState.MISTAKEN]
    late = any(day is not None and day < clock.today() for day in (hearing, answer))
    return LawGlance(len(counted), sum(state in codes.OPEN for state in counted), hearing, answer, late)


def _money(m: Money) -> str:
    parts = (MoneyKind(m.kind).label, Currency(m.currency).label, HolderKind(m.other).label)
    return ", ".join(map(str, parts))


def _matter(m: Matter, choices: Choices, claimed: tuple[UUID, ...]) -> MatterView:
    waits = m.answer_by if m.state in codes.BEFORE_AN_OFFICE else None
    late = waits is not None and waits < clock.today()
    hearings = tuple(map(_hearing, m.hearings.all()))
    measures = tuple(map(_measure, m.measures.all()))
    verbs = codes.verbs_of(m.kind, m.state)
    return MatterView(
        id=m.id,
        kind=str(MatterKind(m.kind).label),
        charge=m.kind == MatterKind.CHARGE,
        by_law=law.answer_by(m.kind, clock.today()) is not None,
        office=str(codes.Office(m.office).label),
        office_code=m.office,
        state=m.state,
        state_label=str(MatterState(m.state).label),
        open=m.state in codes.OPEN,
        outcome=str(codes.Outcome(m.outcome).label) if m.outcome else "",
        made_on=m.made_on,
        moved_on=m.moved_on,
        answer_by=waits,
        late=late,
        aid=str(codes.AidState(m.aid_state).label),
        aid_state=m.aid_state,
        aid_on=m.aid_on,
        aid_by=in_language(m.aid_by.provider_km, m.aid_by.provider_en) if m.aid_by else "",
        hearings=hearings,
        measures=measures,
        claimed=claimed,
        law=_law(_of_kind(m, late=late)),
        protection=_law(_of_measures(m)),
        verbs=verbs,
        paper=COMPLAINTS.get(m.kind, "") if m.state == MatterState.CONSIDERED else "",
        may=_may(m, hearings, measures, choices),
        choices=choices,
    )


def _may(m: Matter, hearings: tuple[HearingView, ...], measures: tuple[MeasureView, ...], choices: Choices) -> frozenset[str]:
    acts = {
        "move": m.state != MatterState.MISTAKEN,
        "hearing": m.state in codes.HEARD,
        "over": any(one.planned for one in hearings),
        "protect": m.state in codes.HEARD | codes.OPEN,
        "answer": any(one.moves for one in measures),
        "aid": m.state in codes.HEARD | codes.OPEN or m.aid_state == codes.AidState.TAKEN,
        "claim": bool(choices.money) and m.kind != MatterKind.CHARGE and m.state != MatterState.MISTAKEN,
    }
    return frozenset(verb for verb, fits in acts.items() if fits)


def _of_kind(m: Matter, *, late: bool) -> list[str]:
    if m.state not in codes.HEARD | codes.OPEN:
        return []
    if m.kind == MatterKind.CHARGE:
        return ["charge", "charge_here"]
    if m.kind == MatterKind.AGENCY:
        return ["agency", "agency_late"] if late else ["agency"]
    return []


def _of_measures(m: Matter) -> list[str]:
    kinds = {one.kind for one in m.measures.all()}
    return (["standards"] if kinds else []) + (["media"] if MeasureKind.MEDIA in kinds else [])


def of_child() -> Law | None:
    """What is known, and what is not, of a duty to report a child. No query."""
    return _law(["child", "child_offices"])


def _law(names: list[str]) -> Law | None:
    said, language = [law.rules()[name] for name in names], get_language() or "km"
    sources = dict.fromkeys(rule.source for rule in said)
    return Law(tuple(rule.words.of(language) for rule in said), "; ".join(sources)) if said else None


def _hearing(h: Hearing) -> HearingView:
    planned = h.state == HearingState.PLANNED
    return HearingView(
        id=h.id,
        on=h.on,
        place=str(codes.HearingPlace(h.place).label),
        purpose=str(codes.HearingFor(h.purpose).label),
        state=h.state,
        state_label=str(HearingState(h.state).label),
        goes=h.goes.name if h.goes else "",
        told=h.tell.state == TaskState.DONE if h.tell else None,
        planned=planned,
        late=planned and h.on < clock.today(),
    )


def _measure(m: Measure) -> MeasureView:
    return MeasureView(
        id=m.id,
        kind=str(MeasureKind(m.kind).label),
        office=str(codes.Office(m.office).label),
        state=m.state,
        state_label=str(codes.MeasureState(m.state).label),
        asked_on=m.asked_on,
        answered_on=m.answered_on,
        moves=tuple(verb for verb, (leaves, _to) in codes.MEASURE_MOVES.items() if m.state in leaves),
    )
