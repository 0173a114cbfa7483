"""A test call: before it, no number is shown to anybody."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory.enums import WRONG, Heard
from spean.directory.models import Phone, TestCall
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import Conflict, Invalid
from spean.kernel.text import clean
from spean.privacy import audit

#: days for which a call is good: numbers change sooner than offices
PHONE_DAYS = 180
LONGEST_WORDS = 300


@transaction.atomic
def record(actor: Actor, phone_id: UUID, *, heard: str, on: date, words: str, sent_id: UUID) -> None:
    """Keep who called when and what was heard. Right: the number is shown. Somebody else, or dead: it is not. Twice is once."""
    phones = Phone.objects.select_for_update(of=("self",))
    phone = access.get(actor, "phone.see", phones, phone_id, to="phone.test")
    known = TestCall.objects.filter(pk=sent_id).first()
    if known:
        if (known.phone_id, known.called_by_id) != (phone.id, actor.id):
            raise Conflict
        return
    _judge(heard, on, words)
    TestCall.objects.create(id=sent_id, phone=phone, called_by_id=actor.id, called_on=on, heard=heard, words=clean(words))
    later = phone.calls.filter(called_on__gt=on).exists()  # an older call says nothing against a newer one
    if not later and heard == Heard.RIGHT:
        phone.state, phone.checked_on, phone.valid_until = ClaimState.VERIFIED, on, on + timedelta(days=PHONE_DAYS)
        phone.checked_for_id = access.editor_org(actor)
    elif not later and heard in WRONG:
        phone.state, phone.valid_until = ClaimState.WITHDRAWN, None
    phone.save()
    audit.record(actor, "phone.test", phone, org=access.editor_org(actor), reason=heard)


def _judge(heard: str, on: date, words: str) -> None:
    wrong: dict[str, Any] = {}
    if heard not in Heard.values:
        wrong["heard"] = _("Choose one of the answers.")
    if on > clock.today():
        wrong["on"] = _("This day is still to come.")
    elif (clock.today() - on).days > PHONE_DAYS:
        wrong["on"] = _("This call is too long ago. Call again.")
    if len(words) > LONGEST_WORDS:
        wrong["words"] = _("This is too long: %(most)d letters are the most.") % {"most": LONGEST_WORDS}
    if wrong:
        raise Invalid(wrong)
