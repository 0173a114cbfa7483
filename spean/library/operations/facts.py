"""Facts: written by one person, checked and published by another, withdrawn by anyone of them at once."""

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.library import amounts, wording
from spean.library.enums import FACT_MOVES, CorridorState, Unit, VersionState
from spean.library.models import LONGEST_KEY, Fact, FactVersion
from spean.privacy import audit

#: after this many days a fact has to be checked again, unless who wrote it said otherwise
REVIEW = timedelta(days=182)
REVIEW_OF_A_CORRIDOR = timedelta(days=30)


@dataclass(frozen=True)
class Said:
    """What a claim says: the fields of `models.Claim`."""

    name_km: str
    name_en: str
    unit: str
    claimant_km: str
    claimant_en: str
    source_tag: str
    source_text: str
    as_of: str
    amount: str = ""
    words_km: str = ""
    words_en: str = ""
    valid_until: date | None = None


def said_of(claim: Any) -> Said:
    """What a fact or a version says."""
    return Said(**{field.name: getattr(claim, field.name) for field in fields(Said)})


def checked(said: Said) -> Said:
    """The same, with its amount as it is kept; Invalid with a reason for each field that cannot be taken."""
    wrong: dict[str, Any] = {}
    amount = said.amount
    if said.unit not in Unit.values:
        wrong["unit"] = _("Choose one of the answers.")
    elif said.unit == Unit.WORDS:
        amount = ""
        missing = {n: _("Write the fact in words, or choose a unit.") for n in ("words_km", "words_en") if not getattr(said, n)}
        wrong |= missing
    elif said.unit == Unit.CORRIDOR:
        wrong |= {} if amount in CorridorState.values else {"amount": _("Write open, suspended, closed or unknown.")}
    else:
        number = amounts.read(amount)
        amount = str(number) if number else amount
        wrong |= {} if number else {"amount": _("Write a number like 100, or from–to like 337-400.")}
    if not amounts.is_as_of(said.as_of):
        wrong["as_of"] = _("Write a year, a month or a day, like 2025, 2025-02 or 2025-02-01.")
    if wrong:
        raise Invalid(wrong)
    return Said(**{**asdict(said), "amount": amount})


@transaction.atomic
def write(actor: Actor, key: str, subject: str, said: Said, sent_id: UUID) -> UUID:
    """A new fact. Nobody sees it on a page before somebody else has published it. A replay returns the first one's id."""
    known = _known(actor, sent_id)
    if known:
        return known.fact_id
    if not access.may(actor, "fact.write"):
        raise NotAllowed
    said = checked(said)
    wrong = {n: _KEY_WANTED for n, v in (("key", key), ("subject", subject)) if not _is_name(v)}
    if not wrong and Fact.objects.filter(key=key).exists():
        wrong["key"] = _("There is a fact with this key. Propose a change of it, or choose another key.")
    if wrong:
        raise Invalid(wrong)
    fact = Fact.objects.create(key=key, subject=subject, waiting=True, proposed_by_id=actor.id, **asdict(said))
    _version(fact, said, actor.id, sent_id)
    audit.record(actor, "fact.write", fact, org=access.editor_org(actor))
    return fact.id


_KEY_WANTED = _("Use small Latin letters, digits, dots and dashes, like kh.passport.price.")


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_KEY and wording.is_key(text)


@transaction.atomic
def propose(actor: Actor, fact_id: UUID, said: Said, sent_id: UUID, *, seen: int | None = None) -> UUID:
    """A changed wording, also one with only a later `valid_until`. What is shown stays until somebody else publishes it.

    It takes the place of one that waits. `seen`: the number of the latest version when the form was opened.
    """
    known = _known(actor, sent_id)
    if known:
        return known.fact_id
    fact = _find(actor, fact_id, "propose")
    said = checked(said)
    latest = fact.versions.order_by("-number").first()
    if latest is not None and seen is not None and latest.number != seen:
        raise Invalid(
            {"": _("Somebody else wrote a change while you were writing. Open the fact again and look at theirs first.")}
        )
    _end_waiting(fact, VersionState.REPLACED, None)
    _version(fact, said, actor.id, sent_id)
    fact.waiting, fact.proposed_by_id = True, actor.id
    fact.save(update_fields=["waiting", "proposed_by"])
    audit.record(actor, "fact.propose", fact, org=access.editor_org(actor))
    return fact.id


@transaction.atomic
def publish(actor: Actor, fact_id: UUID, number: int) -> None:
    """A second person has checked version `number` against its source: the pages show it from now on."""
    fact = access.get(actor, "fact.see", Fact.objects.select_for_update(of=("self",)), fact_id)
    if fact.waiting and fact.proposed_by_id == actor.id:
        raise NotAllowed(_("Another person has to check and publish what you wrote."))
    version = fact.versions.filter(state=VersionState.WAITING).first()
    if version is None or version.number != number:
        raise Conflict
    access.require(actor, "fact.publish", fact)
    said, today = said_of(version), clock.today()
    if said.valid_until is not None and said.valid_until < today:
        raise Conflict(_("The day until which this may be shown has passed. Propose a later one after checking the source."))
    fact.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.REPLACED)
    version.valid_until = said.valid_until or today + (REVIEW_OF_A_CORRIDOR if said.unit == Unit.CORRIDOR else REVIEW)
    _decide(version, VersionState.PUBLISHED, actor.id)
    for name, value in asdict(said_of(version)).items():
        setattr(fact, name, value)
    fact.state = FACT_MOVES["publish"][1]
    fact.checked_by_id, fact.checked_for_id, fact.checked_on = actor.id, access.editor_org(actor), today
    fact.demonstration, fact.waiting, fact.proposed_by = False, False, None
    fact.save()
    audit.record(actor, "fact.publish", fact, org=access.editor_org(actor))


@transaction.atomic
def refuse(actor: Actor, fact_id: UUID, number: int) -> None:
    """What waits is not published; what is shown stays as it is."""
    fact = _find(actor, fact_id, "refuse")
    if not fact.versions.filter(state=VersionState.WAITING, number=number).exists():
        raise Conflict
    _end_waiting(fact, VersionState.REFUSED, actor.id)
    fact.waiting, fact.proposed_by = False, None
    fact.save(update_fields=["waiting", "proposed_by"])
    audit.record(actor, "fact.refuse", fact, org=access.editor_org(actor))


@transaction.atomic
def withdraw(actor: Actor, fact_id: UUID) -> None:
    """No page shows it from now on, and nothing of it waits. One person is enough: a wrong fact waits for no second one."""
    fact = _find(actor, fact_id, "withdraw")
    _end_waiting(fact, VersionState.REFUSED, actor.id)
    fact.state = FACT_MOVES["withdraw"][1]
    fact.waiting, fact.proposed_by = False, None
    fact.save(update_fields=["state", "waiting", "proposed_by"])
    audit.record(actor, "fact.withdraw", fact, org=access.editor_org(actor))


@transaction.atomic
def show_for_demonstration(actor: Actor, keys: list[str]) -> int:
    """Publish seeds although nobody has checked them, for a demonstration alone: every page that shows one says so."""
    waiting = FactVersion.objects.filter(fact__key__in=keys, state=VersionState.WAITING).order_by("fact__key")
    for fact_id, number in waiting.values_list("fact_id", "number"):
        publish(actor, fact_id, number)
    return Fact.objects.filter(key__in=keys, state=ClaimState.VERIFIED).update(demonstration=True)


def sent_hash(sent_id: UUID) -> str:
    """What is kept of the sender's id."""
    return sha256(b"library" + sent_id.bytes).hexdigest()


def _known(actor: Actor, sent_id: UUID) -> FactVersion | None:
    known = FactVersion.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known and known.written_by_id != actor.id:
        raise NotYours
    return known


def _find(actor: Actor, fact_id: UUID, verb: str) -> Fact:
    return access.get(actor, "fact.see", Fact.objects.select_for_update(of=("self",)), fact_id, to=f"fact.{verb}")


def _version(fact: Fact, said: Said, writer: UUID, sent_id: UUID) -> None:
    number = (fact.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    FactVersion.objects.create(
        fact=fact, number=number, written_by_id=writer, written_on=clock.today(), sent_hash=sent_hash(sent_id), **asdict(said)
    )


def _decide(version: FactVersion, state: str, by: UUID | None) -> None:
    version.state, version.decided_by_id, version.decided_on = state, by, clock.today()
    version.save(update_fields=["state", "decided_by", "decided_on", "valid_until"])


def _end_waiting(fact: Fact, state: str, by: UUID | None) -> None:
    for version in fact.versions.filter(state=VersionState.WAITING):
        _decide(version, state, by)
