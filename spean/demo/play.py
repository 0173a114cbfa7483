"""Plays the plan by the real operations, day after day, so that keys, states and audit are what they would have been."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from spean.demo import corpus, recruiting
from spean.demo.people import Cast, Desk, Person
from spean.demo.plan import IssueToCome, Plan, Voice
from spean.evidence.operations import release_month
from spean.kernel import clock
from spean.privacy import loading, receipts
from spean.voices.alike import asks_for_help
from spean.voices.enums import AsideFor, ConcernState, IssueState, Kind, MeetingState, Outcome
from spean.voices.models import Concern, Issue, Meeting
from spean.voices.operations import answers, intake, issues, ladder, lane, meetings, rhythm, threads, triage

Progress = Callable[[int, int, Any], None]
#: before the commune answers, or not at all
_UNANSWERED = {"due", "raised_overdue", IssueState.RAISED}
SILENCE = 31  # days after which the rule sends up what the commune or the district has not answered
_PROMISED = {"promise_due", "promise_overdue", IssueState.COMMITTED}


@dataclass(order=True)
class Event:
    """One thing that happens at one moment."""

    at: datetime
    order: int
    run: Callable[[], None] = field(compare=False)


class Play:
    """The town's three years."""

    def __init__(self, rng: Random, cast: Cast, plan: Plan, now: datetime) -> None:
        self.rng, self.cast, self.plan, self.now = rng, cast, plan, now
        self.events: list[Event] = []
        self.last = now - timedelta(minutes=5)
        self.locators: set[str] = set()

    def run(self, progress: Progress) -> None:
        """Everything, in order; one transaction a month, with the keystore's writes made durable before the database's."""
        self._write()
        self.events.sort()
        done = 0
        for _month, some in groupby(self.events, key=lambda e: (e.at.year, e.at.month)):
            with transaction.atomic(), loading.together():
                for event in some:
                    with clock.at(event.at):
                        event.run()
                    done += 1
            progress(done, len(self.events), "three years of voices and answers")

    # -- what happens when ------------------------------------------------------------------------------------
    def _at(self, at: datetime, run: Callable[[], None]) -> None:
        self.events.append(Event(min(at, self.last), len(self.events), run))

    def _write(self) -> None:
        for voice in self.plan.voices:
            self._at(voice.at, lambda v=voice: self._receive(v))
        for voice in self.plan.voices:
            if voice.end not in ("joined", "held", "set_aside"):
                self._alone(voice)
        for voice in {v.alike: v for v in self.plan.voices if v.end == "set_aside"}.values():
            worker = self.cast.desks[voice.desk].worker
            self._at(self.last, lambda v=voice, w=worker: lane.set_aside_group(w.actor, v.alike, AsideFor.ADVERT))
        for number, issue in enumerate(sorted(self.plan.issues, key=lambda i: i.opened)):
            self._issue(issue, number)
        self._at(self.now - timedelta(days=recruiting.TIED_DAYS), self._tie)
        for code, focal in self.cast.focal.items():
            self._regular_meetings(focal, self.cast.committees[code].id)
        for first in _months(self.plan.voices[0].at, self.now):
            self._at(first, lambda d=first: release_month((d - timedelta(days=2)).date()))

    def _tie(self) -> None:
        """One team says of some issues that were settled long ago which recruiter they are about: first those about fees."""
        code = self.plan.issues[0].commune.province.code
        settled = [i for i in self.plan.issues if i.end == IssueState.CONFIRMED and i.commune.province.code == code]
        settled = [i for i in settled if i.raised < self.now - timedelta(days=120)]
        settled.sort(key=lambda i: (i.cause.kind != Kind.FEES, i.raised))
        recruiting.tie(self.cast.desks[code].worker, [_id(i) for i in settled])

    def _alone(self, voice: Voice) -> None:
        worker = self.cast.desks[voice.desk].worker
        day = voice.at + timedelta(hours=self.rng.randint(2, 40))
        if voice.end == "new":
            return
        self._at(day, lambda: triage.read(worker.actor, _id(voice)))
        if voice.end == "assigned":
            self._at(day, lambda: triage.assign(worker.actor, _id(voice), worker.user.id))
        if voice.end == "waiting":
            self._at(day, lambda: triage.ask(worker.actor, _id(voice), self.rng.choice(corpus.QUESTIONS_KM), self._uuid()))
        if voice.end == "answered" or (voice.end == "closed" and corpus.chance(self.rng, 0.3)):
            text = corpus.answer(self.rng, voice.language)
            self._at(day, lambda: triage.answer(worker.actor, _id(voice), text, self._uuid()))
        if voice.end == "closed":
            later = day + timedelta(days=self.rng.randint(2, 9))
            words = corpus.closing(self.rng, voice.language)
            self._at(later, lambda: triage.close(worker.actor, _id(voice), words, self._uuid()))

    def _issue(self, issue: IssueToCome, number: int) -> None:
        desk, focal = self.cast.desks[issue.commune.province.code], self.cast.focal[issue.commune.place.code]
        for voice in issue.voices:
            self._at(issue.opened - timedelta(minutes=30), lambda v=voice: triage.read(desk.worker.actor, _id(v)))
        self._at(issue.opened, lambda: self._open(issue, desk, number))
        if issue.end == IssueState.DRAFT:
            return
        approved = min(issue.opened + timedelta(days=2), issue.raised - timedelta(hours=20))
        self._at(approved, lambda: issues.approve(desk.supervisor.actor, issue.id))
        if issue.end == IssueState.APPROVED:
            return
        committee = self.cast.committees[issue.commune.place.code].id
        self._at(issue.raised, lambda: issues.raise_issue(desk.worker.actor, issue.id, committee))
        if issue.end in _UNANSWERED:
            self._climbs(issue, issue.raised)
            return
        silent = self._silent_levels(issue, number)
        if silent:
            self._answered_above(issue, desk, silent)
            return
        if issue.end == IssueState.DECLINED:
            self._decline(issue, desk, focal)
            return
        self._promise(issue, desk, focal, issue.committed, issue.until)
        if issue.end not in _PROMISED:
            self._after_the_promise(issue, desk, focal)

    def _regular_meetings(self, focal: Person, committee: UUID) -> None:
        """A committee meets every month; its last meeting was held, and the rule has planned the next."""
        on = self.now - timedelta(days=self.rng.randint(3, 25))
        self._at(on - timedelta(hours=1), lambda: meetings.plan(focal.actor, committee, clock.today(), self._uuid(), repeats=1))
        self._at(on, lambda: meetings.move(focal.actor, _planned(committee), "hold"))
        self._at(self.last, rhythm.day)

    def _climbs(self, issue: IssueToCome, since: datetime) -> None:
        """The rule sends it up, level by level, as far as the days have come; some districts promise something."""
        day = since
        for level, days in (("district", 31), ("province", 31), ("country", 46)):
            day += timedelta(days=days)
            if day >= self.last:
                return
            self._at(day, lambda: ladder.climb_by_rule(_id(issue)))
            if (
                level == "district"
                and issue.end in _UNANSWERED
                and day + timedelta(days=9) < self.last
                and corpus.chance(self.rng, 0.4)
            ):
                self._promised_above(issue, day + timedelta(days=8))
                return

    def _silent_levels(self, issue: IssueToCome, number: int) -> int:
        """How many levels let the days of a settled issue pass: mostly none, now and then the commune, or the district too."""
        if issue.end != IssueState.CONFIRMED or issue.second_round:
            return 0
        silent = 2 if number % 12 == 1 else 1 if number % 4 == 1 else 0
        return silent if issue.raised + timedelta(days=SILENCE * silent + 90) < self.last else 0

    def _answered_above(self, issue: IssueToCome, desk: Desk, silent: int) -> None:
        """The rule sends it up; the first office that answers promises something, does it, and the village says so."""
        place = (issue.commune.district, issue.commune.province)[silent - 1]
        office, cause, day = self.cast.above[place.code], issue.cause, issue.raised
        for _level in range(silent):
            day += timedelta(days=SILENCE)
            self._at(day, lambda: ladder.climb_by_rule(_id(issue)))
        at = day + timedelta(days=self.rng.randint(3, 25))
        until = at + timedelta(days=25)
        promise = {"what": cause.commitment, "office": "district_office", "until": until.date()}
        self._at(at, lambda: answers.commit(office.actor, _id(issue), **promise))
        self._at(at + timedelta(days=1), lambda: self._clear(issue, desk))
        heard = self._done(issue, desk, office, until)
        self._at(heard, lambda: self._read_back(issue, Outcome.CONFIRMED))
        self._at(heard + timedelta(days=3), lambda: self._tell_the_people(issue, desk))

    def _promised_above(self, issue: IssueToCome, at: datetime) -> None:
        until = min(at + timedelta(days=60), self.last + timedelta(days=40)).date()
        office, what = self.cast.above[issue.commune.district.code], issue.cause.commitment
        self._at(at, lambda: answers.commit(office.actor, _id(issue), what=what, office="district_office", until=until))

    def _decline(self, issue: IssueToCome, desk: Desk, focal: Person) -> None:
        cause = issue.cause
        self._at(issue.committed, lambda: answers.decline(focal.actor, issue.id, why_not=cause.why_not, what=cause.cannot))
        self._at(issue.committed + timedelta(days=1), lambda: self._clear(issue, desk))

    def _promise(self, issue: IssueToCome, desk: Desk, focal: Person, at: datetime, until: datetime) -> None:
        what, office, day = issue.cause.commitment, issue.cause.office, until.date()
        self._at(at, lambda: answers.commit(focal.actor, issue.id, what=what, office=office, until=day))
        self._at(at + timedelta(days=1), lambda: self._clear(issue, desk))

    def _after_the_promise(self, issue: IssueToCome, desk: Desk, focal: Person) -> None:
        contested = issue.end == IssueState.CONTESTED
        heard = self._done(issue, desk, focal, issue.until)
        if issue.end == IssueState.DONE:
            return
        outcome = Outcome.CONTESTED if contested or issue.second_round else Outcome.CONFIRMED
        self._at(heard, lambda: self._read_back(issue, outcome))
        if issue.second_round:
            until = heard + timedelta(days=25)
            self._promise(issue, desk, focal, heard + timedelta(days=6), until)
            heard = self._done(issue, desk, focal, until)
            self._at(heard, lambda: self._read_back(issue, Outcome.CONFIRMED))
        if not contested:
            self._at(heard + timedelta(days=3), lambda: self._tell_the_people(issue, desk))

    def _done(self, issue: IssueToCome, desk: Desk, focal: Person, at: datetime) -> datetime:
        """The office says it is done; some of the freshest words wait to be cleared. Returns when it is read back."""
        self._at(at, lambda: answers.finish(focal.actor, issue.id, note=issue.cause.done))
        if not (issue.end == IssueState.DONE and corpus.chance(self.rng, 0.4)):
            self._at(at + timedelta(hours=20), lambda: self._clear(issue, desk))
        return at + timedelta(days=self.rng.randint(4, 14))

    # -- what is done -------------------------------------------------------------------------------------------
    def _receive(self, voice: Voice) -> None:
        report = intake.Report(
            told=voice.told, kind=voice.kind, danger=voice.danger, happened=voice.happened, place=voice.place,
            answer_wish=voice.wish, sex=voice.sex, age=voice.age, language=voice.language,
            held=voice.alike is not None, alike=voice.alike, urgent_words=asks_for_help(voice.told),
        )  # fmt: skip
        sent_id = self._fresh_id()
        volunteer = self._volunteer(voice.place) if voice.by_volunteer else None
        if volunteer:
            voice.id = intake.receive_from_volunteer(volunteer.actor, report, sent_id)
        else:
            code = intake.receive_public(report, sent_id).code
            voice.id = Concern.objects.values_list("pk", flat=True).get(sent_hash=intake.sent_hash(sent_id))
            if voice.end == "closed" and corpus.chance(self.rng, 0.04):
                words = self.rng.choice(corpus.ADDED_KM)
                threads.add_to_thread(code, words, self._uuid())

    def _open(self, issue: IssueToCome, desk: Desk, number: int) -> None:
        cause = issue.cause
        issue.id = issues.open_issue(
            desk.worker.actor, desk.team.id, kind=cause.kind, places=issue.places,
            words=issues.Summary(cause.title_km, cause.title_en, cause.summary_km, cause.summary_en),
            facts={"households": self.rng.randint(5, 60), "women": self.rng.randint(0, 40)} if number % 3 else {},
            concerns=[_id(v) for v in issue.voices], sent_id=self._uuid(),
        )  # fmt: skip

    def _clear(self, issue: IssueToCome, desk: Desk) -> None:
        answer = Issue.objects.get(pk=issue.id).answers.filter(cleared_by=None).order_by("given_on").first()
        if answer:
            answers.clear(desk.supervisor.actor, _id(issue), answer.id)

    def _read_back(self, issue: IssueToCome, outcome: str) -> None:
        volunteer = self._volunteer(issue.places[0])
        heard = answers.Heard(outcome, women=self.rng.randint(4, 30), men=self.rng.randint(2, 20))
        answers.read_back(volunteer.actor, _id(issue), heard)

    def _tell_the_people(self, issue: IssueToCome, desk: Desk) -> None:
        """Most who spoke are told that it was kept, and their concern is closed."""
        for voice in issue.voices:
            state = Concern.objects.values_list("state", flat=True).get(pk=_id(voice))
            if state == ConcernState.JOINED and corpus.chance(self.rng, 0.6):
                triage.close(desk.worker.actor, _id(voice), corpus.closing(self.rng, voice.language), self._uuid())

    def _volunteer(self, village: Any) -> Person:
        people = self.cast.desks[village.path.split("/")[1]].volunteers
        return next(p for p in people if p.place == village)

    def _fresh_id(self) -> UUID:
        """A sender's id whose receipt finds its place at once: during a load nothing may be tried twice."""
        while True:
            sent_id = self._uuid()
            locator = receipts.code_for(sent_id, 0)[: receipts.LOCATOR_DIGITS]
            if locator not in self.locators:
                self.locators.add(locator)
                return sent_id

    def _uuid(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)


def _planned(committee: UUID) -> UUID:
    return Meeting.objects.get(committee=committee, state=MeetingState.PLANNED).pk


def _id(thing: Voice | IssueToCome) -> UUID:
    if thing.id is None:
        raise LookupError("It has not happened yet.")
    return thing.id


def _months(start: datetime, end: datetime) -> Iterator[datetime]:
    """The first day of each month between, at six in the morning of Phnom Penh."""
    day = start
    while True:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1, hour=23, minute=0) - timedelta(days=1)
        if day >= end - timedelta(minutes=10):
            return
        yield day
        day += timedelta(days=1)
