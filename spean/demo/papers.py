"""Letters and receipts in the demo: a province asked without a name, a complaint handed over, a receipt to be signed."""

from collections.abc import Callable
from uuid import UUID

from spean.accounts.access import Actor
from spean.cases.models import CaseLetter
from spean.cases.operations import documents, letters
from spean.kernel import clock
from spean.voices.operations.intake import sent_hash

CAPTAIN = "តៃកុងសំណាងសាកល្បង"


def write(actor: Actor, pk: UUID, chosen: letters.Chosen, sent_id: UUID, *, handed: bool = False, way: str = "") -> None:
    """A paper with the words of its template; and somebody has it. Twice is once."""
    if CaseLetter.objects.filter(sent_hash=sent_hash(sent_id)).exists():
        return
    draft = letters.begin(actor, pk, chosen)
    kept = letters.write(actor, pk, letters.Chosen(chosen.kind, chosen.row, draft.by), draft.text, sent_id)
    if handed:
        letters.hand(actor, pk, kept, clock.today(), way)


def of_the_same_captain(actor: Actor, pk: UUID, made: Callable[[str], UUID]) -> None:
    """Another person's permit, with the captain of the first: the page says so."""
    documents.take(actor, pk, documents.Taken("work_permit", "captain", country="TH"), documents.Words(CAPTAIN), made("permit"))


def of_a_passport(actor: Actor, pk: UUID, document: UUID, made: Callable[[str], UUID]) -> None:
    """Of a passport that a captain keeps."""
    by_number = letters.Chosen("province", document, "number")
    write(actor, pk, by_number, made("letter.province"), handed=True, way="letter")
    write(actor, pk, letters.Chosen("receipt", document, "name"), made("letter.receipt"))
