"""A list of services from elsewhere, in HSDS: first looked at, then brought in as entries that nobody has checked."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory import hsds
from spean.directory.drafts import Draft, judge
from spean.directory.models import Entry, Version
from spean.directory.operations import writing
from spean.directory.operations.projecting import known_places, places
from spean.kernel.errors import Invalid, NotAllowed
from spean.places.models import Place
from spean.privacy import audit

MOST_BYTES = 1_000_000
MOST_ROWS = 500
DEEPEST = 60
NEW, CHANGED, SAME, FAULTY = "new", "changed", "same", "faulty"


@dataclass(frozen=True)
class Row:
    """One service of a list and what becomes of it."""

    number: int
    name: str
    verdict: str
    reasons: tuple[Any, ...] = ()
    key: str = field(default="", compare=False)
    entry: UUID | None = None
    draft: Draft | None = None


def look(actor: Actor, text: str, source: str) -> list[Row]:
    """What would become of each service; nothing is written."""
    if not access.may(actor, "entry.write"):
        raise NotAllowed
    return list(_rows(_services(text), source))


@transaction.atomic
def bring_in(actor: Actor, text: str, source: str) -> Counter[str]:
    """Write what is good: new entries, and changes of those that came before. The same list again does nothing."""
    done: Counter[str] = Counter()
    for row in look(actor, text, source):
        done[row.verdict] += 1
        if row.verdict == NEW and row.draft:
            entry = writing.begin(row.key, row.draft, actor.id)
            audit.record(actor, "entry.write", entry, org=access.editor_org(actor), reason="hsds")
        elif row.verdict == CHANGED and row.draft and row.entry:
            writing.propose(actor, row.entry, row.draft)
    return done


def _services(text: str) -> list[Any]:
    """The services of a page, of a list, or the only one."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise Invalid({"sheet": _("This file is too large. Divide it into parts of at most 1 MB.")})
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid({"sheet": _("This is no JSON that we can read.")}) from None
    if isinstance(said, dict):
        said = said.get("contents", said.get("services", [said]))
    if not isinstance(said, list) or not said:
        raise Invalid({"sheet": _("There are no services in this file.")})
    if len(said) > MOST_ROWS:
        raise Invalid({"sheet": _("There are more than 500 services in this file. Divide it.")})
    return said


def _rows(services: list[Any], source: str) -> Iterator[Row]:
    """What becomes of each. Asked of the database at once for all, so that 500 cost as many queries as one."""
    read = list(_read(services, source))
    here = _Here.of([one for one in read if not isinstance(one, Row)])
    for one in read:
        yield one if isinstance(one, Row) else _row(one, here)


class _Said(NamedTuple):
    """One service that could be read."""

    number: int
    own: str
    draft: Draft

    @property
    def key(self) -> str:
        """Under which it is kept here."""
        return f"hsds:{self.own}"[:80]


def _read(services: list[Any], source: str) -> Iterator[Row | _Said]:
    seen: set[str] = set()
    for number, said in enumerate(services, 1):
        try:
            own, draft = hsds.read(said, source)
        except hsds.Unreadable:
            yield Row(number, "", FAULTY, (_("This is no service: it has no id or no name."),))
            continue
        if own in seen:
            yield Row(number, draft.name_en, FAULTY, (_("The same id stands in this file twice."),))
            continue
        seen.add(own)
        yield _Said(number, own, draft)


@dataclass(frozen=True)
class _Here:
    """What is here of a list already: entries by their key, those that went out from here, versions, and the places."""

    entries: dict[str, UUID]
    ours: frozenset[UUID]
    bodies: dict[UUID, list[Any]]
    places: dict[str, Place]

    @classmethod
    def of(cls, said: list[_Said]) -> Self:
        entries = dict(Entry.objects.filter(key__in=[one.key for one in said]).values_list("key", "pk"))
        own = [pk for one in said if (pk := _as_id(one.own))]
        bodies: dict[UUID, list[Any]] = {}
        for pk, body in Version.objects.filter(entry__in=entries.values()).values_list("entry", "body"):
            bodies.setdefault(pk, []).append(body)
        ours = frozenset(Entry.objects.filter(pk__in=own).values_list("pk", flat=True))
        return cls(entries, ours, bodies, known_places(code for one in said for code in writing.codes(one.draft)))


def _row(said: _Said, here: _Here) -> Row:
    number, name, known = said.number, said.draft.name_en, here.entries.get(said.key)
    if known is None and _as_id(said.own) in here.ours:
        return Row(number, name, SAME)
    try:
        judge(said.draft)
        places(writing.codes(said.draft), here.places)
    except Invalid as refused:
        return Row(number, name, FAULTY, tuple(refused.fields.values()))
    if known is None:
        return Row(number, name, NEW, key=said.key, draft=said.draft)
    same = said.draft.body() in here.bodies.get(known, [])
    return Row(number, name, SAME if same else CHANGED, key=said.key, entry=known, draft=said.draft)


def _as_id(own: str) -> UUID | None:
    """The id, if it can be one of ours."""
    try:
        return UUID(own)
    except ValueError:
        return None
