"""The files of `data/` into the tables. Twice is once; a fact that a person has touched is left as it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.library.enums import PageKind, VersionState
from spean.library.models import Fact, FactUse, FactVersion, LawQuestion, Step, Way
from spean.library.operations.facts import Said, said_of
from spean.library.seeds import DATA, Seeds, read


@transaction.atomic
def load(folder: Path = DATA) -> Counter[str]:
    """Facts as nobody has checked them, pages with their order. Returns how many were new, renewed, kept, and taken away.

    No trail has an entry of it: what the files say belongs to no organisation, and each version names no writer.
    """
    seeds = read(folder)
    tally: Counter[str] = Counter({"new": 0, "renewed": 0, "kept": 0})
    known = {fact.key: fact for fact in Fact.objects.select_for_update()}
    people = set(FactVersion.objects.exclude(written_by=None).values_list("fact_id", flat=True))
    for key, (subject, said) in seeds.facts.items():
        tally[_fact(known.get(key), key, subject, said, people)] += 1
    _pages(seeds)
    tally["ways"], tally["questions"] = len(seeds.ways), len(seeds.questions)
    return tally


def _fact(fact: Fact | None, key: str, subject: str, said: Said, people: set[Any]) -> str:
    if fact is None:
        fact = Fact.objects.create(key=key, subject=subject, waiting=True, **asdict(said))
        _version(fact, 1, said)
        return "new"
    untouched = fact.pk not in people and fact.state == ClaimState.UNVERIFIED and fact.waiting
    if said_of(fact) == said or not untouched:
        return "kept"
    number = fact.versions.count()
    fact.versions.filter(state=VersionState.WAITING).update(state=VersionState.REPLACED, decided_on=clock.today())
    for name, value in {**asdict(said), "subject": subject}.items():
        setattr(fact, name, value)
    fact.save()
    _version(fact, number + 1, said)
    return "renewed"


def _version(fact: Fact, number: int, said: Said) -> None:
    made = sha256(f"seed {fact.key} {number}".encode()).hexdigest()
    FactVersion.objects.create(fact=fact, number=number, written_on=clock.today(), sent_hash=made, **asdict(said))


def _pages(seeds: Seeds) -> None:
    """The pages as the files say; what is no longer in them goes."""
    Way.objects.exclude(slug__in=[way["slug"] for way in seeds.ways]).delete()
    LawQuestion.objects.exclude(slug__in=[q["slug"] for q in seeds.questions]).delete()
    for way in seeds.ways:
        _way(way)
    for question in seeds.questions:
        rest = {name: value for name, value in question.items() if name != "slug"}
        LawQuestion.objects.update_or_create(slug=question["slug"], defaults=rest)
    FactUse.objects.all().delete()
    kinds = ((PageKind.WAY, seeds.ways), (PageKind.LAW, seeds.questions))
    FactUse.objects.bulk_create(
        FactUse(subject=subject, page_kind=kind, page_slug=page["slug"])
        for kind, pages in kinds
        for page in pages
        for subject in seeds.subjects_of(page)
    )


def _way(given: Mapping[str, Any]) -> None:
    rest = {name: value for name, value in given.items() if name not in {"slug", "steps"}}
    way, _made = Way.objects.update_or_create(slug=given["slug"], defaults=rest)
    way.steps.all().delete()
    Step.objects.bulk_create(Step(way=way, position=n, **step) for n, step in enumerate(given["steps"], 1))
