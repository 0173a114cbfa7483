"""Which issues a concern probably belongs to: kind, place, time, words, and named agencies; ranked, with the reasons.

Words are compared as runs of three signs, so Khmer needs no spaces; rare runs count more (inverse document frequency).
"""

import difflib
import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory.queries import recruiters
from spean.directory.recruiting import without_form
from spean.kernel import text
from spean.kernel.paging import in_language
from spean.voices import enums
from spean.voices.models import Concern, Issue, IssueRecruiter
from spean.voices.operations.joining import named
from spean.voices.queries.issues import number

CANDIDATES = 300
SHOWN = 5
WITH_NAMES = 20
LEAST = 3.0
NEAR_DAYS = 180
SAME_KIND, SAME_NAME, WORDS = 3.0, 5.0, 4.0
#: parts of a path that are the same -> weight and what is said
_NEAR = {4: 3.0, 3: 2.0, 2: 1.0}
#: a letter with the signs and the letters under it that belong to it
_CLUSTER = re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd])*|[^\u17b6-\u17d3\u17dd]")
LEAST_RUN = 4  # letters of a shared run that is worth showing


@dataclass(frozen=True)
class Match:
    """An issue that a concern may belong to, and why we think so."""

    id: UUID
    label: str
    score: float
    reasons: tuple[str, ...]


@dataclass
class _Candidate:
    issue: Issue
    paths: list[str]
    grams: Counter[str]
    score: float
    reasons: list[str]


def matches(actor: Actor, concern_id: UUID, told: str) -> tuple[Match, ...]:
    """The likely issues of a concern that has just been opened; `told` is its text, in clear for this page only."""
    concern = access.get(actor, "concern.see", Concern.objects.select_related("place"), concern_id)
    known = concern.joined.filter(left_on=None).values_list("issue", flat=True)
    found = access.visible(actor, "issue.join", Issue.objects.filter(team=concern.team_id)).exclude(pk__in=known)
    found = found.prefetch_related("places__place").order_by("-moved_on", "pk")[:CANDIDATES]
    candidates = [_judge(concern, issue) for issue in found]
    _by_words(candidates, told)
    best = sorted(candidates, key=_rank)
    _by_name(actor, best[:WITH_NAMES], told)
    best = [c for c in sorted(best, key=_rank) if c.score >= LEAST][:SHOWN]
    return tuple(_match(c, told) for c in best)


def _rank(c: _Candidate) -> tuple[float, int]:
    return (-c.score, -c.issue.number)


def _judge(concern: Concern, issue: Issue) -> _Candidate:
    """What the counted facts say."""
    score, reasons = 0.0, []
    if concern.kind == issue.kind and concern.kind != enums.Kind.OTHER:
        score, reasons = SAME_KIND, [str(enums.Kind(issue.kind).label)]
    paths = [p.place.path for p in issue.places.all()]
    near = _nearness(concern.place.path if concern.place else "", paths)
    if near:
        score += _NEAR[near]
        reasons.append({4: _("same commune"), 3: _("same district"), 2: _("same province")}[near])
    if _days_apart(concern.received_on, issue.moved_on) <= NEAR_DAYS:
        score += 1
    return _Candidate(issue, paths, _grams(_words_of(issue)), score, reasons)


def _nearness(path: str, others: list[str]) -> int:
    """How many parts of the paths are the same, at most the commune's."""
    own = path.rstrip("/").split("/")
    for depth in (4, 3, 2):
        if len(own) >= depth and any(o.rstrip("/").split("/")[:depth] == own[:depth] for o in others):
            return depth
    return 0


def _days_apart(one: date, other: date) -> int:
    return abs((one - other).days)


def _words_of(issue: Issue) -> str:
    return f"{issue.title_km}\n{issue.summary_km}\n{issue.title_en}\n{issue.summary_en}"


def _grams(words: str) -> Counter[str]:
    folded = text.fold(words)
    return Counter(folded[n : n + 3] for n in range(len(folded) - 2))


def _by_words(candidates: list[_Candidate], told: str) -> None:
    """Add the cosine of the rare runs of three signs that both texts have."""
    asked = _grams(told)
    everywhere = Counter(gram for c in candidates for gram in c.grams)
    weight = {gram: math.log((len(candidates) + 1) / n) + 0.1 for gram, n in everywhere.items()}
    own = math.sqrt(sum((n * weight.get(g, 1.0)) ** 2 for g, n in asked.items())) or 1.0
    for c in candidates:
        norm = math.sqrt(sum((n * weight[g]) ** 2 for g, n in c.grams.items())) or 1.0
        shared = sum(asked[g] * n * weight[g] ** 2 for g, n in c.grams.items() if g in asked)
        c.score += WORDS * shared / (own * norm)


def _by_name(actor: Actor, candidates: list[_Candidate], told: str) -> None:
    """An agency or broker kept with the issue, or the recruiter that it is about, is named in what was told."""
    names, folded = named(actor, [c.issue for c in candidates]), text.fold(told)
    registered = _registered([c.issue.id for c in candidates])
    for c in candidates:
        known = (*registered.get(c.issue.id, ()), *names.get(c.issue.id, ()))
        hit = [n for n in known if len(text.fold(n)) > 2 and text.fold(n) in folded]  # noqa: PLR2004
        if hit:
            c.score += SAME_NAME
            c.reasons.insert(0, _("names %(name)s too") % {"name": hit[0]})


def _registered(issues: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The names of the recruiter that each issue is about, without the words for a company's form."""
    ties = dict(IssueRecruiter.objects.filter(issue__in=issues, left_on=None).values_list("issue", "recruiter"))
    names = recruiters.names_of(set(ties.values()))
    return {issue: tuple(without_form(n) for n in names.get(recruiter, ())) for issue, recruiter in ties.items()}


def _whole(words: str, start: int, end: int) -> str:
    """The run without the halves of Khmer clusters at its ends."""
    whole = [m.group() for m in _CLUSTER.finditer(words) if m.start() >= start and m.end() <= end]
    return "".join(whole).strip()


def _match(c: _Candidate, told: str) -> Match:
    words = _words_of(c.issue)
    runs = difflib.SequenceMatcher(None, words, told, autojunk=False).get_matching_blocks()
    shared = sorted({_whole(words, r.a, r.a + r.size) for r in runs}, key=len, reverse=True)[:2]
    reasons = [*c.reasons, *(f"“{s}”" for s in shared if len(s) >= LEAST_RUN)]
    label = f"{number(c.issue)} · {in_language(c.issue.title_km, c.issue.title_en)}"
    return Match(c.issue.id, label, round(c.score, 1), tuple(reasons))
