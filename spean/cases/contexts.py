"""What each sealed record of a case is bound to. The case is the subject of all that stays: one key, one erasure.

A packet and a reply, which go to another desk or come from there, each have a subject of their own; so have a card of a visit
and what was said of it.
"""

from uuid import UUID

from spean.cases.models import Case, Referral, Reply, Visit
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


def file_contexts(case: Case, file: UUID) -> tuple[Context, Context]:
    """Of what is said of a file, and of its bytes."""
    return _context(case, file, "case.file"), _context(case, file, "case.file.body")


def conference_context(case: Case, conference: UUID) -> Context:
    """Of who sat together and what they decided."""
    return _context(case, conference, "case.conference")


def way_context(case: Case, way: UUID) -> Context:
    """Of where somebody comes home to."""
    return _context(case, way, "case.way")


def way_step_context(case: Case, step: UUID) -> Context:
    """Of the words of a step of a way home."""
    return _context(case, step, "case.way_step")


def identification_context(case: Case, identification: UUID) -> Context:
    """Of the number and the words of an authority's paper."""
    return _context(case, identification, "case.identification")


def referral_context(case: Case, referral: UUID) -> Context:
    """Of what the person needs, as it was written for a referral."""
    return _context(case, referral, "case.referral")


def packet_context(referral: Referral) -> Context:
    """Of a packet: bound to who sends it, under a key of its own."""
    return Context(org=referral.case.org_id, subject=referral.id, record=referral.id, cls="case.packet")


def reply_context(reply: Reply) -> Context:
    """Of a reply, under a key of its own."""
    return Context(org=reply.referral.case.org_id, subject=reply.id, record=reply.id, cls="case.reply")


def assessment_context(case: Case, assessment: UUID) -> Context:
    """Of the answers to what a person needs."""
    return _context(case, assessment, "case.assessment")


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


def letter_context(case: Case, letter: UUID) -> Context:
    """Of a letter or receipt as it was made."""
    return _context(case, letter, "case.letter")


def matter_context(case: Case, matter: UUID) -> Context:
    """Of the words of a legal matter."""
    return _context(case, matter, "case.matter")


def hearing_context(case: Case, hearing: UUID) -> Context:
    """Of the hour and place of a hearing, and what was said."""
    return _context(case, hearing, "case.hearing")


def measure_context(case: Case, measure: UUID) -> Context:
    """Of the words with which protection was asked for."""
    return _context(case, measure, "case.measure")


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


def follow_up_context(case: Case, follow_up: UUID) -> Context:
    """Of what a person says at a follow-up."""
    return _context(case, follow_up, "case.follow_up")


def promise_context(case: Case, promise: UUID) -> Context:
    """Of what was promised, and what the person says of it."""
    return _context(case, promise, "case.promise")


def livelihood_context(case: Case, livelihood: UUID) -> Context:
    """Of what a livelihood is, where and with whom."""
    return _context(case, livelihood, "case.livelihood")


def support_context(case: Case, support: UUID) -> Context:
    """Of what was given for a livelihood."""
    return _context(case, support, "case.support")


def income_context(case: Case, income: UUID) -> Context:
    """Of how much came in."""
    return _context(case, income, "case.income")


def enrolment_contexts(case: Case, enrolment: UUID) -> tuple[Context, Context]:
    """Of what is said of a training course, and of the number of its certificate."""
    return _context(case, enrolment, "case.enrolment"), _context(case, enrolment, "case.certificate")


def unasked_context(case: Case, unasked: UUID) -> Context:
    """Of to whom something is told without consent, and why."""
    return _context(case, unasked, "case.unasked")


def visit_context(visit: Visit) -> Context:
    """Of the alias on a card, under a key of its own."""
    return Context(org=visit.case.org_id, subject=visit.id, record=visit.id, cls="case.visit")


def visit_word_context(visit: Visit, word: UUID) -> Context:
    """Of what a volunteer said of a visit, under a key of its own."""
    return Context(org=visit.case.org_id, subject=word, record=word, cls="case.visit_word")
