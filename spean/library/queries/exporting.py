"""What goes out: the public texts and the facts that stand, for files; and all facts as rows of a sheet."""

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.claims import ClaimState
from spean.library import sheet, texts
from spean.library.enums import PageKind, VersionState
from spean.library.models import Fact, TextVersion
from spean.library.operations.facts import said_of
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
