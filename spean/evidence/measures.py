"""Live counts, for the team's side of the door only: the public door must never import this module."""

from collections import defaultdict
from datetime import date

from django.db.models import Case, Min, QuerySet, Value, When
from django.db.models import CharField as Text

from spean.evidence.disclosure import Area, Outcomes
from spean.places.enums import CAMBODIA, COUNTRIES
from spean.places.models import Place
from spean.voices import queries
from spean.voices.enums import PUBLIC_STATES, IssueState
from spean.voices.models import Issue, IssueConcern, IssuePlace

#: the parts of a path that name the nation, the province and the district
_DEPTHS = (1, 2, 3)
_OUTCOMES = {
    IssueState.COMMITTED: "answered",
    IssueState.DECLINED: "answered",
    IssueState.DONE: "answered",
    IssueState.CONFIRMED: "kept",
}


def voices_of(raised_before: date) -> Area:
    """The nation with the voices behind the issues raised before a day, down to the districts, as things stand now."""
    paths = _area_paths(_public(raised_before))
    cells: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for issue, outcome in _voices(raised_before):
        cells[paths[issue]][outcome] += 1
    own = {path: Outcomes(**found) for path, found in cells.items()}
    return _tree(own)


def _public(raised_before: date) -> QuerySet[Issue]:
    return Issue.objects.filter(state__in=PUBLIC_STATES, raised_on__lt=raised_before)


def _voices(raised_before: date) -> list[tuple[object, str]]:
    """(issue, outcome) of each voice. A concern behind several issues is one voice, with the first of them."""
    outcome = Case(
        When(queries.overdue_filter(), then=Value("overdue")),
        *(When(state=state, then=Value(name)) for state, name in _OUTCOMES.items()),
        default=Value("waiting"),
        output_field=Text(),
    )
    public = _public(raised_before)
    outcomes = dict(public.annotate(outcome=outcome).values_list("number", "outcome"))
    ids = dict(public.values_list("number", "pk"))
    first = IssueConcern.objects.filter(issue__in=public, left_on=None).values("concern").annotate(number=Min("issue__number"))
    return [(ids[row["number"]], outcomes[row["number"]]) for row in first]


def _area_paths(issues: QuerySet[Issue]) -> dict[object, str]:
    """Each issue's district; the smallest place around its districts when it has several."""
    found: dict[object, str] = {}
    for issue, path in IssuePlace.objects.filter(issue__in=issues).values_list("issue", "place__path"):
        district = upper(path, 3)
        found[issue] = common(found[issue], district) if issue in found else district
    return found


def upper(path: str, depth: int) -> str:
    """The first parts of a path: KH/14/1411/141104/ is KH/14/1411/ at depth 3."""
    return "/".join(path.split("/")[:depth]) + "/"


def common(one: str, other: str) -> str:
    """The smallest place that holds both."""
    return max((upper(one, d) for d in _DEPTHS if upper(one, d) == upper(other, d)), key=len)


def _tree(own: dict[str, Outcomes]) -> Area:
    wanted = {upper(path, d) for path in own for d in _DEPTHS if d <= path.count("/")}
    nation = Place.objects.get(source=COUNTRIES, code=CAMBODIA, until=None)
    places = {p.path: p for p in Place.objects.current().filter(path__in=wanted | {nation.path})}

    def area(path: str) -> Area:
        place = places[path]
        inside = sorted(p for p in places if p.startswith(path) and p.count("/") == path.count("/") + 1)
        return Area(path, place.level, place.name_km, place.name_en, own.get(path, Outcomes()), tuple(area(p) for p in inside))

    return area(nation.path)
