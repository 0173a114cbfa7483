"""The search index of issues: their public-safe words in both languages, what they are about, and their places."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import override

from spean.kernel.finding import Doc, Index
from spean.kernel.words import words
from spean.places import spelling
from spean.places.models import Place
from spean.voices import enums
from spean.voices.models import Issue

LANGUAGES = ("km", "en")
ISSUES = Index("voices_issue_search")
_PLACES = "places__place__parent__parent__parent"


def keep(issue: Issue) -> None:
    """Keep the words of an issue as they are now; inside the operation that changes them."""
    prefetch_related_objects([issue], _PLACES)
    ISSUES.put(doc_of(issue))


def mend(*, anew: bool = False) -> tuple[int, int]:
    """Make the index what the table is: (rows written, rows forgotten)."""
    numbers = list(Issue.objects.order_by("number").values_list("number", flat=True))
    return ISSUES.mend(numbers, _docs, anew=anew)


def _docs(numbers: Sequence[int]) -> Iterator[Doc]:
    found = Issue.objects.select_for_update(of=("self",)).prefetch_related(_PLACES)
    return (doc_of(row) for row in found.filter(number__in=numbers))


def doc_of(issue: Issue) -> Doc:
    """An issue as it is kept."""
    places = [place for joined in issue.places.all() for place in _with_holders(joined.place)]
    return Doc(
        number=issue.number,
        title=f"{issue.title_km}\n{issue.title_en}",
        body=f"{issue.summary_km}\n{issue.summary_en}",
        tokens=facts(issue.kind, places),
    )


def facts(kind: str, places: Iterable[Place]) -> tuple[str, ...]:
    """What an issue is found by besides its text: the name of its kind, and its places in every spelling."""
    found: list[str] = []
    for language in LANGUAGES:
        with override(language):
            found += words(str(enums.Kind(kind).label))
    for place in places:
        found += [*words(place.name_km), *words(place.name_en), *spelling.name_tokens(place.name_km, place.name_en)]
        for language in LANGUAGES:
            with override(language):
                found += words(place.get_level_display())
    return tuple(dict.fromkeys(found))


def _with_holders(place: Place) -> Iterator[Place]:
    """The place, and what it lies in up to the province."""
    at: Place | None = place
    while at is not None and at.level != "country":
        yield at
        at = at.parent
