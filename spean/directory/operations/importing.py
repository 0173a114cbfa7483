"""A list of services from elsewhere, in HSDS: first looked at, then brought in as entries that nobody has checked."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory import hsds
from spean.directory.drafts import Draft
from spean.directory.models import Entry, Version
from spean.directory.operations import writing
from spean.kernel.errors import Invalid, NotAllowed
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
        yield _row(number, own, draft)


def _row(number: int, own: str, draft: Draft) -> Row:
    key = f"hsds:{own}"[:80]
    known = Entry.objects.filter(key=key).first()
    if known is None and _is_ours(own):
        return Row(number, draft.name_en, SAME)
    try:
        writing.may_be_kept(draft)
    except Invalid as refused:
        return Row(number, draft.name_en, FAULTY, tuple(refused.fields.values()))
    if known is None:
        return Row(number, draft.name_en, NEW, key=key, draft=draft)
    same = Version.objects.filter(entry=known, body=draft.body()).exists()
    return Row(number, draft.name_en, SAME if same else CHANGED, key=key, entry=known.id, draft=draft)


def _is_ours(own: str) -> bool:
    """Whether it went out from here."""
    try:
        return Entry.objects.filter(pk=UUID(own)).exists()
    except ValueError:
        return False
