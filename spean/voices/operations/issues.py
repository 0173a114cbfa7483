"""From concerns to an issue: open, write and approve the public-safe summary, raise with a committee."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.models import Organisation, Team
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.places.models import Place
from spean.privacy import audit
from spean.voices import indexing, rungs
from spean.voices.models import Issue, IssueFact, IssuePlace
from spean.voices.operations import ladder
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.moving import find, move, step, take_in

CHOOSE_COMMUNE = _("Choose the village or commune that this issue is about.")
CHOOSE_DISTRICT = _("Of none of these cases is it known in which district home is. Write that down first.")


@dataclass(frozen=True)
class Summary:
    """The public-safe words of an issue, in both languages."""

    title_km: str
    title_en: str
    summary_km: str
    summary_en: str


@transaction.atomic
def open_issue(
    actor: Actor,
    team_id: UUID,
    *,
    kind: str,
    places: Iterable[Place],
    words: Summary,
    facts: Mapping[str, int],
    concerns: Iterable[UUID] | None,
    sent_id: UUID,
) -> UUID:
    """A new issue, as a draft that somebody else has to approve. A replay returns the first one's id.

    None for `concerns`: it comes from what cases of people have in common, and is about districts, no smaller place.
    """
    known = Issue.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        if known.written_by_id != actor.id:
            raise NotYours
        return known.id
    from_cases = concerns is None
    team, about, today = _for(actor, team_id), _about(places, from_cases=from_cases), clock.today()
    made = Issue(number=_next_number(), team=team, organisation_id=team.organisation_id, kind=kind, **_words(words))
    made.written_by_id, made.opened_on, made.moved_on, made.from_cases = actor.id, today, today, from_cases
    made.sent_hash = sent_hash(sent_id)
    made.save(force_insert=True)
    IssuePlace.objects.bulk_create(IssuePlace(issue=made, place=p) for p in about)
    IssueFact.objects.bulk_create(IssueFact(issue=made, fact=f, number=n) for f, n in facts.items() if n)
    indexing.keep(made)
    step(made)
    audit.record(actor, "issue.open", made, org=made.organisation_id)
    for concern_id in concerns or ():
        take_in(actor, concern_id, made)
    return made.id


def _for(actor: Actor, team_id: UUID) -> Team:
    """The team that opens it, one of the actor's."""
    if not access.may(actor, "issue.open"):
        raise NotAllowed
    team = Team.objects.filter(pk=team_id, pk__in=[s.team for s in actor.having(_openers())]).first()
    if team is None:
        raise NotYours
    return team


def _about(places: Iterable[Place], *, from_cases: bool) -> list[Place]:
    """Where it is, each place once; Invalid where that is nowhere, or too large or too small a place."""
    found = list({p.pk: p for p in places}.values())
    levels, words = ({"district"}, CHOOSE_DISTRICT) if from_cases else ({"village", "commune"}, CHOOSE_COMMUNE)
    if not found or any(p.level not in levels for p in found):
        raise Invalid({"place": words})
    return found


def _next_number() -> int:
    """The next issue's number. Numbers are one row for all organisations, so all wait at the same one of them."""
    Organisation.objects.select_for_update().order_by("pk").first()
    return (Issue.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _openers() -> set[Any]:
    return {role for rule in access.RULES["issue.open"] for role in rule.roles}


def _words(words: Summary) -> dict[str, str]:
    return {name: getattr(words, name) for name in ("title_km", "title_en", "summary_km", "summary_en")}


@transaction.atomic
def rewrite(actor: Actor, issue_id: UUID, words: Summary) -> None:
    """Change the summary; the issue is a draft again, to be approved by somebody else."""
    issue = find(actor, issue_id, "rewrite")
    for name, value in _words(words).items():
        setattr(issue, name, value)
    issue.written_by_id = actor.id
    issue.approved_by = None
    move(issue, "rewrite")
    indexing.keep(issue)
    audit.record(actor, "issue.rewrite", issue, org=issue.organisation_id)


@transaction.atomic
def approve(actor: Actor, issue_id: UUID) -> None:
    """A second person has read the summary: it names nobody and may be read by everybody."""
    issue = access.get(actor, "issue.see", Issue.objects.select_for_update(of=("self",)), issue_id)
    if issue.written_by_id == actor.id:
        raise NotAllowed(_("Another person has to approve what you wrote."))
    access.require(actor, "issue.approve", issue)
    issue.approved_by_id = actor.id
    move(issue, "approve")
    audit.record(actor, "issue.approve", issue, org=issue.organisation_id)


@transaction.atomic
def raise_issue(actor: Actor, issue_id: UUID, committee_id: UUID) -> None:
    """Put the issue before the committee of the lowest level that can be asked; its time to answer begins."""
    issue = find(actor, issue_id, "raise")
    committee = rungs.first_committees(issue).filter(pk=committee_id).first()
    if committee is None:
        raise Invalid({"committee": _("Choose a committee of the level that is asked first.")})
    ladder.pass_over(issue, ladder.begin(issue, committee))
    move(issue, "raise", level=issue.level, committee=committee)
    audit.record(actor, "issue.raise", issue, org=issue.organisation_id, reason=str(committee.id))
