"""Write an entry, propose a change, publish it as a second person, say that it is still true, withdraw it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import EDITORS
from spean.directory.drafts import Draft, judge
from spean.directory.enums import VersionState
from spean.directory.models import Entry, Phone, Service, Version
from spean.directory.operations.projecting import places, project
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import Conflict, NotAllowed, NotYours
from spean.privacy import audit

#: days for which a check is good
ENTRY_DAYS = 365


@transaction.atomic
def write(actor: Actor, draft: Draft, sent_id: UUID) -> UUID:
    """A new entry, not checked, seen by nobody outside. A replay returns the same one."""
    key = f"form:{sent_id}"
    known = Entry.objects.filter(key=key).first()
    if known:
        if not known.versions.filter(number=1, written_by=actor.id).exists():
            raise NotYours
        return known.id
    if not access.may(actor, "entry.write"):
        raise NotAllowed
    entry = begin(key, draft, actor.id)
    audit.record(actor, "entry.write", entry, org=org_of(actor))
    return entry.id


def begin(key: str, draft: Draft, writer: UUID | None) -> Entry:
    """The rows of a new entry, in the caller's transaction."""
    may_be_kept(draft)
    entry = Entry(key=key, written_on=clock.today(), demonstration=draft.demonstration)
    _name(entry, draft)
    entry.save(force_insert=True)
    _add_version(entry, draft, writer)
    return entry


@transaction.atomic
def propose(actor: Actor, entry_id: UUID, draft: Draft) -> None:
    """Other words for an entry. What is public stays so until somebody else has looked at them."""
    entry = find(actor, entry_id, "entry.propose")
    may_be_kept(draft)
    waiting = entry.versions.filter(state=VersionState.PROPOSED)
    if any(v.body == draft.body() and v.written_by_id == actor.id for v in waiting):
        return  # twice is once
    waiting.update(state=VersionState.REPLACED)
    _add_version(entry, draft, actor.id)
    if entry.state != ClaimState.VERIFIED:
        _name(entry, draft)
        entry.save()
    audit.record(actor, "entry.propose", entry, org=org_of(actor))


@transaction.atomic
def publish(actor: Actor, entry_id: UUID, number: int) -> None:
    """A second person has checked the words of version `number`: from now on everybody reads them."""
    entry = find(actor, entry_id)
    waiting = entry.versions.filter(state=VersionState.PROPOSED).first()
    if waiting is None or waiting.number != number:
        raise Conflict
    if waiting.written_by_id == actor.id:
        raise NotAllowed(_("Another person has to check what you wrote."))
    access.require(actor, "entry.publish", entry)
    entry.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.REPLACED)
    waiting.state, waiting.published_by_id, waiting.published_on = VersionState.PUBLISHED, actor.id, clock.today()
    waiting.entry = entry
    waiting.save()
    _name(entry, Draft.of(waiting.body))
    entry.waits = False
    _checked(entry, actor)
    project(waiting)
    audit.record(actor, "entry.publish", entry, org=org_of(actor))


@transaction.atomic
def check(actor: Actor, entry_id: UUID) -> None:
    """Somebody who did not write it found that it is still true."""
    entry = find(actor, entry_id, "entry.check")
    _checked(entry, actor)
    audit.record(actor, "entry.check", entry, org=org_of(actor))


@transaction.atomic
def withdraw(actor: Actor, entry_id: UUID) -> None:
    """Take an entry from the public door at once. Its versions stay; a later one can be published."""
    entry = find(actor, entry_id, "entry.withdraw")
    Service.objects.filter(pk=entry.pk).delete()
    entry.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.WITHDRAWN)
    entry.phones.update(listed=False)
    entry.state, entry.valid_until = ClaimState.WITHDRAWN, None
    entry.save()
    audit.record(actor, "entry.withdraw", entry, org=org_of(actor))


def find(actor: Actor, entry_id: UUID, to: str | None = None) -> Entry:
    """The entry, locked, if this actor may see it and do `to` to it."""
    return access.get(actor, "entry.see", Entry.objects.select_for_update(of=("self",)), entry_id, to=to)


def org_of(actor: Actor) -> UUID:
    """For which organisation somebody writes or checks: in whose trail it stands."""
    seats = actor.having(EDITORS)
    if not seats:
        raise NotAllowed
    return seats[0].org


def may_be_kept(draft: Draft) -> None:
    """`Invalid` with every reason, unless this may be a version: its words and codes, and that its places exist."""
    judge(draft)
    places([*draft.areas, *([draft.place] if draft.place else [])])


def _name(entry: Entry, draft: Draft) -> None:
    entry.title_km, entry.title_en = draft.name_km, draft.name_en
    entry.provider_km, entry.provider_en = draft.provider_km, draft.provider_en
    entry.country = draft.country


def _add_version(entry: Entry, draft: Draft, writer: UUID | None) -> None:
    last = entry.versions.aggregate(last=Max("number"))["last"] or 0
    Version.objects.create(entry=entry, number=last + 1, written_by_id=writer, written_on=clock.today(), body=draft.body())
    Entry.objects.filter(pk=entry.pk).update(waits=True)
    entry.waits = True
    for position, number in enumerate(draft.read_numbers()):
        Phone.objects.get_or_create(
            entry=entry, digits=number.digits, country=number.country,
            defaults={
                "kind": number.kind, "shown": number.shown, "remark": number.remark, "source": draft.source,
                "as_of": draft.as_of, "written_by_id": writer, "position": position,
            },
        )  # fmt: skip


def _checked(entry: Entry, actor: Actor) -> None:
    entry.state, entry.checked_on, entry.checked_by_id = ClaimState.VERIFIED, clock.today(), actor.id
    entry.checked_for_id = org_of(actor)
    entry.valid_until = clock.today() + timedelta(days=ENTRY_DAYS)
    entry.save()
