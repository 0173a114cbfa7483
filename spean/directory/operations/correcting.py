"""The right to a correction: anybody may ask for one from a recruiter's page; two people answer it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory.drafts import BOTH, too_long
from spean.directory.enums import CorrectionState, Outcome
from spean.directory.models import Correction, Recruiter
from spean.directory.recruiting import raise_if
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import NotYours, TooMany
from spean.kernel.text import clean
from spean.privacy import audit

LONGEST_WRONG, LONGEST_PROOF, LONGEST_ANSWER = 2000, 500, 500
#: so many wait at once for one recruiter, and in all: whoever floods one hinders nobody else
MOST_OF_ONE, MOST_WAITING = 30, 2000
FULL = _("Very many requests about this one wait already. Yours is not saved. Come back in some days.")


@transaction.atomic
def ask(recruiter_id: UUID, *, wrong: str, proof: str, sent_id: UUID) -> None:
    """Keep what somebody says is wrong. Twice is once; saved when this returns."""
    recruiter = Recruiter.objects.select_for_update(of=("self",)).filter(pk=recruiter_id, state=ClaimState.VERIFIED).first()
    if recruiter is None or recruiter.checked_for_id is None:
        raise NotYours
    known = Correction.objects.filter(sent_id=sent_id).first()
    if known:
        if known.recruiter_id != recruiter.pk:
            raise NotYours
        return
    waiting = Correction.objects.filter(state=CorrectionState.OPEN)
    if waiting.filter(recruiter=recruiter).count() >= MOST_OF_ONE or waiting.count() >= MOST_WAITING:
        raise TooMany(3600, FULL)
    words = {"wrong": clean(wrong)[:LONGEST_WRONG], "proof": clean(proof)[:LONGEST_PROOF]}
    made = Correction.objects.create(sent_id=sent_id, recruiter=recruiter, received_on=clock.today(), **words)
    audit.record(audit.PUBLIC, "correction.ask", made, org=recruiter.checked_for_id, day_only=True)


@transaction.atomic
def answer(actor: Actor, pk: UUID, *, outcome: str, answer_km: str = "", answer_en: str = "") -> None:
    """The first person's answer. Nobody outside reads it before a second person has."""
    correction = _find(actor, pk, "answer")
    words = {"answer_km": clean(answer_km), "answer_en": clean(answer_en)}
    faults = {name: too_long(LONGEST_ANSWER) for name, text in words.items() if len(text) > LONGEST_ANSWER}
    if outcome not in Outcome.values:
        faults["outcome"] = _("Choose one of the answers.")
    if bool(words["answer_km"]) != bool(words["answer_en"]):
        faults["answer_en" if words["answer_km"] else "answer_km"] = BOTH
    raise_if(faults)
    correction.state, correction.outcome, correction.answered_by_id = CorrectionState.ANSWERED, outcome, actor.id
    correction.answer_km, correction.answer_en = words["answer_km"], words["answer_en"]
    correction.published_by = None
    correction.save()
    audit.record(actor, "correction.answer", correction, org=access.editor_org(actor), reason=outcome)


@transaction.atomic
def publish(actor: Actor, pk: UUID) -> None:
    """A second person stands by the answer: it stands on the recruiter's page from now on."""
    correction = _find(actor, pk, "publish")
    correction.state, correction.published_by_id = CorrectionState.PUBLISHED, actor.id
    correction.published_on = clock.today()
    correction.save()
    audit.record(actor, "correction.publish", correction, org=access.editor_org(actor))


def _find(actor: Actor, pk: UUID, to: str) -> Correction:
    rows = Correction.objects.select_for_update(of=("self",))
    return access.get(actor, "correction.see", rows, pk, to=f"correction.{to}")
