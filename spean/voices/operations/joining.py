"""What belongs together: a concern joins an issue, two issues become one, one becomes two. History stays."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock, text
from spean.kernel.errors import Invalid, NotYours
from spean.privacy import audit, keys
from spean.privacy.sealing import Context, open_sealed, seal
from spean.voices import indexing
from spean.voices.enums import StepKind
from spean.voices.models import Concern, Issue, IssueConcern, IssuePlace
from spean.voices.operations import issues, tying
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.moving import find, move, step, take_in, tell
from spean.voices.operations.triage import ring_of

MOST_NAMES = 12
LONGEST_NAME = 80


@transaction.atomic
def join(actor: Actor, concern_id: UUID, issue_id: UUID) -> None:
    """Make a concern part of an issue of the same team. Twice is once."""
    take_in(actor, concern_id, find(actor, issue_id, "join"))


@transaction.atomic
def merge(actor: Actor, issue_id: UUID, into_id: UUID) -> None:
    """The issue becomes part of another one of the same team: its concerns, places, tallies and recruiter count there."""
    first, second = sorted((issue_id, into_id))
    list(Issue.objects.select_for_update(of=("self",)).filter(pk__in=(first, second)).order_by("pk"))  # always in one order
    issue, into = find(actor, issue_id, "merge"), find(actor, into_id, "join")
    if issue.pk == into.pk or issue.team_id != into.team_id or into.merged_into_id:
        raise Invalid({"choice": _("Choose another issue of your team.")})
    tying.carry(actor, issue, into)
    joined = issue.joined.filter(left_on=None).values_list("concern", flat=True)
    _carry_over(actor, issue, into, list(joined))
    present = set(into.places.values_list("place", flat=True))
    missing = [p for p in issue.places.values_list("place", flat=True) if p not in present]
    IssuePlace.objects.bulk_create(IssuePlace(issue=into, place_id=p) for p in missing)
    issue.merged_into, issue.climbs_on, issue.due_on = into, None, None
    move(issue, "merge", kind=StepKind.MERGED, other=into)
    step(into, kind=StepKind.MERGED, other=issue)
    indexing.keep(into)
    audit.record(actor, "issue.merge", issue, org=issue.organisation_id, reason=str(into.id))
    tell(into)


@transaction.atomic
def split(actor: Actor, issue_id: UUID, concerns: Iterable[UUID], words: issues.Summary, sent_id: UUID) -> UUID:
    """Some of an issue's concerns become an issue of their own, a draft in the same places, about the same recruiter.

    A replay gives the same one.
    """
    issue = find(actor, issue_id, "split")
    known = Issue.objects.filter(sent_hash=sent_hash(sent_id), written_by=actor.id).first()
    if known:
        return known.id
    here = set(issue.joined.filter(left_on=None).values_list("concern", flat=True))
    chosen = [c for c in dict.fromkeys(concerns) if c in here]
    if not chosen or len(chosen) == len(here):
        raise Invalid({"concerns": _("Choose some of the concerns, not all of them.")})
    places = [p.place for p in issue.places.select_related("place")]
    new_id = issues.open_issue(
        actor, issue.team_id, kind=issue.kind, places=places, words=words, facts={}, concerns=[], sent_id=sent_id
    )
    new = Issue.objects.get(pk=new_id)
    new.split_from = issue
    new.save(update_fields=["split_from"])
    tying.carry(actor, issue, new)
    _carry_over(actor, issue, new, chosen)
    step(issue, kind=StepKind.SPLIT, other=new)
    step(new, kind=StepKind.SPLIT, other=issue)
    audit.record(actor, "issue.split", issue, org=issue.organisation_id, reason=str(new.id))
    return new_id


def _carry_over(actor: Actor, issue: Issue, to: Issue, concerns: list[UUID]) -> None:
    """The concerns belong to the other issue from today on; that they belonged here is kept."""
    issue.joined.filter(concern__in=concerns).update(left_on=clock.today())
    known = set(to.joined.filter(concern__in=concerns).values_list("concern", flat=True))
    to.joined.filter(concern__in=known).update(left_on=None)
    IssueConcern.objects.bulk_create(
        IssueConcern(issue=to, concern_id=c, joined_by_id=actor.id, on=clock.today()) for c in concerns if c not in known
    )
    for concern in Concern.objects.filter(pk__in=concerns).order_by("pk"):
        audit.record(actor, "concern.join", concern, org=to.organisation_id, reason=str(to.id))


@transaction.atomic
def name_parties(actor: Actor, issue_id: UUID, names: Iterable[str]) -> None:
    """Keep the names of agencies and brokers of an issue, sealed to its team, so that later concerns can be matched."""
    ring = ring_of(actor)
    issue = find(actor, issue_id, "name")
    wanted = [n for n in dict.fromkeys(text.clean(n).strip() for n in names) if n]
    if len(wanted) > MOST_NAMES or any(len(n) > LONGEST_NAME for n in wanted):
        raise Invalid({"names": _("At most 12 names, each of at most 80 letters.")})
    key = ring.data_key(subject_of(issue)) if issue.named else _new_key(issue)
    issue.named = seal(key, {"names": wanted}, named_context(issue))
    issue.save(update_fields=["named"])
    audit.record(actor, "issue.name", issue, org=issue.organisation_id)


def named(actor: Actor, issues_found: Iterable[Issue]) -> dict[UUID, list[str]]:
    """The named agencies and brokers of these issues, which the actor's keys open; each read is in the trail first."""
    found = [i for i in issues_found if i.named]
    ring = actor.ring
    if ring is None or not found:
        return {}
    with transaction.atomic():
        for issue in found:
            audit.record(actor, "issue.named", issue, org=issue.organisation_id)
        return {i.id: open_sealed(ring.data_key(subject_of(i)), bytes(i.named), named_context(i))["names"] for i in found}


def subject_of(issue: Issue) -> UUID:
    """The subject of the names: apart from the issue's own id, which other things may be sealed under."""
    return uuid5(issue.id, "named")


def named_context(issue: Issue) -> Context:
    """What the sealed names are bound to."""
    return Context(org=issue.organisation_id, subject=subject_of(issue), record=issue.id, cls="issue.named")


def _new_key(issue: Issue) -> bytes:
    if not issue.team_id:
        raise NotYours
    return keys.new_subject(subject_of(issue), org=issue.organisation_id, teams=[issue.team_id])


def names_of(actor: Actor, issue_id: UUID) -> tuple[str, ...]:
    """The names kept with one issue."""
    issue = access.get(actor, "issue.see", Issue.objects.all(), issue_id, to="issue.name")
    return tuple(named(actor, [issue]).get(issue.id, ()))
