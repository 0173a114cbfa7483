"""The course of one issue or one concern as the operations would have left it: rows, and lines for the trail. Writes nothing."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from spean.demo import corpus
from spean.demo.plan import IssueToCome, Voice
from spean.kernel.pouring import columns_of
from spean.privacy.audit import Happened
from spean.privacy.receipts import ReceiptKeys
from spean.voices import alike
from spean.voices.enums import AnswerKind, Channel, Direction, IssueState, Level, MessageKind, Outcome, StepKind, Why
from spean.voices.models import Answer, Concern, Issue, IssueConcern, IssueFact, IssuePlace, Message, Reading, Step, Tally

#: before UTC; reckoned, for a million moments are turned into days here
PHNOM_PENH = timedelta(hours=7)
CONCERN, ISSUE = "voices.concern", "voices.issue"
_FIELDS: dict[type[models.Model], tuple[tuple[str, Any], ...]] = {}
#: level asked, how deep its place lies in a path, days to answer
LADDER = ((Level.COMMUNE, 4, 30), (Level.DISTRICT, 3, 30), (Level.PROVINCE, 2, 45), (Level.NATION, 1, 60))
GRACE = timedelta(days=14)


@dataclass(frozen=True)
class Staff:
    """Who acts in a province: ids only."""

    team: UUID
    org: UUID
    worker: UUID
    supervisor: UUID
    volunteers: dict[int, tuple[UUID, bytes]]  # village -> (user, public key)
    committees: dict[str, tuple[UUID, UUID]]  # path -> (organisation, its focal person)


def row(model: type[models.Model], **values: Any) -> tuple[Any, ...]:
    """A row as `pour` takes it, with the model's own defaults."""
    if model not in _FIELDS:
        wanted = set(columns_of(model))
        fields = [f for f in model._meta.concrete_fields if f.attname in wanted]
        _FIELDS[model] = tuple(
            (f.attname, f.default if f.has_default() and callable(f.default) else f.get_default()) for f in fields
        )
    return tuple([values[n] if n in values else d() if callable(d) else d for n, d in _FIELDS[model]])


@dataclass
class Book:
    """What is written of a province: rows by table, and its trail."""

    rng: Random
    staff: Staff
    last: datetime
    rows: dict[type[models.Model], list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    trail: list[Happened] = field(default_factory=list)

    def tell(self, at: datetime, actor: Any, verb: str, kind: str, subject: UUID, reason: str = "") -> None:
        """A line of the trail."""
        self.trail.append(Happened(min(at, self.last), str(actor), verb, kind, subject, reason))


@dataclass
class Heard:
    """A concern with all that is counted of it, before its words are sealed."""

    voice: Voice
    id: UUID = field(default_factory=uuid4)
    thread: UUID = field(default_factory=uuid4)
    state: str = "new"
    moved: date | None = None
    assigned: UUID | None = None
    receipt: ReceiptKeys | None = None
    messages: list[tuple[UUID, MessageKind, date, str]] = field(default_factory=list)


def day(at: datetime) -> date:
    """The day that it is in Phnom Penh."""
    return (at + PHNOM_PENH).date()


def hear(book: Book, voice: Voice) -> tuple[Heard, UUID | None]:
    """A concern arrives and, unless it is part of an issue, has its own end; also the volunteer who sent it."""
    heard = Heard(voice, moved=day(voice.at))
    sender = book.staff.volunteers.get(voice.place.pk) if voice.by_volunteer and voice.place else None
    if sender:
        book.tell(voice.at, sender[0], "concern.receive", CONCERN, heard.id)
    else:
        book.tell(datetime.combine(day(voice.at), time.min, UTC), "public", "concern.receive", CONCERN, heard.id)
    if voice.end not in {"new", "joined"}:
        _alone(book, heard)
    return heard, sender[0] if sender else None


def _alone(book: Book, heard: Heard) -> None:
    voice, rng, worker = heard.voice, book.rng, book.staff.worker
    at = min(voice.at + timedelta(hours=rng.randint(2, 40)), book.last)
    book.tell(at, worker, "concern.read", CONCERN, heard.id)
    heard.state, heard.moved = "open", day(at)
    if voice.end == "assigned":
        heard.assigned = worker
        book.tell(at, worker, "concern.assign", CONCERN, heard.id, str(worker))
    if voice.end == "waiting":
        _say(book, heard, at, MessageKind.QUESTION, "concern.ask", "waiting", rng.choice(corpus.QUESTIONS_KM))
    if voice.end == "answered" or (voice.end == "closed" and corpus.chance(rng, 0.3)):
        _say(book, heard, at, MessageKind.ANSWER, "concern.answer", "answered", corpus.answer(rng, voice.language))
    if voice.end == "closed":
        close(book, heard, min(at + timedelta(days=rng.randint(2, 9)), book.last))


def close(book: Book, heard: Heard, at: datetime) -> None:
    """The concern is closed with a reply."""
    _say(book, heard, at, MessageKind.CLOSING, "concern.close", "closed", corpus.closing(book.rng, heard.voice.language))


def _say(book: Book, heard: Heard, at: datetime, kind: MessageKind, verb: str, state: str, text: str) -> None:
    heard.messages.append((uuid4(), kind, day(at), text))
    heard.state, heard.moved = state, day(at)
    book.tell(at, book.staff.worker, verb, CONCERN, heard.id)


def concern_rows(book: Book, heard: Heard, sender: UUID | None, told: bytes, said: tuple[bytes, ...]) -> None:
    """The concern and its messages, sealed."""
    voice, staff = heard.voice, book.staff
    place = voice.place.parent_id if voice.place and voice.place.level == "village" else voice.place and voice.place.pk
    book.rows[Concern].append(
        row(
            Concern, id=heard.id, thread_id=heard.thread, org_id=staff.org, team_id=staff.team, place_id=place, kind=voice.kind,
            danger=str(voice.danger), happened=str(voice.happened), answer_wish=str(voice.wish), told=told,
            channel=str(Channel.VOLUNTEER if sender else Channel.PUBLIC), sex=str(voice.sex), age=str(voice.age),
            state=heard.state, received_on=day(voice.at), moved_on=heard.moved, assigned_to_id=heard.assigned,
            reported_by_id=sender, sent_hash=token_hex(32), urgent_words=alike.asks_for_help(voice.told),
        )
    )  # fmt: skip
    for position, ((pk, kind, on, _text), sealed) in enumerate(zip(heard.messages, said, strict=True)):
        book.rows[Message].append(
            row(
                Message, id=pk, concern_id=heard.id, position=position, direction=str(Direction.TO_REPORTER), kind=str(kind),
                on=on, author_id=staff.worker, sent_hash=token_hex(32), said=sealed,
            )
        )  # fmt: skip


class Course:
    """One issue from its first day to where it stands today."""

    def __init__(self, book: Book, coming: IssueToCome, number: int) -> None:
        self.book, self.coming, self.cause, self.rng = book, coming, coming.cause, book.rng
        self.id = uuid4()
        staff = book.staff
        self.now: dict[str, Any] = {
            "id": self.id, "number": number, "team_id": staff.team, "organisation_id": staff.org, "kind": self.cause.kind,
            "written_by_id": staff.worker, "state": str(IssueState.DRAFT), "level": "", "sent_hash": token_hex(32),
            **{n: getattr(self.cause, n) for n in ("title_km", "title_en", "summary_km", "summary_en")},
        }  # fmt: skip
        self.steps = 0
        self.rung = 0
        self.answers: list[dict[str, Any]] = []

    def run(self, heard: list[Heard]) -> None:
        """All of it, with the concerns behind it."""
        self._open(heard)
        if self.coming.end not in {IssueState.DRAFT, IssueState.APPROVED}:
            self._asked(heard)
        elif self.coming.end == IssueState.APPROVED:
            self._approve(min(self.coming.opened + timedelta(days=1), self.book.last))
        book = self.book
        book.rows[Issue].append(row(Issue, **self.now))
        book.rows[Answer] += (row(Answer, **a) for a in self.answers)

    # -- how it begins ------------------------------------------------------------------------------------------
    def _open(self, heard: list[Heard]) -> None:
        book, staff, at = self.book, self.book.staff, self.coming.opened
        self._move(at, staff.worker, "issue.open", IssueState.DRAFT)
        self.now["opened_on"] = day(at)
        for place in self.coming.places:
            book.rows[IssuePlace].append(row(IssuePlace, issue_id=self.id, place_id=place.pk))
        if self.rng.random() < 0.6:  # noqa: PLR2004
            book.rows[IssueFact].append(row(IssueFact, issue_id=self.id, fact="households", number=self.rng.randint(5, 60)))
        for one in heard:
            book.tell(max(one.voice.at, at - timedelta(minutes=30)), staff.worker, "concern.read", CONCERN, one.id)
            book.tell(at, staff.worker, "concern.join", CONCERN, one.id, str(self.id))
            one.state, one.moved = "joined", day(at)
            joined = {"issue_id": self.id, "concern_id": one.id, "joined_by_id": staff.worker, "on": day(at)}
            book.rows[IssueConcern].append(row(IssueConcern, **joined))

    def _approve(self, at: datetime) -> None:
        self.now["approved_by_id"] = self.book.staff.supervisor
        self._move(at, self.book.staff.supervisor, "issue.approve", IssueState.APPROVED)

    def _asked(self, heard: list[Heard]) -> None:
        coming = self.coming
        self._approve(min(coming.opened + timedelta(days=2), coming.raised - timedelta(hours=20)))
        self.now["raised_on"] = day(coming.raised)
        self._ask(coming.raised)
        here = {"level": self._level(), "committee_id": self.now["committee_id"]}
        self._move(coming.raised, self.book.staff.worker, "issue.raise", IssueState.RAISED, str(here["committee_id"]), **here)
        self._tally(coming.raised)
        if coming.end in {"due", "raised_overdue", IssueState.RAISED}:
            self._climbs(coming.raised)
        elif coming.end == IssueState.DECLINED:
            self._decline(coming.committed)
        else:
            self._promised(coming.committed, coming.until, heard)

    def _tally(self, at: datetime) -> None:
        if self.rng.random() < 0.4:  # noqa: PLR2004
            counted = {"issue_id": self.id, "place_id": self.coming.places[0].pk, "on": day(at), "sent_hash": token_hex(32)}
            for group in ("women", "youth"):
                more = {"counted_by_id": self.book.staff.worker, "group": group, "number": self.rng.randint(2, 40)}
                self.book.rows[Tally].append(row(Tally, **counted, **more))
            self.book.tell(at, self.book.staff.worker, "issue.tally", ISSUE, self.id)

    # -- the ladder -----------------------------------------------------------------------------------------------
    def _level(self) -> str:
        return str(LADDER[self.rung][0])

    def _ask(self, at: datetime) -> None:
        """The committee of the present rung is asked."""
        level, depth, days = LADDER[self.rung]
        path = "/".join(self.coming.places[0].path.split("/")[:depth]) + "/"
        self.now["committee_id"] = self.book.staff.committees[path][0]
        self.now |= {"level": str(level), "asked_on": day(at), "due_on": day(at) + timedelta(days=days)}
        self.now["climbs_on"] = self.now["due_on"] + timedelta(days=1)

    @property
    def focal(self) -> UUID:
        """Who speaks for the committee that is asked now."""
        committees = self.book.staff.committees.values()
        return next(focal for org, focal in committees if org == self.now["committee_id"])

    def _up(self, at: datetime, why: Why) -> None:
        self.rung += 1
        self._ask(at)
        said = {"kind": str(StepKind.ESCALATED), "why": str(why), "by_rule": True}
        here = {"level": self._level(), "committee_id": self.now["committee_id"]}
        self._move(at, "system", "issue.escalate", IssueState.RAISED, f"{self._level()}.{why}", **here, **said)

    def _climbs(self, since: datetime) -> None:
        """Nobody answers: the rule sends it up as far as the days have come; some districts promise something."""
        at = since + timedelta(days=31)
        while at < self.book.last and self.rung < len(LADDER) - 1:
            self._up(at, Why.NO_ANSWER)
            promise = at + timedelta(days=8)
            if self._level() == Level.DISTRICT and promise < self.book.last and self.rng.random() < 0.4:  # noqa: PLR2004
                self._commit(promise, self.book.last + timedelta(days=self.rng.randint(5, 40)), "district_office")
                return
            at += timedelta(days=LADDER[self.rung][2] + 1)

    # -- what comes back --------------------------------------------------------------------------------------------
    def _promised(self, at: datetime, until: datetime, heard: list[Heard]) -> None:
        coming, late = self.coming, self.coming.until + timedelta(days=110) < self.book.last
        if coming.end == IssueState.CONFIRMED and late and self.rng.random() < 0.15:  # noqa: PLR2004
            self._decline(at)
            up = at + GRACE + timedelta(hours=5)
            self._up(up, Why.REFUSED)
            at, until = up + timedelta(days=self.rng.randint(5, 20)), up + timedelta(days=self.rng.randint(25, 60))
        self._commit(at, until, self.cause.office)
        if coming.end in {IssueState.COMMITTED, "promise_due", "promise_overdue"}:
            return
        read = self._finish(until, cleared=coming.end != IssueState.DONE or self.rng.random() < 0.6)  # noqa: PLR2004
        if coming.end == IssueState.DONE:
            return
        if coming.end == IssueState.CONTESTED or (coming.second_round and late):
            self._read_back(read, Outcome.CONTESTED)
        if coming.end == IssueState.CONFIRMED:
            if coming.second_round and late:
                self._commit(read + timedelta(days=6), read + timedelta(days=25), self.cause.office)
                read = self._finish(read + timedelta(days=25), cleared=True)
            self._read_back(read, Outcome.CONFIRMED)
            for one in heard:
                if self.rng.random() < 0.6:  # noqa: PLR2004
                    close(self.book, one, min(read + timedelta(days=3), self.book.last))

    def _answer(self, at: datetime, kind: AnswerKind, **said: Any) -> None:
        self.answers.append(
            {
                "id": uuid4(), "issue_id": self.id, "position": len(self.answers), "committee_id": self.now["committee_id"],
                "kind": str(kind), "given_on": day(at), "given_by_id": self.focal, **said,
            }
        )  # fmt: skip
        self._clear(at + timedelta(days=1))

    def _clear(self, at: datetime) -> None:
        if at < self.book.last:
            self.answers[-1]["cleared_by_id"] = self.book.staff.supervisor
            self.book.tell(at, self.book.staff.supervisor, "issue.clear", ISSUE, self.id, str(self.answers[-1]["id"]))

    def _decline(self, at: datetime) -> None:
        self._answer(at, AnswerKind.CANNOT, what=self.cause.cannot, why_not=self.cause.why_not)
        self.now |= {"due_on": None, "climbs_on": day(at + GRACE)}
        self._move(at, self.focal, "issue.decline", IssueState.DECLINED, self.cause.why_not)

    def _commit(self, at: datetime, until: datetime, office: str) -> None:
        self._answer(at, AnswerKind.COMMITMENT, what=self.cause.commitment, office=office, until=day(until))
        self.now |= {"due_on": day(until), "climbs_on": day(until + GRACE)}
        self._move(at, self.focal, "issue.commit", IssueState.COMMITTED)

    def _finish(self, at: datetime, *, cleared: bool) -> datetime:
        """The office says it is done; returns when it is read back."""
        self.answers[-1] |= {"done_on": day(at), "done_note": self.cause.done, "cleared_by_id": None}
        self.now |= {"due_on": None, "climbs_on": None}
        self._move(at, self.focal, "issue.finish", IssueState.DONE)
        if cleared:
            self._clear(at + timedelta(hours=20))
        return min(at + timedelta(days=self.rng.randint(4, 14)), self.book.last)

    def _read_back(self, at: datetime, outcome: Outcome) -> None:
        village = self.coming.places[0]
        volunteer = self.book.staff.volunteers[village.pk][0]
        heard = {"women": self.rng.randint(4, 30), "men": self.rng.randint(2, 20), "on": day(at), "outcome": str(outcome)}
        self.book.rows[Reading].append(
            row(Reading, answer_id=self.answers[-1]["id"], place_id=village.pk, volunteer_id=volunteer, **heard)
        )
        confirmed = outcome == Outcome.CONFIRMED
        self.now["climbs_on"] = None if confirmed else day(at + GRACE)
        verb, state = ("confirm", IssueState.CONFIRMED) if confirmed else ("contest", IssueState.CONTESTED)
        self._move(at, volunteer, f"issue.{verb}", state)

    def _move(self, at: datetime, actor: Any, verb: str, state: IssueState, reason: str = "", **said: Any) -> None:
        self.now |= {"state": str(state), "moved_on": day(at)}
        step = {"issue_id": self.id, "position": self.steps, "state": str(state), "on": day(at), **said}
        self.book.rows[Step].append(row(Step, **step))
        self.steps += 1
        self.book.tell(at, actor, verb, ISSUE, self.id, reason)


def fresh_words(voice: Voice) -> dict[str, Any]:
    """What is sealed of a concern."""
    place = voice.place
    where = {"code": place.code, "km": place.name_km, "en": place.name_en} if place else None
    return {"told": voice.told, "contact": {}, "place": where, "language": voice.language}
