"""What comes back: a committee commits, declines or says it is done; the village confirms or contests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.collect.uploads import CleanFile
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.places.models import Place
from spean.privacy import audit, keys
from spean.privacy.sealing import open_sealed, seal
from spean.voices import enums
from spean.voices.contexts import proof_contexts
from spean.voices.models import Answer, Issue, Proof, Reading
from spean.voices.operations import files
from spean.voices.operations.ladder import waits_until
from spean.voices.operations.moving import find, move, tell
from spean.voices.operations.triage import ring_of

LONGEST_PROMISE_DAYS = 730


@dataclass(frozen=True)
class Heard:
    """What the community said when a volunteer read the answer back, and how many were there."""

    outcome: str
    women: int = 0
    men: int = 0


@transaction.atomic
def commit(actor: Actor, issue_id: UUID, *, what: str, office: str, until: date, by: str = "commit") -> None:
    """The committee will do something, by a role, until a date. `by`: the rule that allows it, `minute` from a paper."""
    issue = find(actor, issue_id, by)
    days = (until - clock.today()).days
    if not 0 <= days <= LONGEST_PROMISE_DAYS:
        raise Invalid({"until": _("Choose a day from today to two years from now.")})
    _answer(actor, issue, kind=enums.AnswerKind.COMMITMENT, what=what, office=office, until=until)
    issue.due_on = until
    waits_until(issue, "commit")
    move(issue, "commit")
    audit.record(actor, "issue.commit", issue, org=issue.organisation_id)


@transaction.atomic
def decline(actor: Actor, issue_id: UUID, *, why_not: str, what: str, by: str = "decline") -> None:
    """The committee says why it cannot act. `by` as in `commit`."""
    issue = find(actor, issue_id, by)
    _answer(actor, issue, kind=enums.AnswerKind.CANNOT, what=what, why_not=why_not)
    issue.due_on = None
    waits_until(issue, "decline")
    move(issue, "decline")
    audit.record(actor, "issue.decline", issue, org=issue.organisation_id, reason=why_not)


def _answer(actor: Actor, issue: Issue, **said: Any) -> None:
    Answer.objects.create(
        issue=issue,
        position=issue.answers.count(),
        committee_id=issue.committee_id,  # type: ignore[misc]  # raised issues have one
        **said,
        given_on=clock.today(),
        given_by_id=actor.id,
    )


@transaction.atomic
def finish(actor: Actor, issue_id: UUID, *, note: str, proof: Sequence[CleanFile] = ()) -> None:
    """The committee says that it is done, with a photo if it has one; the village has the last word."""
    issue = find(actor, issue_id, "finish")
    answer = issue.answers.filter(kind=enums.AnswerKind.COMMITMENT, done_on__isnull=True).order_by("-position").first()
    if answer is None:
        raise Conflict
    answer.done_on = clock.today()
    answer.done_note = note
    answer.cleared_by = None  # new words: to be cleared again
    answer.save()
    for clean in proof:
        _prove(issue, answer, clean)
    issue.due_on = None
    waits_until(issue, "finish")
    move(issue, "finish")
    audit.record(actor, "issue.finish", issue, org=issue.organisation_id)


def _prove(issue: Issue, answer: Answer, clean: CleanFile) -> None:
    """Seal a photo to the team; nobody else, not who sends it, can open it."""
    kept = Proof(answer=answer, kind=clean.kind, on=clock.today())
    key = keys.new_subject(kept.id, org=issue.organisation_id, teams=[issue.team_id])
    header, body = proof_contexts(issue.organisation_id, kept.id)
    kept.header = seal(key, {"mime": clean.mime, "size": len(clean.data)}, header)
    files.store(kept.id, key, clean.data, body)
    kept.save(force_insert=True)


@transaction.atomic
def read_proof(actor: Actor, issue_id: UUID, proof_id: UUID) -> tuple[str, bytes]:
    """(mime type, bytes) of a proof; that it was opened is in the trail first."""
    ring = ring_of(actor)
    issue = access.get(actor, "issue.see", Issue.objects.all(), issue_id, to="issue.proof")
    kept = Proof.objects.filter(pk=proof_id, answer__issue=issue).first()
    if kept is None:
        raise NotYours
    audit.record(actor, "issue.proof", kept, org=issue.organisation_id)
    key = ring.data_key(kept.id)
    header, body = proof_contexts(issue.organisation_id, kept.id)
    return open_sealed(key, bytes(kept.header), header)["mime"], files.read(kept.id, key, body)


@transaction.atomic
def clear(actor: Actor, issue_id: UUID, answer_id: UUID) -> None:
    """Somebody of the organisation has read the committee's words: they name nobody and may be published."""
    issue = access.get(actor, "issue.see", Issue.objects.all(), issue_id, to="issue.clear")
    answer = issue.answers.filter(pk=answer_id).first()
    if answer is None:
        raise NotYours
    answer.cleared_by_id = actor.id
    answer.save(update_fields=["cleared_by"])
    audit.record(actor, "issue.clear", issue, org=issue.organisation_id, reason=str(answer.id))
    tell(issue)


@transaction.atomic
def read_back(actor: Actor, issue_id: UUID, heard: Heard) -> None:
    """A volunteer read the answer back to the village, and tells what the community said."""
    verb = "confirm" if heard.outcome == enums.Outcome.CONFIRMED else "contest"
    issue = find(actor, issue_id, verb)
    answer = issue.answers.filter(done_on__isnull=False).order_by("-position").first()
    place = village_of(actor, issue)
    if answer is None or place is None:
        raise Conflict
    Reading.objects.create(
        answer=answer,
        place=place,
        volunteer_id=actor.id,
        outcome=heard.outcome,
        women=heard.women,
        men=heard.men,
        on=clock.today(),
    )
    waits_until(issue, verb)
    move(issue, verb)
    audit.record(actor, f"issue.{verb}", issue, org=issue.organisation_id)


def village_of(actor: Actor, issue: Issue) -> Place | None:
    """The volunteer's own village that the issue concerns."""
    paths = [p.place.path for p in issue.places.select_related("place")]
    for seat in actor.having([Role.VOLUNTEER]):
        if seat.place_path and any(seat.place_path.startswith(p) for p in paths):
            return Place.objects.filter(path=seat.place_path, until__isnull=True).first()
    return None
