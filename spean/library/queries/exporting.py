"""What goes out: the public texts and the facts that stand, for files; all facts, and all texts, as rows of a sheet."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.claims import ClaimState
from spean.library import sheet, text_sheet, texts
from spean.library.enums import PageKind, VersionState
from spean.library.models import Fact, Text, TextVersion
from spean.library.operations.facts import said_of
from spean.library.operations.texts import first_of
from spean.library.queries.texts import fact_names
from spean.library.seeds import Seeds


def public() -> Seeds:
    """As `seeds.read` gives it. Drafts, and withdrawn facts that no text names, stay here. 2 queries."""
    pages: dict[str, dict[str, texts.Body]] = {kind: {} for kind in PageKind.values}
    shown = TextVersion.objects.filter(state=VersionState.PUBLISHED).select_related("text")
    for version in shown.order_by("text__kind", "text__slug"):
        pages[version.text.kind][version.text.slug] = version.body
    named = {key for kind, found in pages.items() for body in found.values() for key in texts.keys_of(kind, body)}
    above = {s for kind, found in pages.items() for body in found.values() for s in texts.subjects_of(kind, body, {})}
    facts = {
        fact.key: (fact.subject, said_of(fact))
        for fact in Fact.objects.order_by("key")
        if fact.state != ClaimState.WITHDRAWN or fact.key in named or fact.subject in above
    }
    return Seeds(facts, pages)


def fact_rows(actor: Actor) -> list[list[str]]:
    """The headings, then one row for each fact that this reader may see."""
    found = access.visible(actor, "fact.see", Fact.objects.order_by("key"))
    return [list(sheet.COLUMNS), *(sheet.cells(fact.key, fact.subject, said_of(fact), fact.state) for fact in found)]


@dataclass(frozen=True)
class Base:
    """A text with what its next draft would begin with, and the (number, writer) of its versions, the latest first."""

    text: Text
    body: texts.Body
    written: tuple[tuple[int, Any], ...]


def text_rows(actor: Actor) -> list[list[str]]:
    """The headings, then one row for each part of each text as its next draft would begin. 4 queries."""
    names = fact_names().labels
    made = [list(text_sheet.COLUMNS)]
    for base in bases(actor):
        made += text_sheet.rows_of(base.text.kind, base.text.slug, base.body, base.written[0][0], names)
    return made


def bases(actor: Actor) -> list[Base]:
    """Of every text that this person may change. 3 queries."""
    visible = list(access.visible(actor, "text.change", Text.objects.order_by("-kind", "slug")))
    versions: dict[Any, list[TextVersion]] = defaultdict(list)
    for version in TextVersion.objects.filter(text__in=visible).order_by("-number").defer("body"):
        versions[version.text_id].append(version)
    first = {text.pk: first_of(versions[text.pk]).pk for text in visible}
    bodies = dict(TextVersion.objects.filter(pk__in=first.values()).values_list("pk", "body"))
    written = {pk: tuple((one.number, one.written_by_id) for one in several) for pk, several in versions.items()}
    return [Base(text, bodies[first[text.pk]], written[text.pk]) for text in visible]
