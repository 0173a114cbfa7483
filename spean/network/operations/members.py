"""Members of the network: added, changed, left, and who answers for them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.text import clean, latin_digits
from spean.network.member_enums import BOOKS, Book
from spean.network.models import Focal, Member, MemberCode
from spean.network.queries.members import not_yet, people_of
from spean.places.enums import COUNTRIES
from spean.places.models import Place
from spean.privacy import audit
from spean.programme.operations.programmes import STRANGE

TELEPHONE = re.compile(r"(?:\d[\s().+-]*){8,}")
MOST_FOCALS = 10


@dataclass(frozen=True)
class MemberWords:
    """What is written of a member: its country by code, the codes of each book."""

    country: str
    since: date
    until: date | None = None
    works: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def codes(self) -> dict[str, tuple[str, ...]]:
        """The codes by their book."""
        return {Book.WORK: self.works, Book.SERVED: self.served, Book.LANGUAGE: self.languages}


@dataclass(frozen=True)
class Answers:
    """Who answers for a member: an account of it, or an office and where it works."""

    user: UUID | None = None
    office_km: str = ""
    office_en: str = ""
    address: str = ""


@transaction.atomic
def add(actor: Actor, organisation: UUID, said: MemberWords, sent_id: UUID) -> UUID:
    """A new member. A replay returns the first one's id."""
    if not access.may(actor, "member.add"):
        raise NotAllowed
    known = Member.objects.filter(pk=sent_id).first()
    if known:
        return access.get(actor, "member.see", Member.objects.all(), known.id, to="member.change").id
    found = not_yet(actor).filter(pk=organisation).first()
    if found is None:
        raise Invalid({"organisation": STRANGE})
    made = Member(id=sent_id, organisation=found, country=_country(said), since=said.since, until=said.until)
    made.save(force_insert=True)
    _codes(made, said)
    _record(actor, made, "add")
    return made.id


@transaction.atomic
def change(actor: Actor, pk: UUID, said: MemberWords) -> None:
    """Write it anew; a member that left has a last day, and stays in the list of who was one."""
    found = _find(actor, pk)
    found.country, found.since, found.until = _country(said), said.since, said.until
    found.save(update_fields=["country", "since", "until"])
    _codes(found, said)
    _record(actor, found, "change")


@transaction.atomic
def name(actor: Actor, pk: UUID, said: Answers, sent_id: UUID) -> UUID:
    """Somebody answers for it; an account is named by its own organisation alone. A replay returns the first one's id."""
    found = _find(actor, pk)
    known = Focal.objects.filter(pk=sent_id).first()
    if known:
        if known.member_id != found.id:
            raise NotYours
        return known.id
    office, address = (clean(said.office_km), clean(said.office_en)), clean(said.address)
    if wrong := _wrong(actor, found, said.user, office, address):
        raise Invalid(wrong)
    row = Focal(id=sent_id, member=found, user_id=said.user, since=clock.today())
    if not said.user:
        row.office_km, row.office_en, row.address = *office, address
    row.save(force_insert=True)
    _record(actor, found, "focal")
    return row.id


@transaction.atomic
def drop(actor: Actor, pk: UUID, row: UUID) -> None:
    """Nobody answers for it in this place any more."""
    found = _find(actor, pk)
    gone = Focal.objects.filter(member=found, pk=row).first()
    if gone is None:
        raise NotYours
    gone.delete()
    _record(actor, found, "drop")


def _find(actor: Actor, pk: UUID) -> Member:
    rows = Member.objects.select_for_update(of=("self",))
    return access.get(actor, "member.see", rows, pk, to="member.change")


def _country(said: MemberWords) -> Place:
    found = Place.objects.current().filter(source=COUNTRIES, code=said.country).first()
    wrong: dict[str, Any] = {} if found else {"country": STRANGE}
    if said.until and said.until < said.since:
        wrong["until"] = _("The last day comes after the first.")
    if any(code not in BOOKS[book] for book, codes in said.codes().items() for code in codes):
        wrong["works"] = STRANGE
    if wrong or found is None:
        raise Invalid(wrong)
    return found


def _codes(member: Member, said: MemberWords) -> None:
    MemberCode.objects.filter(member=member).delete()
    MemberCode.objects.bulk_create(
        MemberCode(member=member, book=book, code=code) for book, codes in said.codes().items() for code in dict.fromkeys(codes)
    )


def _wrong(actor: Actor, member: Member, user: UUID | None, office: tuple[str, str], address: str) -> dict[str, Any]:
    if Focal.objects.filter(member=member).count() >= MOST_FOCALS:
        return {"": _("So many are enough. Take one away first.")}
    if user:
        if not people_of(actor, member).filter(pk=user).exists():
            return {"user": STRANGE}
        twice = Focal.objects.filter(member=member, user=user).exists()
        return {"user": _("This person stands there already.")} if twice else {}
    wrong: dict[str, Any] = {}
    if not any(office):
        wrong["office_en"] = _("Write the name of the office, in one language at least.")
    if not address:
        wrong["address"] = _("Write where the office is reached: an e-mail address or a street.")
    if TELEPHONE.search(latin_digits(" ".join((*office, address)))):
        wrong["address"] = _("No telephone numbers here: they belong into the help directory, where they are called and checked.")
    return wrong


def _record(actor: Actor, member: Member, verb: str) -> None:
    """A line in the trail of the organisation that it is about, and of the one whose coordinator wrote it."""
    own = {s.org for s in actor.having([Role.NETWORK_COORDINATOR])} - {member.organisation_id}
    outside = sorted(own, key=str)[:1] if member.organisation_id not in actor.orgs else []
    for org in (member.organisation_id, *outside):
        audit.record(actor, f"member.{verb}", member, org=org)
