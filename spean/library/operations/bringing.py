"""A sheet of facts: first looked at, then each changed row becomes a proposal that another person publishes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from django.db import transaction

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel.errors import NotAllowed
from spean.library import sheet
from spean.library.enums import VersionState
from spean.library.models import Fact, FactVersion
from spean.library.operations import facts
from spean.library.operations.facts import Said, said_of

NEW, CHANGED, SAME, FAULTY = "new", "changed", "same", "faulty"


@dataclass(frozen=True)
class Row[R]:
    """One row of a sheet of facts or texts and what becomes of it; `changes` are (column, before, after)."""

    read: R
    verdict: str
    name: tuple[str, str]
    changes: tuple[tuple[str, str, str], ...] = ()
    fact: UUID | None = None


def look(actor: Actor, rows: Sequence[sheet.Row]) -> list[Row[sheet.Read]]:
    """What would become of each row; nothing is written. 2 queries."""
    if not access.may(actor, "fact.write"):
        raise NotAllowed
    known = {fact.key: fact for fact in access.visible(actor, "fact.see", Fact.objects.all())}
    subjects = {key: fact.subject for key, fact in known.items()}
    waiting = {v.fact_id: said_of(v) for v in FactVersion.objects.filter(state=VersionState.WAITING)}
    return [_row(read, known.get(read.key), waiting) for read in sheet.read(rows, subjects)]


def _row(read: sheet.Read, fact: Fact | None, waiting: dict[UUID, Said]) -> Row[sheet.Read]:
    """A row that says what is shown, or what waits already, changes nothing."""
    if read.said is None:
        return Row(read, FAULTY, (read.key, read.key))
    name = (read.said.name_km, read.said.name_en)
    if fact is None:
        return Row(read, NEW, name)
    before, after = asdict(said_of(fact)), asdict(read.said)
    if before == after or waiting.get(fact.pk) == read.said:
        return Row(read, SAME, name, fact=fact.pk)
    differ = tuple(
        (column, str(before[column] or ""), str(after[column] or "")) for column in after if before[column] != after[column]
    )
    return Row(read, CHANGED, name, differ, fact.pk)


@transaction.atomic
def bring_in(actor: Actor, rows: Sequence[sheet.Row]) -> Counter[str]:
    """Write what is good: new facts, and proposals. The same sheet again does nothing."""
    done: Counter[str] = Counter()
    for row in look(actor, rows):
        done[row.verdict] += 1
        if row.read.said is None:
            continue
        if row.verdict == NEW:
            facts.write(actor, row.read.key, row.read.subject, row.read.said, uuid4())
        elif row.verdict == CHANGED and row.fact:
            facts.propose(actor, row.fact, row.read.said, uuid4())
    return done
