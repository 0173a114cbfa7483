"""Live counts, for the team's side of the door only: the public door must never import this module."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import CharField as Text

from spean.evidence.batches import Heard, Heards
from spean.evidence.disclosure import Area, Outcomes, total
from spean.evidence.grids import Cohort, Named, Part
from spean.evidence.models import ToldVoice
from spean.evidence.register import BEYOND, BUCKETS, DAYS, FATES, LATER, RUNGS
from spean.kernel import clock
from spean.places.enums import CAMBODIA, COUNTRIES
from spean.places.models import Place
from spean.voices import queries, rungs
from spean.voices.enums import PUBLIC_STATES, AnswerKind, IssueState, Outcome
from spean.voices.models import Answer, Issue, IssueConcern, IssuePlace, IssueRecruiter, Reading

#: the parts of a path that name the nation, the province and the district
_DEPTHS = (1, 2, 3)
_PROVINCE = 2
_OUTCOMES = {
    IssueState.COMMITTED: "answered",
    IssueState.DECLINED: "answered",
    IssueState.DONE: "answered",
    IssueState.CONFIRMED: "kept",
}


def voices_of(raised_before: date) -> Area:
    """The nation with the voices behind the issues raised before a day, down to the districts, as things stand now."""
    public = _public(raised_before)
    paths, voices = _area_paths(public), voices_by_issue(public)
    outcome = Case(
        When(queries.overdue_filter(), then=Value("overdue")),
        *(When(state=state, then=Value(name)) for state, name in _OUTCOMES.items()),
        default=Value("waiting"),
        output_field=Text(),
    )
    cells: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for issue, organisation, became in public.annotate(outcome=outcome).values_list("pk", "organisation", "outcome"):
        if issue in voices:
            cells[paths[issue]][str(organisation)][became] += voices[issue]
    return _tree({path: {org: Outcomes(**found) for org, found in given.items()} for path, given in cells.items()})


def first_answers(start: date, end: date) -> tuple[Cohort, Cohort]:
    """The voices whose issue was first answered from a day until before another: by level and days, and by what became of it."""
    public = _public(end)
    paths, voices = _area_paths(public), voices_by_issue(public)
    waits: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    fates: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for answer in answers_first_given(public, start, end):
        issue, organisation = answer["issue"], str(answer["issue__organisation"])
        if issue not in voices:
            continue
        rung = str(rungs.LEVEL_OF_KIND[answer["committee__kind"]])
        days = (answer["given_on"] - answer["issue__raised_on"]).days
        bucket = next((code for most, code in DAYS if days <= most), LATER)
        path = upper(paths[issue], _PROVINCE)
        for found, group, column in ((waits, rung if rung in RUNGS else BEYOND, bucket), (fates, "", _fate(answer))):
            cell = found[path, group, column, organisation]
            cell[0] += voices[issue]
            cell[1] += 1
    return _cohort(waits, RUNGS, BUCKETS), _cohort(fates, ("",), FATES)


def of_recruiters(raised_before: date) -> tuple[Heards, dict[str, list[UUID]]]:
    """The voices of each recruiter, and by recruiter the concerns of those that were never told.

    A concern behind issues about several recruiters is of the one for which it was told, else of the first issue's.
    """
    public = _public(raised_before)
    about = {
        i: str(r) for i, r in IssueRecruiter.objects.filter(issue__in=public, left_on=None).values_list("issue", "recruiter")
    }
    tied = public.filter(pk__in=about)
    facts, paths = {pk: (kind, str(org)) for pk, kind, org in tied.values_list("pk", "kind", "organisation")}, _area_paths(tied)
    told = {concern: str(recruiter) for concern, recruiter in ToldVoice.objects.values_list("concern", "recruiter")}
    of: dict[UUID, Any] = {}
    joined = IssueConcern.objects.filter(issue__in=tied, left_on=None).order_by("issue__number")
    for concern, issue in joined.values_list("concern", "issue").iterator():
        if concern not in of or (about[of[concern]] != told.get(concern) == about[issue]):
            of[concern] = issue
    fresh: dict[str, list[UUID]] = defaultdict(list)
    cells: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    places: dict[str, Counter[str]] = defaultdict(Counter)
    for concern, issue in of.items():
        recruiter = about[issue]
        places[recruiter][paths[issue]] += 1
        if told.get(concern) != recruiter:
            fresh[recruiter].append(concern)
            cells[recruiter][facts[issue]] += 1
    wrong = {recruiter for concern, recruiter in told.items() if concern not in of or about[of[concern]] != recruiter}
    known = sorted(wrong | places.keys() | set(told.values()))
    return Heards(tuple(Heard(r, cells[r], places[r], wrong=r in wrong) for r in known)), fresh


def voices_by_issue(public: QuerySet[Issue]) -> dict[Any, int]:
    """How many voices stand behind each issue. A concern behind several issues is one voice, with the first of them."""
    issues = dict(public.values_list("number", "pk"))
    joined = IssueConcern.objects.filter(issue__in=public, left_on=None).order_by()
    first = joined.values("concern").annotate(first=Min("issue__number")).values_list("first", flat=True)
    return {issues[number]: voices for number, voices in Counter(first.iterator()).items()}


def answers_first_given(public: QuerySet[Issue], start: date, end: date) -> Iterator[dict[str, Any]]:
    """One row an issue: its first answer, when that was given within these days, and what the village said of it last."""
    before = Answer.objects.filter(issue=OuterRef("issue")).filter(
        Q(given_on__lt=OuterRef("given_on"))
        | Q(given_on=OuterRef("given_on"), position__lt=OuterRef("position"))
        | Q(given_on=OuterRef("given_on"), position=OuterRef("position"), pk__lt=OuterRef("pk"))
    )
    heard = Reading.objects.filter(answer=OuterRef("pk")).order_by("-on", "-pk").values("outcome")[:1]
    found = Answer.objects.filter(issue__in=public, given_on__gte=start, given_on__lt=end).filter(~Exists(before))
    columns = ("issue", "issue__organisation", "issue__raised_on", "committee__kind", "kind", "until", "done_on", "given_on")
    return found.order_by().annotate(heard=Subquery(heard)).values(*columns, "heard").iterator()


def _fate(answer: dict[str, Any]) -> str:
    if answer["kind"] == AnswerKind.CANNOT:
        return "refused"
    if answer["heard"] == Outcome.CONFIRMED:
        return "kept"
    if answer["heard"] == Outcome.CONTESTED or (answer["done_on"] is None and answer["until"] < clock.today()):
        return "broken"
    return "done" if answer["done_on"] else "open"


def _cohort(found: Mapping[tuple[str, str, str, str], list[int]], groups: tuple[str, ...], columns: tuple[str, ...]) -> Cohort:
    nation = _nation()
    wanted = {path for path, *_rest in found} - {nation.path}
    places = Place.objects.current().filter(path__in=wanted).order_by("path")
    parts = tuple(Part(*key, *numbers) for key, numbers in sorted(found.items()))
    return Cohort(_named(nation), tuple(_named(place) for place in places), groups, columns, parts)


def _named(place: Place) -> Named:
    return Named(place.path, place.level, place.name_km, place.name_en)


def _nation() -> Place:
    return Place.objects.get(source=COUNTRIES, code=CAMBODIA, until=None)


def _public(raised_before: date) -> QuerySet[Issue]:
    return Issue.objects.filter(state__in=PUBLIC_STATES, raised_on__lt=raised_before).order_by()


def _area_paths(issues: QuerySet[Issue]) -> dict[Any, str]:
    """Each issue's district; the smallest place around its districts when it has several."""
    found: dict[Any, str] = {}
    for issue, path in IssuePlace.objects.filter(issue__in=issues).values_list("issue", "place__path").iterator():
        district = upper(path, 3)
        found[issue] = common(found[issue], district) if issue in found else district
    return found


def upper(path: str, depth: int) -> str:
    """The first parts of a path: KH/14/1411/141104/ is KH/14/1411/ at depth 3."""
    return "/".join(path.split("/")[:depth]) + "/"


def common(one: str, other: str) -> str:
    """The smallest place that holds both."""
    return max((upper(one, d) for d in _DEPTHS if upper(one, d) == upper(other, d)), key=len)


def _tree(given: Mapping[str, Mapping[str, Outcomes]]) -> Area:
    wanted = {upper(path, d) for path in given for d in _DEPTHS if d <= path.count("/")}
    nation = _nation()
    places = {p.path: p for p in Place.objects.current().filter(path__in=wanted | {nation.path})}

    def area(path: str) -> Area:
        place, own = places[path], given.get(path, {})
        inside = sorted(p for p in places if p.startswith(path) and p.count("/") == path.count("/") + 1)
        inner = tuple(area(p) for p in inside)
        return Area(path, place.level, place.name_km, place.name_en, total(own.values()), inner, own)

    return area(nation.path)
