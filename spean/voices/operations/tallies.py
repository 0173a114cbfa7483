"""Who raised an issue, counted by group in a village meeting: numbers, never names."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.privacy import audit
from spean.voices.enums import Group
from spean.voices.models import Tally
from spean.voices.operations.answers import village_of
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.moving import find


@transaction.atomic
def tally(actor: Actor, issue_id: UUID, counts: Mapping[str, int], *, on: date, sent_id: UUID) -> None:
    """Keep how many of each group spoke for an issue in a meeting. Twice is once."""
    issue = find(actor, issue_id, "tally")
    counted = {g: n for g, n in counts.items() if g in Group.values and n > 0}
    if not counted:
        raise Invalid({"women": _("Write how many people of at least one group were there.")})
    if on > clock.today():
        raise Invalid({"on": _("This day is not over yet.")})
    if issue.tallies.filter(sent_hash=sent_hash(sent_id)).exists():
        return
    place = village_of(actor, issue) or issue.places.select_related("place").order_by("pk")[0].place
    Tally.objects.bulk_create(
        Tally(issue=issue, place=place, on=on, counted_by_id=actor.id, sent_hash=sent_hash(sent_id), group=group, number=number)
        for group, number in counted.items()
    )
    audit.record(actor, "issue.tally", issue, org=issue.organisation_id)
