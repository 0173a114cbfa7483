"""What the search among cases shows: counted facts of those that were found, and the places that can be chosen."""

from collections.abc import Sequence
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases.models import Case
from spean.cases.operations.doubles import Alike
from spean.cases.queries.cases import CaseRow, case_row
from spean.kernel import clock
from spean.voices.queries.finding import places_of


def case_rows(actor: Actor, found: Sequence[UUID]) -> tuple[CaseRow, ...]:
    """The counted facts of these cases, in this order; of those that the actor may see. One query."""
    today = clock.today()
    cases = access.visible(actor, "case.see", Case.objects.select_related("place", "assigned_to"))
    rows = {c.id: case_row(c, today) for c in cases.filter(pk__in=found)}
    return tuple(rows[pk] for pk in found if pk in rows)


def search_places(actor: Actor) -> list[tuple[str, str]]:
    """(path, name) of the provinces and districts of the cases that the actor may search."""
    return places_of(access.visible(actor, "case.search", Case.objects.all()))


def alike_rows(actor: Actor, found: Sequence[Alike]) -> tuple[tuple[CaseRow, bool], ...]:
    """The counted facts of cases that may be of the same person, and whether it is by the same telephone number. One query."""
    by_number = {alike.case: alike.by_number for alike in found}
    return tuple((row, by_number[row.id]) for row in case_rows(actor, list(by_number)))
