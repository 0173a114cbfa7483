"""The page of a case: its head, its course, and a line of each of its ledgers. Counted facts only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.queries import team_name
from spean.cases import enums
from spean.cases.models import Case, Screening, Step, Task
from spean.cases.queries import care, cases, consents, counted, following, needs, referrals, ways
from spean.cases.step_enums import FOR_SUPERVISORS, StepDetail, StepKind
from spean.kernel import clock
from spean.kernel.errors import NotYours
from spean.kernel.paging import PAGE, Page, cursor_position


@dataclass(frozen=True)
class StepView:
    """One step of the course."""

    on: date
    label: str
    by: str
    reason: str
    tone: str


@dataclass(frozen=True)
class TaskView:
    """One task, without its words."""

    id: UUID
    kind: str
    response: str
    state: str
    due_on: date
    done_on: date | None
    by: str
    late: bool
    owed: bool  # nobody takes it away


@dataclass(frozen=True)
class ScreeningView:
    """One screening: who asked, what the answers indicate, who agreed."""

    id: UUID
    on: date
    by: str
    profile: str
    indicated: str
    indicated_label: str
    version: str
    reviewed_by: str
    mine: bool


@dataclass(frozen=True)
class Inside:
    """What the page says of what is inside, once it is opened."""

    screenings: tuple[ScreeningView, ...]
    assessments: tuple[needs.AssessmentView, ...]
    plan: care.PlanBrief | None
    consents: tuple[consents.ConsentView, ...]
    after: following.After
    referred: int


@dataclass(frozen=True)
class Whole:
    """The page. `inside` is None until it is opened."""

    head: cases.CaseHead
    course: Page
    tasks: tuple[TaskView, ...]
    ways: tuple[ways.WayView, ...]
    glance: counted.Glance
    inside: Inside | None


_TONES: dict[str, str] = {
    StepKind.SEEN: "due", StepKind.PACKET_OPENED: "due", StepKind.ASK_CLOSE: "due", StepKind.TASK: "due",
    StepDetail.PARTNER_STEP: "due",
}  # fmt: skip


def whole(actor: Actor, case_id: UUID, *, opened: bool, before: str = "") -> Whole:
    """A case, asked for once; of its course the newest steps, or those `before` a position. A fixed number of queries."""
    case = access.get(actor, "case.see", cases.HEADED, case_id)
    return Whole(
        head=cases.head_of(actor, case),
        course=_course(actor, case, before),
        tasks=_tasks(case),
        ways=ways.ways_of(case),
        glance=counted.glance_of(actor, case),
        inside=_inside(actor, case) if opened else None,
    )


def _inside(actor: Actor, case: Case) -> Inside:
    asked = case.screenings.select_related("by", "reviewed_by").order_by("-on", "-id")
    return Inside(
        screenings=tuple(_screening(actor, s) for s in asked),
        assessments=needs.assessments_of(actor, case),
        plan=care.brief_of(case),
        consents=consents.consents_of(actor, case),
        after=following.brief_of(actor, case),
        referred=referrals.of_case(case.id),
    )


def _course(actor: Actor, case: Case, before: str) -> Page:
    steps = case.steps.select_related("by", "desk__organisation").order_by("-position")
    if not actor.having([Role.SUPERVISOR]):
        steps = steps.exclude(kind__in=FOR_SUPERVISORS)
    if before:
        steps = steps.filter(position__lt=cursor_position(before))
    found = list(steps[: PAGE + 1])
    return Page(tuple(map(_step, found[:PAGE])), str(found[PAGE - 1].position) if len(found) > PAGE else "")


def tasks(actor: Actor, case_id: UUID) -> tuple[TaskView, ...]:
    """What is to be done, what is due first; then what was, the last first. Two queries."""
    return _tasks(access.get(actor, "case.see", Case.objects.all(), case_id))


def _tasks(case: Case) -> tuple[TaskView, ...]:
    today, found = clock.today(), case.tasks.select_related("made_by").order_by("due_on", "id")
    views = [_task(t, today) for t in found]
    to_do, ended = ([t for t in views if (t.state == enums.TaskState.TO_DO) == open_] for open_ in (True, False))
    return (*to_do, *reversed(ended))


def _task(t: Task, today: date) -> TaskView:
    late = t.state == enums.TaskState.TO_DO and t.due_on < today
    kind, response = str(enums.TaskKind(t.kind).label), str(enums.Response(t.response).label)
    return TaskView(t.id, kind, response, t.state, t.due_on, t.done_on, t.made_by.name, late, t.kind == enums.OWED)


def _step(s: Step) -> StepView:
    kind, reason = StepKind(s.kind), str(enums.OpenFor(s.reason).label) if s.reason else ""
    told = StepDetail(s.detail) if s.detail else kind
    by = f"{s.by.name}, {team_name(s.desk)}" if s.by and s.desk else s.by.name if s.by else ""
    return StepView(s.on, str(told.label), by, reason, _TONES.get(told, "done"))


def screening_of(actor: Actor, case_id: UUID, screening_id: UUID) -> ScreeningView:
    """One screening of a case, without its answers; NotYours when there is none."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    screening = case.screenings.select_related("by", "reviewed_by").filter(pk=screening_id).first()
    if screening is None:
        raise NotYours
    return _screening(actor, screening)


def _screening(actor: Actor, s: Screening) -> ScreeningView:
    return ScreeningView(
        id=s.id,
        on=s.on,
        by=s.by.name,
        profile=str(enums.Asked(s.profile).label),
        indicated=s.indicated,
        indicated_label=str(enums.Indicated(s.indicated).label),
        version=s.version,
        reviewed_by=s.reviewed_by.name if s.reviewed_by else "",
        mine=s.by_id == actor.id,
    )
