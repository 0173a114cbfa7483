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


def assessment_context(case: Case, assessment: UUID) -> Context:
    """Of the answers to what a person needs."""
    return _context(case, assessment, "case.assessment")


def wish_context(case: Case, plan: UUID) -> Context:
    """Of what the person wishes."""
    return _context(case, plan, "case.wish")


def returned_context(case: Case, plan: UUID) -> Context:
    """Of why a plan was returned."""
    return _context(case, plan, "case.returned")


def goal_context(case: Case, goal: UUID) -> Context:
    """Of the words of a goal."""
    return _context(case, goal, "case.goal")


def version_context(case: Case, version: UUID) -> Context:
    """Of a plan as it was approved."""
    return _context(case, version, "case.plan_version")
