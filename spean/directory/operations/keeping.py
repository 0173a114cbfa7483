"""What two people keep true, whatever it is: written, proposed, published by the second of them, checked again, withdrawn."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory.drafts import Kept
from spean.directory.enums import VersionState
from spean.directory.models import Phone
from spean.directory.models.told import Told, Wording
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import Conflict, NotAllowed, NotYours
from spean.privacy import audit

#: days for which a check is good
DAYS = 365
OWN_WORDS = _("Another person has to check what you wrote.")


def checked(claim: Any, actor: Actor, days: int) -> None:
    """Write on a claim that this person found it true today; the caller saves it."""
    claim.state, claim.checked_on, claim.checked_by_id = ClaimState.VERIFIED, clock.today(), actor.id
    claim.checked_for_id, claim.valid_until = access.editor_org(actor), clock.today() + timedelta(days=days)


class Keeper[T: Told, D: Kept]:
    """The verbs of one kind of thing. `noun` names it in rules and trail, and is the field by which its parts point to it."""

    noun: str
    things: type[T]
    versions: type[Wording]
    drafts: type[D]

    # -- what differs from kind to kind ------------------------------------------------------------------------
    def judge(self, draft: D) -> None:
        """`Invalid` with every reason, unless this may be a version."""
        raise NotImplementedError

    def name(self, thing: T, draft: D) -> None:
        """Put on the thing what the desk's lists show of its words."""
        raise NotImplementedError

    def show(self, version: Any, draft: D) -> None:
        """Put these words where the public door reads."""

    def hide(self, thing: T) -> None:
        """Take its words from where the public door reads."""

    # -- the verbs ---------------------------------------------------------------------------------------------
    @transaction.atomic
    def write(self, actor: Actor, draft: D, sent_id: UUID) -> UUID:
        """A new one, not checked, seen by nobody outside. A replay returns the same one."""
        key = f"form:{sent_id}"
        known = self.things.objects.filter(key=key).first()
        if known:
            if not self._versions(known).filter(number=1, written_by=actor.id).exists():
                raise NotYours
            return known.id
        if not access.may(actor, f"{self.noun}.write"):
            raise NotAllowed
        thing = self.begin(key, draft, actor.id)
        self._record(actor, "write", thing)
        return thing.id

    def begin(self, key: str, draft: D, writer: UUID | None) -> T:
        """The rows of a new one, in the caller's transaction."""
        self.judge(draft)
        thing = self.things(key=key, written_on=clock.today(), demonstration=draft.demonstration)
        self.name(thing, draft)
        thing.save(force_insert=True)
        self._add_version(thing, draft, writer)
        return thing

    @transaction.atomic
    def propose(self, actor: Actor, pk: UUID, draft: D) -> None:
        """Other words. What is public stays so until somebody else has looked at them."""
        thing = self.find(actor, pk, "propose")
        self.judge(draft)
        waiting = self._versions(thing).filter(state=VersionState.PROPOSED)
        if any(v.body == draft.body() and v.written_by_id == actor.id for v in waiting):
            return  # twice is once
        waiting.update(state=VersionState.REPLACED)
        self._add_version(thing, draft, actor.id)
        if thing.state != ClaimState.VERIFIED:
            self.name(thing, draft)
            thing.save()
        self._record(actor, "propose", thing)

    @transaction.atomic
    def publish(self, actor: Actor, pk: UUID, number: int) -> None:
        """A second person has checked the words of version `number`: from now on everybody reads them."""
        thing = self.find(actor, pk)
        waiting = self._versions(thing).filter(state=VersionState.PROPOSED).first()
        if waiting is None or waiting.number != number:
            raise Conflict
        if waiting.written_by_id == actor.id:
            raise NotAllowed(OWN_WORDS)
        access.require(actor, f"{self.noun}.publish", thing)
        self._versions(thing).filter(state=VersionState.PUBLISHED).update(state=VersionState.REPLACED)
        waiting.state, waiting.published_by_id, waiting.published_on = VersionState.PUBLISHED, actor.id, clock.today()
        setattr(waiting, self.noun, thing)
        waiting.save()
        draft = self.drafts.of(waiting.body)
        self.name(thing, draft)
        thing.waits = False
        checked(thing, actor, DAYS)
        thing.save()
        self.list_numbers(thing, draft)
        self.show(waiting, draft)
        self._record(actor, "publish", thing)

    @transaction.atomic
    def check(self, actor: Actor, pk: UUID) -> None:
        """Somebody who did not write it found that it is still true."""
        thing = self.find(actor, pk, "check")
        checked(thing, actor, DAYS)
        thing.save()
        self._record(actor, "check", thing)

    @transaction.atomic
    def withdraw(self, actor: Actor, pk: UUID) -> None:
        """Take it from the public door at once. Its versions stay; a later one can be published."""
        thing = self.find(actor, pk, "withdraw")
        self._versions(thing).filter(state=VersionState.PUBLISHED).update(state=VersionState.WITHDRAWN)
        self._numbers(thing).update(listed=False)
        thing.state, thing.valid_until = ClaimState.WITHDRAWN, None
        thing.save()
        self.hide(thing)
        self._record(actor, "withdraw", thing)

    def find(self, actor: Actor, pk: UUID, to: str | None = None) -> T:
        """It, locked, if this actor may see it and do `to` to it."""
        things = self.things.objects.select_for_update(of=("self",))
        return access.get(actor, f"{self.noun}.see", things, pk, to=f"{self.noun}.{to}" if to else None)

    def list_numbers(self, thing: T, draft: D) -> None:
        """The numbers of the public version are listed, in its order; a number of an earlier one is not."""
        self._numbers(thing).update(listed=False)
        for position, number in enumerate(draft.read_numbers()):
            same = self._numbers(thing).filter(digits=number.digits, country=number.country)
            same.update(listed=True, position=position)

    # -- inside ------------------------------------------------------------------------------------------------
    def _record(self, actor: Actor, verb: str, thing: T) -> None:
        audit.record(actor, f"{self.noun}.{verb}", thing, org=access.editor_org(actor))

    def _versions(self, thing: T) -> Any:
        return self.versions.objects.filter(**{self.noun: thing})

    def _numbers(self, thing: T) -> Any:
        return Phone.objects.filter(**{self.noun: thing})

    def _add_version(self, thing: T, draft: D, writer: UUID | None) -> None:
        last = self._versions(thing).aggregate(last=Max("number"))["last"] or 0
        made = {"number": last + 1, "written_by_id": writer, "written_on": clock.today(), "body": draft.body()}
        self.versions.objects.create(**{self.noun: thing}, **made)
        self.things.objects.filter(pk=thing.pk).update(waits=True)
        thing.waits = True
        for position, number in enumerate(draft.read_numbers()):
            self._add_number(thing, draft, number, writer, position)

    def _add_number(self, thing: T, draft: Any, number: Any, writer: UUID | None, position: int) -> None:
        more = {
            "kind": number.kind, "shown": number.shown, "remark": number.remark, "source": draft.source, "as_of": draft.as_of,
            "written_by_id": writer, "position": position,
        }  # fmt: skip
        self._numbers(thing).get_or_create(**{self.noun: thing}, digits=number.digits, country=number.country, defaults=more)
