"""The search index of good practices: the words of the version that the network reads, in Khmer and English; nothing else."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F

from spean.kernel.finding import Doc, Index
from spean.network.models import GoodPractice, PracticeVersion
from spean.network.practice_enums import READ

PRACTICES = Index("network_practice_search")
TITLES = ("title_km", "title_en")
WORDS = ("about_km", "about_en", "did_km", "did_en", "result_km", "result_en", "why_km", "why_en")


def keep(practice: GoodPractice, body: dict[str, Any]) -> None:
    """Keep its words as they are read now; in the transaction that publishes them."""
    PRACTICES.put(_doc(practice.number, body))


def forget(practice: GoodPractice) -> None:
    """It is not found any more; in the transaction that withdraws it."""
    PRACTICES.remove(practice.number)


def mend(*, anew: bool = False) -> tuple[int, int]:
    """Make the index what the tables are: (rows written, rows forgotten)."""
    read = GoodPractice.objects.filter(state__in=READ).order_by("number")
    return PRACTICES.mend(list(read.values_list("number", flat=True)), _docs, anew=anew)


def _docs(numbers: Sequence[int]) -> Iterator[Doc]:
    found = PracticeVersion.objects.filter(number=F("practice__shown"), practice__number__in=numbers)
    for version in found.select_related("practice").select_for_update(of=("self",)):
        yield _doc(version.practice.number, version.body)


def _doc(number: int, body: dict[str, Any]) -> Doc:
    return Doc(number=number, title="\n".join(body[n] for n in TITLES), body="\n".join(body[n] for n in WORDS))
