"""A sheet of texts: first looked at, then each changed text becomes a draft, which somebody sends to a second person."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import NotAllowed
from spean.library import sheet, text_sheet, texts
from spean.library.models import Text
from spean.library.operations import bringing, placing
from spean.library.operations import texts as operations
from spean.library.operations.bringing import CHANGED, FAULTY, SAME
from spean.library.queries.exporting import Base, bases
from spean.library.queries.texts import fact_names

OVERTAKEN = _("Somebody else changed this text after the sheet was taken. Take the sheet anew and write your change into it.")


type Row = bringing.Row[text_sheet.Read]


@dataclass(frozen=True)
class _Known:
    """A text with its parts by their keys: what their reasons are called by, Khmer, English."""

    base: Base
    parts: dict[str, tuple[str, str, str]]

    def is_overtaken(self, actor: Actor, version: int) -> bool:
        """Whether somebody else wrote a version after this one, or there never was such a one."""
        return version not in dict(self.base.written) or any(
            number > version and writer != actor.id for number, writer in self.base.written
        )


def look(actor: Actor, rows: Sequence[sheet.Row]) -> list[Row]:
    """What would become of each row; nothing is written. 5 queries, however many rows."""
    return _looked(actor, rows)[0]


@transaction.atomic
def bring_in(actor: Actor, rows: Sequence[sheet.Row]) -> Counter[str]:
    """A draft for each text that has good rows. The same sheet again does nothing. Counts rows, and texts under `texts`."""
    found, changed = _looked(actor, rows)
    for text, body in changed:
        operations.write(actor, text.id, body, uuid4())
    return Counter(row.verdict for row in found) + Counter({"texts": len(changed)})


def _looked(actor: Actor, rows: Sequence[sheet.Row]) -> tuple[list[Row], list[tuple[Text, texts.Body]]]:
    if not access.may(actor, "text.write"):
        raise NotAllowed
    labels = fact_names().labels
    read = text_sheet.read(rows, labels)
    known, subject_of = _known(actor), placing.subjects_by_key()
    at = sheet.columns_of(rows, text_sheet.COLUMNS, text_sheet.COLUMNS)
    found = {one.number: _row(actor, one, known.get(one.text), at, labels) for one in read}
    changed = []
    for name, several in _by_text(found.values()).items():
        body, refused = _written(known[name], several, subject_of, at)
        found |= {row.read.number: row for row in refused}
        if len(refused) < len(several):
            changed.append((known[name].base.text, body))
    return list(found.values()), changed


def _known(actor: Actor) -> dict[str, _Known]:
    """The texts that this person may change, by way.malaysia. 3 queries."""
    made = {}
    for base in bases(actor):
        kind, slug = base.text.kind, base.text.slug
        parts = {key: (name, km, en) for key, name, km, en in text_sheet.parts_of(kind, slug, base.body)}
        made[f"{kind}.{slug}"] = _Known(base, parts)
    return made


def _row(actor: Actor, read: text_sheet.Read, known: _Known | None, at: Mapping[str, int], labels: Any) -> Row:
    """A row that says what stands there already changes nothing."""
    if known is None or read.key not in known.parts:
        return _faulty(read, (read.key, read.key), sheet.Fault(sheet.address_of(at, "key", read.number), text_sheet.UNKNOWN))
    name = (known.base.text.title_km, known.base.text.title_en)
    if read.faults:
        return bringing.Row(read, FAULTY, name)
    _name, km, en = known.parts[read.key]
    if (km, en) == (read.km, read.en):
        return bringing.Row(read, SAME, name)
    if known.is_overtaken(actor, read.version):
        return _faulty(read, name, sheet.Fault(sheet.address_of(at, "version", read.number), OVERTAKEN))
    both = (("km", km, read.km), ("en", en, read.en))
    differ = tuple((code, labels[code].shown(old), labels[code].shown(new)) for code, old, new in both if old != new)
    return bringing.Row(read, CHANGED, name, differ)


def _faulty(read: text_sheet.Read, name: tuple[str, str], *faults: sheet.Fault) -> Row:
    return bringing.Row(replace(read, faults=(*read.faults, *faults)), FAULTY, name)


def _by_text(rows: Any) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.verdict == CHANGED:
            found[row.read.text].append(row)
    return found


def _written(
    known: _Known, rows: list[Row], subject_of: Mapping[str, str], at: Mapping[str, int]
) -> tuple[texts.Body, list[Row]]:
    """The text with its good rows in it, and the rows that cannot be kept."""
    kind, refused = known.base.text.kind, []
    wrong = texts.faults(kind, _with(known, rows), subject_of)
    for row in rows:
        name = known.parts[row.read.key][0]
        reasons = [(code, wrong[f"{name}_{code}"]) for code in texts.LANGUAGES if f"{name}_{code}" in wrong]
        if reasons:
            faults = (sheet.Fault(sheet.address_of(at, code, row.read.number), reason) for code, reason in reasons)
            refused.append(_faulty(row.read, row.name, *faults))
    gone = {row.read.number for row in refused}
    return _with(known, [row for row in rows if row.read.number not in gone]), refused


def _with(known: _Known, rows: list[Row]) -> texts.Body:
    body = deepcopy(known.base.body)
    for row in rows:
        text_sheet.put(body, row.read.key, row.read.km, row.read.en)
    return texts.normal(known.base.text.kind, body)
