"""Three years planned before they are played: which issues, in which end state, with how many voices, on which days."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from spean.demo import corpus
from spean.demo.causes import CAUSES, Cause
from spean.demo.corpus import chance
from spean.demo.land import Commune, Land
from spean.places.models import Place
from spean.voices.enums import Age, AnswerWish, Danger, IssueState, Kind, Sex, When

YEARS = 3
FIRST_DAYS = 60  # before the first issue opens
#: of 150: in which state an issue ends, and how many days before today each of its moves is (None: spread over the years)
PENDING: tuple[tuple[str, int, dict[str, Any]], ...] = (
    (IssueState.DRAFT, 4, {"opened": (1, 4)}),
    (IssueState.APPROVED, 3, {"opened": (4, 7)}),
    (IssueState.RAISED, 6, {"raised": (3, 18)}),
    ("due", 2, {"raised": (24, 28)}),
    ("raised_overdue", 5, {"raised": (36, 70)}),
    (IssueState.COMMITTED, 7, {"raised": (35, 50), "until": (-40, -8)}),
    ("promise_due", 2, {"raised": (35, 50), "until": (-6, -2)}),
    ("promise_overdue", 5, {"raised": (60, 90), "until": (4, 12)}),
    (IssueState.DONE, 8, {"raised": (50, 80), "until": (1, 10)}),
)
SETTLED: tuple[tuple[str, float], ...] = ((IssueState.DECLINED, 0.11), (IssueState.CONTESTED, 0.09), (IssueState.CONFIRMED, 0.8))


@dataclass
class Voice:
    """One concern to come."""

    kind: str
    place: Place | None
    told: str
    language: str
    danger: str
    at: datetime
    wish: str
    by_volunteer: bool
    sex: str
    age: str
    happened: str
    end: str = "closed"  # what becomes of it: new, open, assigned, waiting, answered, joined, closed, held, set_aside
    alike: UUID | None = None  # of what came in a flood: the same for equal words
    desk: str = ""
    id: UUID | None = None


@dataclass
class IssueToCome:
    """One issue to come."""

    cause: Cause
    commune: Commune
    places: tuple[Place, ...]
    end: str
    opened: datetime
    raised: datetime
    committed: datetime
    until: datetime
    voices: list[Voice] = field(default_factory=list)
    second_round: bool = False
    id: UUID | None = None


@dataclass
class Plan:
    """Everything that will happen."""

    issues: list[IssueToCome]
    voices: list[Voice]


def make(rng: Random, land: Land, *, now: datetime, size: float) -> Plan:
    """The plan of a town of this size: 1 is about 2,000 concerns and 150 issues."""
    issues = list(_issues(rng, land, now, size))
    voices = [v for issue in issues for v in issue.voices]
    alone = max(80, round(2000 * size) - len(voices))
    voices += [_alone(rng, land, now) for _n in range(alone)]
    voices += [*_fresh(rng, land, now), *_flood(rng, land, now)]
    return Plan(issues, sorted(voices, key=lambda v: v.at))


def _issues(rng: Random, land: Land, now: datetime, size: float) -> Iterator[IssueToCome]:
    ends = [(end, days) for end, number, days in PENDING for _n in range(max(2, round(number * min(1.0, size * 1.5))))]
    for end, days in ends:
        yield issue_of(rng, _commune(rng, land, pending=True), end, now, days)
    for at in (0, 1, 3, 4, 5, 7, 8):  # to approve, to raise, due, sent up, promised, overdue, done: in the village of the tour
        yield issue_of(rng, land.communes[0], PENDING[at][0], now, PENDING[at][2], here=True)
    for n in range(max(12, round(150 * size) - len(ends) - 7)):
        end = SETTLED[n][0] if n < len(SETTLED) else rng.choices([s for s, _share in SETTLED], [x for _s, x in SETTLED])[0]
        yield issue_of(rng, _commune(rng, land, pending=False), end, now, {})


def _commune(rng: Random, land: Land, *, pending: bool) -> Commune:
    """Mostly the large districts; what is pending is there or, seldom, in the small ones."""
    small = chance(rng, 0.08 if pending else 0.12)
    return rng.choice([c for c in land.communes if c.small == small])


def issue_of(rng: Random, commune: Commune, end: str, now: datetime, days: dict[str, Any], *, here: bool = False) -> IssueToCome:
    """An issue that ends in this state, with its voices."""
    cause = rng.choice(CAUSES)
    raised = _raised(rng, now, days)
    opened = raised - timedelta(days=rng.randint(3, 9)) if "opened" not in days else ago(rng, now, *days["opened"])
    committed = raised + timedelta(days=rng.randint(6, 28))
    until = ago(rng, now, *days["until"]) if "until" in days else committed + timedelta(days=rng.randint(20, 70))
    if until <= committed:
        committed = until - timedelta(days=5)
    villages = commune.villages[:1] if here else tuple(rng.sample(commune.villages, rng.randint(1, len(commune.villages))))
    recent = end != IssueState.CONFIRMED or until > now - timedelta(days=90)
    number = rng.randint(3, 5) if commune.small else rng.randint(12, 14) if recent else rng.randint(5, 9)
    voices = [
        voice_of(rng, cause.kind, rng.choice(villages), opened - timedelta(days=rng.uniform(1, 40))) for _n in range(number)
    ]
    for voice in voices:
        voice.end = "joined"
    second = end == IssueState.CONFIRMED and chance(rng, 0.1)
    return IssueToCome(cause, commune, villages, end, opened, raised, committed, until, voices, second_round=second)


def _raised(rng: Random, now: datetime, days: dict[str, Any]) -> datetime:
    if "raised" in days:
        return ago(rng, now, *days["raised"])
    if "opened" in days:
        return now + timedelta(days=1)
    return ago(rng, now, 150, YEARS * 365 - FIRST_DAYS - 15)


def ago(rng: Random, now: datetime, least: int, most: int) -> datetime:
    """A moment in office hours, so many days before."""
    day = (now - timedelta(days=rng.randint(least, most))).replace(hour=1, minute=0, second=0, microsecond=0)
    return day + timedelta(minutes=rng.randint(0, 8 * 60))  # 01:00 UTC is 08:00 in Phnom Penh


def voice_of(rng: Random, kind: str, place: Place | None, at: datetime) -> Voice:
    """A concern of this kind, told there and then."""
    words, language = corpus.told(rng, kind)
    by_volunteer = place is not None and place.level == "village" and chance(rng, 0.6)
    return Voice(
        kind=kind,
        place=place,
        told=words,
        language=language,
        danger=rng.choices([Danger.NO, Danger.UNKNOWN, Danger.NOW], [82, 15, 3])[0],
        at=at,
        wish=AnswerWish.VOLUNTEER if by_volunteer else rng.choice([AnswerWish.RECEIPT, AnswerWish.RECEIPT, AnswerWish.NONE]),
        by_volunteer=by_volunteer,
        sex=rng.choice(list(Sex)),
        age=rng.choices(list(Age), [8, 30, 40, 6, 16])[0],
        happened=rng.choice(list(When)),
        desk=place.path.split("/")[1] if place else "",
    )


def _alone(rng: Random, land: Land, now: datetime) -> Voice:
    """A concern that stays one: answered and closed, mostly."""
    commune = rng.choice(land.communes)
    place = rng.choices([rng.choice(commune.villages), commune.place, None], [75, 19, 6])[0]
    return ended(rng, voice_of(rng, rng.choice(list(Kind)), place, ago(rng, now, 12, YEARS * 365 - 20)), now)


def ended(rng: Random, voice: Voice, now: datetime) -> Voice:
    """What became of a concern that is part of no issue."""
    voice.end = rng.choices(["closed", "answered", "waiting"], [82, 13, 5])[0]
    if voice.end == "waiting" and (voice.danger == Danger.NOW or voice.at < now - timedelta(days=60)):
        voice.end = "closed"  # nobody in danger, and no question of long ago, is left waiting
    return voice


def _fresh(rng: Random, land: Land, now: datetime) -> Iterator[Voice]:
    """What waits today: danger first, new ones, open ones, some given to somebody, answers to read to people."""
    wanted = {"danger": 2, "new": 5, "open": 4, "assigned": 3, "waiting": 3, "answered": 4}
    for province in ("14", "03"):
        for what in (w for w, number in wanted.items() for _n in range(number)):
            village = rng.choice(rng.choice(land.of(province)).villages)
            yield today(rng, village, "new" if what == "danger" else what, now, danger=what == "danger")
    for end in ("new", "open", "waiting"):
        yield today(rng, None, end, now, danger=False)
    for end in ("answered", "waiting", "answered"):
        voice = today(rng, land.communes[0].villages[0], end, now, danger=False)
        voice.by_volunteer, voice.wish = True, AnswerWish.VOLUNTEER
        yield voice


def today(rng: Random, place: Place | None, end: str, now: datetime, *, danger: bool) -> Voice:
    """A concern of these days that still waits, or was just answered."""
    voice = voice_of(rng, rng.choice(list(Kind)), place, ago(rng, now, 1, 2 if end == "new" else 6))
    voice.end, voice.danger = end, Danger.NOW if danger else Danger.NO
    return voice


def _flood(rng: Random, land: Land, now: datetime) -> Iterator[Voice]:
    """What somebody sent in one night to fill the queue, all of it to one desk: much waits, some is set aside."""
    night = ago(rng, now, 2, 2) + timedelta(hours=12)
    for number, words in enumerate(corpus.FLOOD_KM):
        alike, times = UUID(int=rng.getrandbits(128), version=4), (9, 7, 5, 1)[number % 4]
        for _n in range(times):
            voice = voice_of(rng, Kind.OTHER, land.communes[0].place, night + timedelta(seconds=rng.randint(0, 1800)))
            voice.told, voice.language, voice.by_volunteer, voice.wish = words, "km", False, AnswerWish.NONE
            voice.danger = Danger.NOW if times == 1 else Danger.UNKNOWN
            voice.end, voice.alike = ("set_aside" if number % 4 == 1 else "held"), alike
            yield voice
