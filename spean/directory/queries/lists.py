"""What the desk reads of lists of recruiters: which there are, and what becomes of their lines."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory.enums import Claimant, LicenceState, ListState, Verdict, VersionState
from spean.directory.listing import FAULTS, Said
from spean.directory.matching import REASONS
from spean.directory.models import ListedRow, RecruiterList, RecruiterVersion
from spean.kernel.claims import ClaimState
from spean.kernel.paging import PAGE, Page, cursor_day

VERBS = ("decide", "start", "part", "publish", "discard")
#: in this order somebody looks at them
ORDER = (Verdict.DOUBTFUL, Verdict.FAULTY, Verdict.GONE, Verdict.CHANGED, Verdict.NEW, Verdict.SAME)


@dataclass(frozen=True)
class ListRow:
    """One list."""

    id: UUID
    source: str
    claimant: str
    listed_on: date
    says: str
    on: date
    by: str
    state: str
    state_label: str


@dataclass(frozen=True)
class Candidate:
    """Whom a doubtful line may mean, and why."""

    id: str
    name: str
    why: str


@dataclass(frozen=True)
class Line:
    """One line with what becomes of it."""

    position: int
    where: str
    name: str
    words: str
    verdict: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]
    candidates: tuple[Candidate, ...]
    decided: str
    recruiter: UUID | None
    left: tuple[str, ...]
    done: bool
    waits: bool  # something of it waits for a second person


@dataclass(frozen=True)
class ListPage:
    """A list, how many lines of each kind, and a page of one kind."""

    row: ListRow
    counts: tuple[tuple[str, str, int], ...]  # verdict, its words, how many
    verdict: str
    lines: tuple[Line, ...]
    after: str
    undecided: int
    proposals: int
    next_part: int | None
    many_gone: bool
    may: frozenset[str]


def lists(actor: Actor, *, after: str = "") -> Page:
    """A page of lists, the newest first. One query."""
    found = access.visible(actor, "list.see", RecruiterList.objects.select_related("uploaded_by"))
    if after:
        day, key = cursor_day(after)
        found = found.filter(Q(on__lt=day) | Q(on=day, pk__gt=key))
    rows = list(found.order_by("-on", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(_row(r) for r in rows[:PAGE]), f"{last.on.isoformat()}.{last.id}" if last else "")


def list_page(actor: Actor, pk: UUID, *, verdict: str = "", after: int = 0) -> ListPage:
    """One list and a page of its lines. Always the same number of queries."""
    sheet = access.get(actor, "list.see", RecruiterList.objects.select_related("uploaded_by"), pk)
    numbers = dict(sheet.rows.order_by().values_list("verdict").annotate(n=Count("pk")))
    chosen = verdict if verdict in Verdict.values else next((v.value for v in ORDER if numbers.get(v)), Verdict.NEW.value)
    found = sheet.rows.filter(verdict=chosen, position__gte=after).select_related("claim").order_by("position")
    rows = list(found[: PAGE + 1])
    left = sheet.rows.filter(done=False).order_by("position").values_list("position", flat=True).first()
    undecided = sheet.rows.filter(verdict=Verdict.DOUBTFUL, decided="").count()
    own = RecruiterList.objects.filter(pk=pk)
    named = sum(numbers.get(v, 0) for v in (Verdict.SAME, Verdict.CHANGED, Verdict.DOUBTFUL))
    return ListPage(
        row=_row(sheet),
        counts=tuple((v.value, str(v.label), numbers.get(v, 0)) for v in ORDER),
        verdict=chosen,
        lines=_lines(rows[:PAGE]),
        after=str(rows[PAGE].position) if len(rows) > PAGE else "",
        undecided=undecided,
        proposals=sum(numbers.get(v, 0) for v in (Verdict.NEW, Verdict.CHANGED, Verdict.GONE, Verdict.DOUBTFUL)),
        next_part=left,
        many_gone=numbers.get(Verdict.GONE, 0) > named,
        may=frozenset(v for v in VERBS if access.visible(actor, f"list.{v}", own).exists()),
    )


def _lines(rows: list[ListedRow]) -> tuple[Line, ...]:
    waiting = RecruiterVersion.objects.filter(state=VersionState.PROPOSED, recruiter__in=[r.recruiter_id for r in rows])
    proposed = set(waiting.values_list("recruiter", "number"))
    return tuple(_line(row, waits=(row.recruiter_id, row.version) in proposed or _claim_waits(row)) for row in rows)


def _claim_waits(row: ListedRow) -> bool:
    return row.claim is not None and row.claim.state == ClaimState.UNVERIFIED


def _row(r: RecruiterList) -> ListRow:
    return ListRow(
        id=r.id, source=r.source, claimant=str(Claimant(r.claimant).label), listed_on=r.listed_on,
        says=str(LicenceState(r.says).label), on=r.on, by=r.uploaded_by.name, state=r.state,
        state_label=str(ListState(r.state).label),
    )  # fmt: skip


def _line(row: ListedRow, *, waits: bool) -> Line:
    said: Any = Said.of(row.said) if row.said else Said()
    return Line(
        position=row.position, where=row.where, name=row.name, words=row.words, verdict=row.verdict,
        reason=str(FAULTS[row.reason]) if row.reason else "", changes=tuple((f, b, a) for f, b, a in row.changes),
        candidates=tuple(Candidate(pk, name, str(REASONS[why])) for pk, name, why in row.candidates), decided=row.decided,
        recruiter=row.recruiter_id, left=said.left, done=row.done, waits=waits,
    )  # fmt: skip
