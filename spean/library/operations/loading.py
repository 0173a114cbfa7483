"""The files of `data/` into the tables. Twice is once; what a person has touched is left as it is."""

from collections import Counter
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.library import mediafiles, texts
from spean.library.enums import PageKind, TextState, VersionState
from spean.library.models import Fact, FactVersion, Text, TextVersion
from spean.library.operations import placing
from spean.library.operations.facts import Said, said_of
from spean.library.operations.media import note
from spean.library.operations.texts import name_after
from spean.library.seeds import DATA, Seeds, bytes_of, read


@transaction.atomic
def load(folder: Path = DATA) -> Counter[str]:
    """Facts as nobody has checked them, pages with their order. Returns how many were new, renewed, kept, and taken away.

    No trail has an entry of it: what the files say belongs to no organisation, and each version names no writer.
    """
    seeds = read(folder)
    for name in seeds.media():
        note(bytes_of(folder, name), mediafiles.mime_of(name))
    tally: Counter[str] = Counter({"new": 0, "renewed": 0, "kept": 0})
    known = {fact.key: fact for fact in Fact.objects.select_for_update()}
    people = set(FactVersion.objects.exclude(written_by=None).values_list("fact_id", flat=True))
    for key, (subject, said) in seeds.facts.items():
        tally[_fact(known.get(key), key, subject, said, people)] += 1
    _pages(seeds, placing.subjects_by_key())
    tally["ways"], tally["questions"] = (len(seeds.pages[kind]) for kind in (PageKind.WAY, PageKind.LAW))
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


def _pages(seeds: Seeds, subject_of: dict[str, str]) -> None:
    """The pages as the files say; what is no longer in them goes. What a person wrote or withdrew is left as it is."""
    known = {(text.kind, text.slug): text for text in Text.objects.select_for_update()}
    said = {(kind, slug): body for kind, pages in seeds.pages.items() for slug, body in pages.items()}
    for (kind, slug), body in said.items():
        text = known.get((kind, slug)) or Text(kind=kind, slug=slug, state=TextState.PUBLISHED)
        if not text.by_people:
            _text(text, body)
            placing.place(kind, slug, body, subject_of)
    for at, text in known.items():
        if at not in said and not text.by_people:
            placing.take_away(*at)
            text.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.REPLACED)
            text.state = TextState.WITHDRAWN
            text.save(update_fields=["state"])


def _text(text: Text, body: texts.Body) -> None:
    """Its version, when the files say something new. Nobody here wrote it, nobody decided it."""
    shown = text.versions.filter(state=VersionState.PUBLISHED).first() if not text._state.adding else None  # noqa: SLF001
    if shown is not None and shown.body == body:
        return
    name_after(text, body)
    text.state = TextState.PUBLISHED
    text.save()
    if shown is not None:
        shown.state = VersionState.REPLACED
        shown.save(update_fields=["state"])
    number = (text.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    made = sha256(f"seed {text.kind} {text.slug} {number}".encode()).hexdigest()
    TextVersion.objects.create(
        text=text, number=number, state=VersionState.PUBLISHED, body=body, written_on=clock.today(), sent_hash=made
    )
