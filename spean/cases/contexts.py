"""What each sealed record of a case is bound to. The case is the subject of all of them: one key, one erasure."""

from uuid import UUID

from spean.cases.models import Case
from spean.privacy.sealing import Context


def _context(case: Case, record: UUID, cls: str) -> Context:
    return Context(org=case.org_id, subject=case.id, record=record, cls=cls)


def person_context(case: Case) -> Context:
    """Of who the person is, and how it is safe to reach them."""
    return _context(case, case.id, "case.person")


def screening_context(case: Case, screening: UUID) -> Context:
    """Of the answers of a screening."""
    return _context(case, screening, "case.screening")


def note_context(case: Case, note: UUID) -> Context:
    """Of a note."""
    return _context(case, note, "case.note")


def task_context(case: Case, task: UUID) -> Context:
    """Of the words of a task."""
    return _context(case, task, "case.task")


def consent_context(case: Case, consent: UUID) -> Context:
    """Of a consent's words and witness."""
    return _context(case, consent, "case.consent")


def identification_context(case: Case, identification: UUID) -> Context:
    """Of the number and the words of an authority's paper."""
    return _context(case, identification, "case.identification")


def document_context(case: Case, document: UUID) -> Context:
    """Of who keeps a document, and where."""
    return _context(case, document, "case.document")


def demand_context(case: Case, demand: UUID) -> Context:
    """Of the words with which a document was asked back."""
    return _context(case, demand, "case.demand")


def money_context(case: Case, money: UUID) -> Context:
    """Of the words of a matter of money."""
    return _context(case, money, "case.money")


def amount_context(case: Case, amount: UUID) -> Context:
    """Of how much an amount is."""
    return _context(case, amount, "case.amount")
