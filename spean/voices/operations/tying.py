"""Which recruiter of the register an issue is about: said, and taken back. What was said before is kept."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.directory.queries import recruiters
from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.privacy import audit
from spean.voices.models import Issue, IssueRecruiter
from spean.voices.operations.moving import find


@transaction.atomic
def tie(actor: Actor, issue_id: UUID, recruiter_id: UUID | None) -> None:
    """The issue is about this recruiter, whom everybody may read about in the register; None: about none. Twice is once."""
    issue = find(actor, issue_id, "tie")
    known = _tie_of(issue)
    if (known.recruiter_id if known else None) == recruiter_id:
        return
    if recruiter_id is not None and recruiter_id not in recruiters.names_of([recruiter_id]):
        raise Invalid({"recruiter": _("Choose a recruiter that was found in the register.")})
    if known:
        known.left_on, known.left_by_id = clock.today(), actor.id
        known.save(update_fields=["left_on", "left_by"])
        audit.record(actor, "issue.untie", issue, org=issue.organisation_id, reason=str(known.recruiter_id))
    if recruiter_id is not None:
        _write(actor, issue, recruiter_id)


def carry(actor: Actor, issue: Issue, to: Issue) -> None:
    """Concerns go over from one issue to another: so does what they are about. Inside an operation, before they go.

    Two issues about different recruiters are not put together: the voices of one would be counted for the other.
    """
    own, theirs = _tie_of(issue), _tie_of(to)
    if own and theirs and own.recruiter_id != theirs.recruiter_id:
        raise Invalid({"choice": _("These two issues are about different recruiters. Look again which recruiter each is about.")})
    if own and not theirs:
        _write(actor, to, own.recruiter_id)


def _tie_of(issue: Issue) -> IssueRecruiter | None:
    return IssueRecruiter.objects.filter(issue=issue, left_on=None).first()


def _write(actor: Actor, issue: Issue, recruiter_id: UUID) -> None:
    IssueRecruiter.objects.create(issue=issue, recruiter_id=recruiter_id, tied_by_id=actor.id, on=clock.today())
    audit.record(actor, "issue.tie", issue, org=issue.organisation_id, reason=str(recruiter_id))
