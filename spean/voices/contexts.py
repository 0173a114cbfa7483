"""What each sealed record of a concern is bound to."""

from uuid import UUID

from spean.privacy.sealing import Context
from spean.voices.models import Concern, ImportPart, Plan, SheetImport

THREAD_MESSAGE = "thread.message"


def context_of(concern: Concern) -> Context:
    """The context that the sealed words of a concern are bound to."""
    return Context(org=concern.org_id, subject=concern.id, record=concern.id, cls="concern.told")


def message_context(concern: Concern, message_id: UUID) -> Context:
    """The context of a message of its thread."""
    return Context(org=concern.org_id, subject=concern.thread_id, record=message_id, cls=THREAD_MESSAGE)


def file_contexts(concern: Concern, file_id: UUID, *, in_thread: bool) -> tuple[Context, Context]:
    """The contexts of an attachment's header and of its bytes."""
    subject = concern.thread_id if in_thread else concern.id
    return (
        Context(org=concern.org_id, subject=subject, record=file_id, cls="file.header"),
        Context(org=concern.org_id, subject=subject, record=file_id, cls="file.bytes"),
    )


def proof_contexts(org: UUID, proof_id: UUID) -> tuple[Context, Context]:
    """The contexts of a proof's header and of its bytes; each proof is a subject of its own."""
    return (
        Context(org=org, subject=proof_id, record=proof_id, cls="proof.header"),
        Context(org=org, subject=proof_id, record=proof_id, cls="proof.bytes"),
    )


def import_context(sheet: SheetImport, part: ImportPart | None = None) -> Context:
    """The context of what is known of an uploaded sheet, or of a part of its rows; the sheet is the subject of both."""
    record, cls = (part.id, "import.rows") if part else (sheet.id, "import.head")
    return Context(org=sheet.org_id, subject=sheet.id, record=record, cls=cls)


def plan_context(plan: Plan) -> Context:
    """The context of what two keepers or the receipt open: the way, the employer, who the person is."""
    return Context(org=plan.org_id, subject=plan.id, record=plan.id, cls="plan.told")


def trusted_context(plan: Plan) -> Context:
    """The context of whom to ask."""
    return Context(org=plan.org_id, subject=plan.trust_id, record=plan.id, cls="plan.trusted")


def mail_context(plan: Plan) -> Context:
    """The context of where the system may write."""
    return Context(org=plan.org_id, subject=plan.mail_id, record=plan.id, cls="plan.mail")


def paper_contexts(plan: Plan, paper_id: UUID) -> tuple[Context, Context]:
    """The contexts of a paper's header and of its bytes."""
    return (
        Context(org=plan.org_id, subject=plan.id, record=paper_id, cls="paper.header"),
        Context(org=plan.org_id, subject=plan.id, record=paper_id, cls="paper.bytes"),
    )
