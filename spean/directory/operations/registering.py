"""The verbs of the register of recruiters: who they are, and what is said of their licence. Two people publish both."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.models import Organisation
from spean.directory import indexing
from spean.directory.models import LicenceClaim, Recruiter, RecruiterVersion
from spean.directory.operations.keeping import Keeper, checked
from spean.directory.operations.projecting import places
from spean.directory.recruiting import Licence, RecruiterDraft, judge, judge_licence, licence_key
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import NotYours
from spean.privacy import audit

#: days for which a check of a licence is good: it is lost sooner than a name
LICENCE_DAYS = 180


class Recruiters(Keeper[Recruiter, RecruiterDraft]):
    """Recruiters: the public door reads the published version, and finds it by an index."""

    noun, things, versions, drafts = "recruiter", Recruiter, RecruiterVersion, RecruiterDraft

    def judge(self, draft: RecruiterDraft) -> None:
        """Its words and codes, and that its place exists."""
        judge(draft)
        places([draft.place] if draft.place else [])

    def name(self, thing: Recruiter, draft: RecruiterDraft) -> None:
        """What it is called, its kind and country; a new one gets its number."""
        thing.title_km, thing.title_en = draft.name_km or draft.name_en, draft.name_en or draft.name_km
        thing.kind, thing.country = draft.kind, draft.country
        if thing.number is None:
            thing.number = _next_number()

    def show(self, version: RecruiterVersion, draft: RecruiterDraft) -> None:
        """It can be found."""
        indexing.keep(version.recruiter, draft)

    def hide(self, thing: Recruiter) -> None:
        """It cannot be found any more."""
        indexing.forget(thing)


RECRUITERS = Recruiters()


def _next_number() -> int:
    """The next one's number. All who begin one wait at the same row."""
    Organisation.objects.select_for_update().order_by("pk").first()
    return (Recruiter.objects.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def say(actor: Actor, recruiter_id: UUID, licence: Licence, sent_id: UUID) -> UUID:
    """Write down what somebody says of the licence. Nobody outside reads it before a second person has checked it."""
    key = f"form:{sent_id}"
    known = LicenceClaim.objects.filter(key=key).first()
    if known:
        if known.written_by_id != actor.id or known.recruiter_id != recruiter_id:
            raise NotYours
        return known.id
    recruiter = RECRUITERS.find(actor, recruiter_id, "propose")
    return begin_claim(actor, recruiter, licence, key).id


def begin_claim(actor: Actor, recruiter: Recruiter, licence: Licence, key: str) -> LicenceClaim:
    """The row of a new claim, in the caller's transaction."""
    judge_licence(licence)
    claim = LicenceClaim.objects.create(
        key=key, recruiter=recruiter, claimant=licence.claimant, says=licence.says, licence_number=licence.licence_number,
        number_key=licence_key(licence.licence_number), ends_on=licence.ends_on, source=licence.source, series=licence.series,
        as_of=licence.as_of, written_by_id=actor.id, written_on=clock.today(),
    )  # fmt: skip
    _note_waiting(recruiter)
    audit.record(actor, "licence.write", claim, org=access.editor_org(actor))
    return claim


@transaction.atomic
def publish(actor: Actor, claim_id: UUID) -> UUID:
    """A second person has checked the source. The same claimant's earlier word is kept, and shown no more."""
    claim = _find(actor, claim_id, "publish")
    checked(claim, actor, LICENCE_DAYS)
    claim.save()
    before = claim.recruiter.licences.filter(claimant=claim.claimant, state=ClaimState.VERIFIED).exclude(pk=claim.pk)
    newer = before.filter(as_of__gt=claim.as_of).exists()
    if newer:  # an older word says nothing against a newer one of the same claimant
        claim.state, claim.valid_until, claim.replaced = ClaimState.WITHDRAWN, None, True
        claim.save()
    else:
        before.update(state=ClaimState.WITHDRAWN, valid_until=None, replaced=True)
    _note_waiting(claim.recruiter)
    audit.record(actor, "licence.publish", claim, org=access.editor_org(actor))
    return claim.recruiter_id


@transaction.atomic
def check(actor: Actor, claim_id: UUID) -> UUID:
    """Somebody who did not write it asked the claimant again: it is still so."""
    claim = _find(actor, claim_id, "check")
    checked(claim, actor, LICENCE_DAYS)
    claim.save()
    audit.record(actor, "licence.check", claim, org=access.editor_org(actor))
    return claim.recruiter_id


@transaction.atomic
def withdraw(actor: Actor, claim_id: UUID) -> UUID:
    """Show it no more, or take back or refuse what waits. It is kept."""
    claim = _find(actor, claim_id, "withdraw")
    claim.state, claim.valid_until = ClaimState.WITHDRAWN, None
    claim.save()
    _note_waiting(claim.recruiter)
    audit.record(actor, "licence.withdraw", claim, org=access.editor_org(actor))
    return claim.recruiter_id


def _find(actor: Actor, claim_id: UUID, to: str) -> LicenceClaim:
    claims = LicenceClaim.objects.select_for_update(of=("self",)).select_related("recruiter")
    return access.get(actor, "licence.see", claims, claim_id, to=f"licence.{to}")


def _note_waiting(recruiter: Recruiter) -> None:
    waits = recruiter.licences.filter(state=ClaimState.UNVERIFIED).exists()
    Recruiter.objects.filter(pk=recruiter.pk).update(licence_waits=waits)
