"""The three years of one province (or of what names no place): planned, sealed by several processes, written in bulk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import models

from spean.accounts.enums import Role
from spean.accounts.models import Membership, Team
from spean.demo import courses, plan
from spean.demo.corpus import chance
from spean.demo.courses import Book, Course, Heard, Staff
from spean.demo.land import Commune, Land
from spean.demo.sealers import AT_ONCE, Sealed, Sealers, Words
from spean.kernel import ids
from spean.kernel.pouring import pour
from spean.places.enums import Level
from spean.places.models import Place
from spean.privacy import audit, keys, receipts
from spean.privacy.keys import made
from spean.privacy.models import UserKey
from spean.voices.enums import AnswerWish, Danger, IssueState, Kind
from spean.voices.models import Concern, Message, Receipt

#: rows are poured whenever so many concerns wait
_FLUSH = 5_000
#: of a province's issues, those that are on their way today, and those refused or contested these days
_PENDING, _RECENT = 0.12, 0.01
#: of 2,000 concerns: what waits today
_FRESH = {"danger": 0.7, "new": 1.8, "open": 1.4, "assigned": 1.0, "waiting": 1.0, "answered": 1.4}
_HERE = (0, 1, 3, 4, 5, 7, 8)  # of plan.PENDING: what the volunteer of the tour's village finds


@dataclass(frozen=True)
class Share:
    """How much falls to one province."""

    province: Place | None
    concerns: int
    issues: int
    first_number: int
    first_locator: int
    receipts: int
    villages: int | None = None

    @property
    def code(self) -> str:
        """Its name among the parts."""
        return self.province.code if self.province else "nation"


def write(share: Share, rng: Random, now: datetime, sealers: Sealers, progress: Any) -> None:
    """Everything of one share, in the caller's transaction."""
    staff = _staff(share.province)
    book = Book(rng, staff, now - timedelta(minutes=5))
    heard = list(_heard(share, book, now))
    readers = _readers(staff)
    written = 0
    for part, sealed in sealers.each(_parts(heard, staff, readers, share)):
        written += _take(book, part, sealed)
        progress(min(written, share.concerns - 1), share.concerns, f"concerns of {share.code}")
        if len(book.rows[Concern]) >= _FLUSH:
            _pour(book, (Concern, Message, Receipt))
    _pour(book, tuple(book.rows))
    book.trail.sort(key=lambda line: line.at)
    audit.record_many(staff.org, book.trail)


# -- what happens ---------------------------------------------------------------------------------------------------
def _heard(share: Share, book: Book, now: datetime) -> Iterator[tuple[Heard, Any]]:
    """Every concern, with the volunteer who sent it; the issues are in the book when the first one comes."""
    here = _land(share) if share.province else None
    count = 0
    for number, coming in enumerate(_issues(share, book.rng, here, now) if here else (), share.first_number):
        voices = [courses.hear(book, voice) for voice in coming.voices]
        Course(book, coming, number).run([heard for heard, _sender in voices])
        count += len(voices)
        yield from voices
    fresh = list(_fresh(share, book.rng, here, now))
    for voice in fresh:
        yield courses.hear(book, voice)
    for _n in range(max(0, share.concerns - count - len(fresh))):
        yield courses.hear(book, _alone(book.rng, here, now))


def _issues(share: Share, rng: Random, here: Land, now: datetime) -> Iterator[plan.IssueToCome]:
    tour = [plan.PENDING[at] for at in _HERE] if share.code == "14" else []
    for end, _number, days in tour:
        yield plan.issue_of(rng, here.communes[0], end, now, days, here=True)
    ends: list[tuple[str, dict[str, Any]]] = []
    whole = sum(number for _end, number, _days in plan.PENDING)
    for end, number, days in plan.PENDING:
        ends += [(end, days)] * max(1, round(share.issues * _PENDING * number / whole))
    for end in (IssueState.DECLINED, IssueState.CONTESTED):
        ends += [(end, {"raised": (40, 60), "until": (13, 16)})] * max(1, round(share.issues * _RECENT))
    ends += [(IssueState.CONFIRMED, {})] * max(0, share.issues - len(ends) - len(tour))
    for end, days in ends[: share.issues - len(tour)]:
        coming = plan.issue_of(rng, rng.choice(here.communes), end, now, days)
        if end == IssueState.DECLINED:
            coming.committed = plan.ago(rng, now, 1, 12)  # the rule has not sent it up yet
        yield coming


def _alone(rng: Random, here: Land | None, now: datetime) -> plan.Voice:
    place: Place | None = None
    if here:
        commune = rng.choice(here.communes)
        place = rng.choice(commune.villages) if chance(rng, 0.8) else commune.place
    voice = plan.voice_of(rng, rng.choice(list(Kind)), place, plan.ago(rng, now, 12, plan.YEARS * 365 - 20))
    return plan.ended(rng, voice, now)


def _fresh(share: Share, rng: Random, here: Land | None, now: datetime) -> Iterator[plan.Voice]:
    for what, each in _FRESH.items():
        for _n in range(max(1, round(each * share.concerns / 2000))):
            village = rng.choice(rng.choice(here.communes).villages) if here else None
            yield plan.today(rng, village, "new" if what == "danger" else what, now, danger=what == "danger")
    if share.code == "14" and here:
        for end in ("answered", "waiting", "answered"):
            voice = plan.today(rng, here.communes[0].villages[0], end, now, danger=False)
            voice.by_volunteer, voice.wish, voice.danger = True, AnswerWish.VOLUNTEER, Danger.NO
            yield voice


# -- who and where --------------------------------------------------------------------------------------------------
def _land(share: Share) -> Land:
    """The province's communes with their villages; the tour's commune and village first."""
    province = share.province
    assert province is not None  # noqa: S101 - what names no place has no land
    inside = Place.objects.current().filter(path__startswith=province.path).select_related("parent").order_by("path")
    places = {p.pk: p for p in inside}
    tour = Membership.objects.filter(user__username="volunteer", role=Role.VOLUNTEER).values_list("place", flat=True).first()
    villages: dict[int, list[Place]] = {}
    told = set(
        Membership.objects.filter(role=Role.VOLUNTEER, place__path__startswith=province.path).values_list("place", flat=True)
    )
    for village in (p for p in places.values() if p.pk in told):
        villages.setdefault(village.parent_id or 0, []).append(village)
    found = []
    for pk, of in villages.items():
        commune = places[pk]
        of.sort(key=lambda v: (v.pk != tour, v.path))
        found.append(Commune(commune, places[commune.parent_id or 0], province, tuple(of), small=False))
    found.sort(key=lambda c: (c.villages[0].pk != tour, c.place.path))
    return Land(Place.objects.current().get(code="KH"), tuple(found))


def _staff(province: Place | None) -> Staff:
    """Who acts there."""
    team = next(t for t in Team.objects.filter(receives_reports=True, place=province).order_by("id"))
    members = Membership.objects.filter(team=team, state="active").order_by("since", "pk")
    one = {
        m.role: m.user_id
        for m in members.filter(role__in=(Role.CASE_WORKER, Role.SUPERVISOR)).exclude(user__username="worker.new")
    }
    volunteers = dict(members.filter(role=Role.VOLUNTEER).values_list("place", "user"))
    public = dict(UserKey.objects.filter(user__in=members.values("user")).values_list("user", "public_box"))
    seats = Membership.objects.filter(role=Role.FOCAL_PERSON, team__organisation__kind__endswith="_committee")
    if province:
        seats = seats.filter(team__organisation__place__path__startswith=province.path) | seats.filter(
            team__organisation__place__level=Level.COUNTRY
        )
    rows = seats.values_list("team__organisation__place__path", "team__organisation", "user")
    return Staff(
        team.id, team.organisation_id, one[Role.CASE_WORKER], one[Role.SUPERVISOR],
        {place: (user, bytes(public[user])) for place, user in volunteers.items() if user in public},
        {path: (org, user) for path, org, user in rows},
    )  # fmt: skip


def _readers(staff: Staff) -> tuple[made.To, ...]:
    """The team's certified key, judged as when a report comes."""
    row = keys.usable_team_key(staff.org, staff.team)
    return (made.To(made.TEAM, staff.team, row.epoch, bytes(row.public_box)),)


# -- sealed and written ---------------------------------------------------------------------------------------------
def _parts(
    heard: list[tuple[Heard, Any]], staff: Staff, readers: tuple[made.To, ...], share: Share
) -> Iterator[tuple[list[tuple[Heard, Any]], list[Words]]]:
    codes = iter(codes_of(share))
    people = dict(staff.volunteers.values())
    for begin in range(0, len(heard), AT_ONCE):
        part = heard[begin : begin + AT_ONCE]
        words = []
        for one, sender in part:
            more = (made.To(made.USER, sender, 0, people[sender]),) if sender else ()
            said = tuple((pk, text) for pk, _kind, _on, text in one.messages)
            one.receipt = None if sender or not (code := next(codes, "")) else receipts.seal_receipt(code)
            told = courses.fresh_words(one.voice)
            words.append(Words(one.id, one.thread, staff.org, told, said, readers, more, one.receipt))
        yield part, words


def codes_of(share: Share) -> list[str]:
    """The receipt numbers of a share's first public concerns; no locator is another share's."""
    rng = Random(f"receipts.{share.code}")
    return [ids.with_check_digit(f"{share.first_locator + n:06d}{rng.randrange(10**17):017d}") for n in range(share.receipts)]


def _take(book: Book, part: list[tuple[Heard, Any]], sealed: list[Sealed]) -> int:
    for (one, sender), done in zip(part, sealed, strict=True):
        courses.concern_rows(book, one, sender, done.told, done.said)
        if one.receipt:
            r = one.receipt
            told = {n: getattr(r, n).hex() for n in ("salt", "verifier", "public_key", "sealed_private")}
            book.rows[Receipt].append(courses.row(Receipt, concern_id=one.id, locator=r.locator, **told))
        one.messages.clear()
    made.write([m for done in sealed for m in done.made])
    return len(part)


def _pour(book: Book, tables: tuple[type[models.Model], ...]) -> None:
    for table in tables:
        pour(table, book.rows[table])
        book.rows[table].clear()
