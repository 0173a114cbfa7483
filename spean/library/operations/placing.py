"""A text into the tables that the public pages read, or out of them; and which subjects its page tells of."""

from typing import Any

from spean.library import media, texts
from spean.library.enums import PageKind
from spean.library.models import Fact, FactUse, FileUse, LawQuestion, Step, Way


def subjects_by_key() -> dict[str, str]:
    """The subject of every fact. One query."""
    return dict(Fact.objects.values_list("key", "subject"))


def place(kind: str, slug: str, body: texts.Body, subject_of: dict[str, str]) -> None:
    """From now on the page of this text says this."""
    if kind == PageKind.WAY:
        rest = {name: value for name, value in body.items() if name != "steps"}
        way, _made = Way.objects.update_or_create(slug=slug, defaults={"media": {}, **rest})
        way.steps.all().delete()
        Step.objects.bulk_create(steps_of(body, way))
    else:
        LawQuestion.objects.update_or_create(slug=slug, defaults={"media": {}, **body})
    _forget_uses(kind, slug)
    subjects = texts.subjects_of(kind, body, subject_of)
    FactUse.objects.bulk_create(FactUse(subject=s, page_kind=kind, page_slug=slug) for s in subjects)
    files = media.names_in(part for _begin, part, _pairs in texts.parts(kind, body))
    FileUse.objects.bulk_create(FileUse(file_id=name, page_kind=kind, page_slug=slug) for name in files)


def steps_of(body: texts.Body, way: Way | None = None) -> list[Step]:
    """The rows of its steps, in their order."""
    return [Step(way=way, position=n, **step) for n, step in enumerate(body["steps"], 1)]


def take_away(kind: str, slug: str) -> None:
    """No page shows it any more."""
    model: Any = Way if kind == PageKind.WAY else LawQuestion
    model.objects.filter(slug=slug).delete()
    _forget_uses(kind, slug)


def _forget_uses(kind: str, slug: str) -> None:
    for uses in (FactUse, FileUse):
        uses.objects.filter(page_kind=kind, page_slug=slug).delete()
