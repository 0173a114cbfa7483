"""Agreements: written, offered with the own signature, signed by each other side, refused, withdrawn, ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.text import clean
from spean.network.agreement_enums import (
    AGREED_BOOKS,
    AGREEMENT_MOVES,
    REASONED,
    AgreedBook,
    AgreedData,
    AgreementState,
    WhyEnded,
)
from spean.network.agreement_rules import SIGNERS
from spean.network.models import Agreement, AgreementCode, Party
from spean.network.queries.agreements import own_sides, partners
from spean.privacy import audit
from spean.programme.operations.programmes import STRANGE

MOST_SIDES, LONGEST = 20, timedelta(days=5 * 366)


@dataclass(frozen=True)
class Draft:
    """What is written: for which own organisation, with whom, what data for which purposes, from when until when."""

    of: UUID
    others: tuple[UUID, ...]
    data: tuple[str, ...]
    purposes: tuple[str, ...]
    starts_on: date
    ends_on: date
    number: str = ""

    def codes(self) -> dict[str, tuple[str, ...]]:
        """The codes by their book."""
        return {AgreedBook.DATA: self.data, AgreedBook.PURPOSE: self.purposes}


@transaction.atomic
def make(actor: Actor, said: Draft, sent_id: UUID) -> UUID:
    """Begin one. A replay returns the first one's id."""
    if not access.may(actor, "agreement.make"):
        raise NotAllowed
    known = Agreement.objects.filter(pk=sent_id).first()
    if known:
        return access.get(actor, "agreement.see", Agreement.objects.all(), known.id).id
    made = Agreement(id=sent_id, moved_on=clock.today(), moved_by_id=actor.id)
    _write(actor, made, said)
    made.save(force_insert=True)
    _parts(made, said)
    audit.record(actor, "agreement.make", made, org=made.of_id)
    return made.id


@transaction.atomic
def change(actor: Actor, pk: UUID, said: Draft) -> None:
    """Write it anew, while nobody has signed."""
    found = _find(actor, pk, "change")
    _write(actor, found, said)
    found.save(update_fields=["of", "starts_on", "ends_on", "number"])
    _parts(found, said)
    audit.record(actor, "agreement.change", found, org=found.of_id)


@transaction.atomic
def move(actor: Actor, pk: UUID, verb: str, why: str = "") -> None:
    """Offer, sign, refuse, withdraw or end it. With the last signature it is in force."""
    if verb not in AGREEMENT_MOVES or verb == "begin":
        raise NotYours
    found = _find(actor, pk, verb)
    if verb in REASONED and why not in WhyEnded:
        raise Invalid({"why": STRANGE})
    if verb in {"offer", "sign"}:
        if found.ends_on < clock.today():
            raise Conflict(_("Its last day is over already. Write a new one."))
        _sign(actor, found, {found.of_id} if verb == "offer" else None)
    _enter(actor, found, verb, why if verb in REASONED else "")
    if verb in {"offer", "sign"} and not Party.objects.filter(agreement=found, signed_by=None).exists():
        _enter(actor, found, "begin", "")


def _find(actor: Actor, pk: UUID, verb: str) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",))
    return access.get(actor, "agreement.see", rows, pk, to=f"agreement.{verb}")


def _sign(actor: Actor, found: Agreement, sides: set[UUID] | None) -> None:
    """For one side: of several of theirs the first that has not signed."""
    own = sides if sides is not None else {s.org for s in actor.having(SIGNERS)}
    waits = Party.objects.filter(agreement=found, signed_by=None, organisation__in=own).order_by("id").first()
    if waits is None:
        raise Conflict
    waits.signed_by_id, waits.signed_on = actor.id, clock.today()
    waits.save(update_fields=["signed_by", "signed_on"])


def _enter(actor: Actor, found: Agreement, verb: str, why: str) -> None:
    leaves, enters = AGREEMENT_MOVES[verb]
    if found.state not in leaves:
        raise Conflict
    found.state, found.why, found.moved_on, found.moved_by_id = enters, why, clock.today(), actor.id
    found.save(update_fields=["state", "why", "moved_on", "moved_by"])
    unseen = found.state == AgreementState.WITHDRAWN
    orgs = [found.of_id] if unseen else sorted(found.parties.values_list("organisation", flat=True), key=str)
    for org in orgs:
        audit.record(actor, f"agreement.{verb}", found, org=org, reason=why)


def _write(actor: Actor, found: Agreement, said: Draft) -> None:
    wrong: dict[str, Any] = {}
    if said.of not in dict(own_sides(actor)):
        wrong["of"] = STRANGE
    if not said.others or said.of in said.others or len(said.others) > MOST_SIDES:
        wrong["others"] = _("Choose with whom: one other organisation at least.")
    elif partners().filter(organisation__in=said.others).count() != len(set(said.others)):
        wrong["others"] = STRANGE
    for book, codes in said.codes().items():
        if not codes or any(code not in AGREED_BOOKS[book] for code in codes):
            wrong["data" if book == AgreedBook.DATA else "purposes"] = _("Choose one at least.")
    if AgreedData.NONE in said.data and len(said.data) > 1:
        wrong["data"] = _("Either no data, or which.")
    if not said.starts_on <= said.ends_on <= said.starts_on + LONGEST:
        wrong["ends_on"] = _("The last day comes after the first, and no later than five years.")
    if wrong:
        raise Invalid(wrong)
    found.of_id, found.starts_on, found.ends_on, found.number = said.of, said.starts_on, said.ends_on, clean(said.number)


def _parts(found: Agreement, said: Draft) -> None:
    Party.objects.filter(agreement=found).delete()
    AgreementCode.objects.filter(agreement=found).delete()
    sides = dict.fromkeys((said.of, *said.others))
    Party.objects.bulk_create(Party(agreement=found, organisation_id=side) for side in sides)
    AgreementCode.objects.bulk_create(
        AgreementCode(agreement=found, book=book, code=code)
        for book, codes in said.codes().items()
        for code in dict.fromkeys(codes)
    )
