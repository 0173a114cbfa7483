"""The words of an entry or a recruiter as lines to read, each with what it was before: the second person sees what changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from spean.directory.drafts import Kept
from spean.directory.enums import Day, Fee, Hours, Language, Need, Paper, RecruiterKind
from spean.places import queries as places
from spean.surfaces.desk.entry_forms import EntryForm, country_names

BOOKS: dict[str, Any] = {
    "needs": Need, "languages": Language, "papers": Paper, "days": Day, "fee": Fee, "hours": Hours,
    "kind": RecruiterKind,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One field in words; `before` is what everybody reads now, where that is something else."""

    label: str
    text: str
    changed: bool = False
    before: str = ""


class Words:
    """Names of places are looked up once for a page."""

    def __init__(self, drafts: Iterable[Kept], form: type[forms.Form] = EntryForm) -> None:
        codes = {code for draft in drafts for code in (*getattr(draft, "areas", ()), getattr(draft, "place", "")) if code}
        self.form = form
        self.names = {place.code: place.label for place in places.with_codes(codes)}
        self.countries = country_names()

    def lines(self, draft: Kept, before: Kept | None = None) -> list[Line]:
        """All that is said; with `before`, what is changed is marked, also what was taken away."""
        found = []
        for name, label in self._labels():
            text, was = self._text(name, draft), self._text(name, before) if before else ""
            changed = before is not None and text != was
            if text or changed:
                found.append(Line(str(label), text, changed, was))
        return found

    def _labels(self) -> list[tuple[str, Any]]:
        labels = [(name, field.label) for name, field in self.form.base_fields.items() if name != "sent_id"]
        at = [name for name, _label in labels].index("address_km")
        return [*labels[:at], ("place", _("Place")), *labels[at:]]

    def _text(self, name: str, draft: Kept) -> str:
        value = getattr(draft, name)
        if name in {"areas", "place"}:
            return ", ".join(self.names.get(code, code) for code in ([value] if isinstance(value, str) else value) if code)
        if name in {"country", "countries"}:
            return ", ".join(str(self.countries.get(code, code)) for code in ([value] if isinstance(value, str) else value))
        if name in BOOKS:
            codes = [value] if isinstance(value, str) else value
            return ", ".join(str(BOOKS[name](code).label) for code in codes)
        if isinstance(value, tuple):
            return "\n".join(value) if name in {"aliases", "branches"} else ", ".join(value)
        if isinstance(value, bool):
            return _("Yes") if value else ""
        return "" if value is None else str(value)
