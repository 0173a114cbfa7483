"""Consent: for each purpose and recipient, with the list of what may be told, until a day; and taking it back at once.

There is no way around it: nothing is shared without `require`. A child agrees together with a guardian; where the guardian may be
involved, two of us decide in the child's interest, and until the second has agreed nothing is allowed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.models import Organisation
from spean.cases import enums
from spean.cases.contexts import consent_context
from spean.cases.enums import GivenBy, Purpose, Shared
from spean.cases.models import Case, Consent, ConsentField
from spean.cases.operations.course import done, find, record, step
from spean.cases.signals import consent_withdrawn
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy.sealing import open_sealed, seal
from spean.voices.enums import Age
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

LONGEST = timedelta(days=366)
NOT_AGREED = _("The person has not agreed to this: %(what)s. Ask them first, and write down what they say.")

ENDED = _("The person has taken this agreement back, or its day is over. Nothing may be handed over by it.")


@dataclass(frozen=True)
class Given:
    """What somebody agreed to, as the form gives it."""

    purpose: str
    fields: frozenset[str]
    until: date
    how: str
    by: str = GivenBy.SELF
    recipient: UUID | None = None
    named: str = ""  # who gets it, where no organisation of ours does
    witness: str = ""
    guardian: str = ""
    words: str = ""  # what the person said, or does not want to be told to whom


@transaction.atomic
def give(actor: Actor, case_id: UUID, given: Given, sent_id: UUID) -> UUID:
    """Write down what the person agreed to. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "consent")
    known = Consent.objects.filter(sent_hash=sent_hash(sent_id), case=case).first()
    if known:
        return known.id
    _check(case, given)
    made = Consent(id=new_id(), case=case, purpose=given.purpose, how=given.how, by=given.by, recipient_id=given.recipient)
    made.given_on, made.until, made.written_by_id, made.sent_hash = clock.today(), given.until, actor.id, sent_hash(sent_id)
    typed = {name: clean(getattr(given, name)) for name in ("named", "witness", "guardian", "words")}
    made.words = seal(ring.data_key(case.id), typed, consent_context(case, made.id))
    made.signature = ring.signer.sign(_signed(made, given.fields)).signature.hex()
    made.save(force_insert=True)
    ConsentField.objects.bulk_create(ConsentField(consent=made, field=field) for field in sorted(given.fields))
    done(actor, case, "case.consent", StepKind.CONSENT, reason=given.purpose)
    return made.id


def _signed(made: Consent, fields: Collection[str]) -> bytes:
    """What who writes it down signs: all that stands in the clear, and the seal of the rest."""
    clear = [
        made.id,
        made.case_id,
        made.purpose,
        made.recipient_id,
        made.how,
        made.by,
        made.given_on,
        made.until,
        *sorted(fields),
    ]
    return b"sm-consent-v1|" + "|".join(map(str, clear)).encode() + b"|" + bytes(made.words)


def _check(case: Case, given: Given) -> None:
    wrong: dict[str, object] = {}
    if given.purpose not in Purpose or not given.fields <= set(Shared.values) or not given.fields:
        wrong["fields_told"] = _("Say what may be told: choose one at least.")
    if given.purpose in enums.TO_SOMEBODY and given.recipient is None and not clean(given.named):
        wrong["named"] = _("Say to whom: an organisation, or who else.")
    wrong |= _wrong_recipient(given)
    if not clock.today() <= given.until <= clock.today() + LONGEST:
        wrong["until"] = _("Choose a day from today on, within a year. It can be agreed to again.")
    if case.age in {Age.CHILD, Age.NOT_SAID} and given.by == GivenBy.SELF:
        wrong["by"] = _("A child agrees together with a guardian; where the guardian may be involved, two of us decide.")
    if case.age not in {Age.CHILD, Age.NOT_SAID} and given.by != GivenBy.SELF:
        wrong["by"] = _("An adult agrees for themselves.")
    if given.by == GivenBy.BOTH and not clean(given.guardian):
        wrong["guardian"] = _("Write who the guardian is.")
    if given.how == enums.GivenHow.SPOKEN and not clean(given.witness):
        wrong["witness"] = _("Write who heard it.")
    if wrong:
        raise Invalid(wrong)


def _wrong_recipient(given: Given) -> dict[str, object]:
    if given.recipient is None:
        return {}
    if given.purpose == Purpose.VISIT:
        return {"recipient": _("A volunteer of ours visits: name no organisation here.")}
    known = Organisation.objects.filter(pk=given.recipient).exists()
    return {} if known else {"recipient": _("Choose one of the organisations.")}


@transaction.atomic
def agree(actor: Actor, case_id: UUID, consent_id: UUID) -> None:
    """The second of us agrees, in a child's interest. Nobody agrees to their own; twice is once."""
    case = find(actor, case_id, "agree")
    consent = _of(case, consent_id)
    if consent.by != GivenBy.STAFF or consent.withdrawn_on is not None:
        raise Conflict
    if consent.written_by_id == actor.id:
        raise NotAllowed(_("A second one of us has to decide with you."))
    if consent.agreed_by_id is not None:
        return
    consent.agreed_by_id = actor.id
    consent.save(update_fields=["agreed_by"])
    done(actor, case, "case.agree", StepKind.CONSENT_AGREED)


@transaction.atomic
def withdraw(actor: Actor, case_id: UUID, consent_id: UUID) -> None:
    """The person takes it back: from this moment nothing is shared by it, and what lies elsewhere is called back.

    After the end it moves no day: the case is erased when it would have been.
    """
    case = find(actor, case_id, "withdraw")
    consent = _of(case, consent_id)
    if consent.withdrawn_on is not None:
        return
    consent.withdrawn_on, consent.withdrawn_by_id = clock.today(), actor.id
    consent.save(update_fields=["withdrawn_on", "withdrawn_by"])
    step(actor, case, StepKind.WITHDRAWN)
    record(actor, "case.withdraw", case, consent.purpose)
    consent_withdrawn.send(sender=Consent, consent=consent.id)


def _of(case: Case, consent_id: UUID) -> Consent:
    consent = case.consents.select_for_update().filter(pk=consent_id).first()
    if consent is None:
        raise NotYours
    return consent


def valid(case: Case, purpose: str, recipient: UUID | None) -> QuerySet[Consent]:
    """The consents that hold today for a purpose and recipient."""
    return holding(case).filter(purpose=purpose, recipient=recipient)


def holding(case: Case) -> QuerySet[Consent]:
    """The consents that hold today, whatever for."""
    waits = Q(by=GivenBy.STAFF, agreed_by=None)
    return case.consents.filter(withdrawn_on=None, until__gte=clock.today()).exclude(waits)


@dataclass(frozen=True)
class Named:
    """Somebody outside, in words, of whom the person agreed that they are told, what, until when, and by which consent."""

    id: UUID
    name: str
    until: date
    fields: frozenset[str]


def named(case: Case, key: bytes, *purposes: str) -> tuple[Named, ...]:
    """Who may be told today for these purposes, in words, the longest first. The caller has the key, and wrote the trail."""
    found = holding(case).filter(purpose__in=purposes, recipient=None).order_by("-until", "id").prefetch_related("fields")
    return tuple(Named(c.id, name_in(case, key, c), c.until, frozenset(f.field for f in c.fields.all())) for c in found)


def name_in(case: Case, key: bytes, consent: Consent) -> str:
    """Who is named by a consent, where no organisation of ours is."""
    return str(open_sealed(key, bytes(consent.words), consent_context(case, consent.id))["named"])


def require_this(consent: Consent, fields: Collection[str]) -> None:
    """Conflict unless this very consent holds today and covers all of `fields`: who has no account is named by their own."""
    if not valid(consent.case, consent.purpose, consent.recipient_id).filter(pk=consent.pk).exists():
        raise Conflict(ENDED)
    missing = set(fields) - set(consent.fields.values_list("field", flat=True))
    if missing:
        raise Conflict(NOT_AGREED % {"what": ", ".join(str(Shared(f).label) for f in Shared.values if f in missing)})


def require(case: Case, *, purpose: str, recipient: UUID | None, fields: Collection[str]) -> Consent:
    """The consent that holds today and covers all of `fields`, the longest first; a Conflict names what is missing."""
    for consent in valid(case, purpose, recipient).order_by("-until", "id"):
        if set(fields) <= set(consent.fields.values_list("field", flat=True)):
            return consent
    agreed = set(ConsentField.objects.filter(consent__in=valid(case, purpose, recipient)).values_list("field", flat=True))
    missing = [str(Shared(field).label) for field in Shared.values if field in set(fields) - agreed]
    raise Conflict(NOT_AGREED % {"what": ", ".join(missing) or str(Purpose(purpose).label)})


def for_authority(case: Case, field: str) -> None:
    """Refused at a field of the form, so that nothing typed is lost, where the person did not agree that an authority is told."""
    try:
        require(case, purpose=Purpose.AUTHORITY, recipient=None, fields=[Shared.NAME, Shared.STORY])
    except Conflict as refused:
        raise Invalid({field: refused.message}) from refused
