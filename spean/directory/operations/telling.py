"""How many places of a service are free, as the desk that runs it tells of a day; and which desk that is.

It is a telling and no claim: nobody outside reads it, it is old in a week, and a second person could not look it up.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import EDITORS, KEY_ROLES
from spean.accounts.queries import desks
from spean.directory import free
from spean.directory.drafts import MOST_PLACES
from spean.directory.models import Entry, FreePlaces, Service
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid
from spean.privacy import audit


@transaction.atomic
def name_desk(actor: Actor, entry_id: UUID, desk: UUID | None) -> None:
    """Write down which desk runs the service: its people tell how many places are free. None: nobody of here does."""
    entry = _found(actor, entry_id, "name_desk")
    if desk is not None and not desks().filter(pk=desk).exists():
        raise Invalid({"desk": _("Choose one of the desks that work here.")})
    if entry.desk_id == desk:
        return
    entry.desk_id = desk
    entry.save(update_fields=["desk"])
    audit.record(actor, "entry.name_desk", entry, org=access.editor_org(actor))


@transaction.atomic
def tell_free(actor: Actor, entry_id: UUID, places: int, on: date, sent_id: UUID) -> None:
    """So many places are free as of this day. Twice is once; what is told later of an earlier day changes nothing."""
    entry = _found(actor, entry_id, "tell_free")
    known = FreePlaces.objects.filter(sent_id=sent_id).first()
    if known:
        if (known.entry_id, known.told_by_id) != (entry.id, actor.id):
            raise Conflict
        return
    _judge(entry, places, on)
    org = _org(actor, entry)
    FreePlaces.objects.create(entry=entry, free=places, on=on, told_by_id=actor.id, told_for_id=org, sent_id=sent_id)
    audit.record(actor, "entry.tell_free", entry, org=org, reason=f"{places}-{on.isoformat()}")


def _found(actor: Actor, entry_id: UUID, verb: str) -> Entry:
    """It, locked; who may not even read how many places are free does not learn that it is there."""
    return access.get(actor, "entry.read_free", Entry.objects.select_for_update(of=("self",)), entry_id, to=f"entry.{verb}")


def _org(actor: Actor, entry: Entry) -> UUID:
    """Of which organisation the word is: of the desk that runs it, or else of the editor who asked there."""
    seats = [s for s in actor.having(KEY_ROLES) if s.team == entry.desk_id] or actor.having(EDITORS)
    return seats[0].org


def _judge(entry: Entry, places: int, on: date) -> None:
    wrong: dict[str, object] = {}
    in_all = Service.objects.filter(pk=entry.id).values_list("capacity", flat=True).first()
    most = MOST_PLACES if in_all is None else in_all
    if not 0 <= places <= most:
        wrong["places"] = _("There are %(most)d places in all.") % {"most": most}
    if on > clock.today():
        wrong["on"] = _("This day is still to come.")
    elif clock.today() - on > free.holds():
        wrong["on"] = _("This is too long ago. Ask again.")
    if wrong:
        raise Invalid(wrong)
