"""Training courses as an organisation keeps them: what, where, from when to when, how many places, for whom. About nobody."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.cases.ledger_enums import Currency
from spean.cases.models import Training
from spean.cases.money import MOST, NOTHING
from spean.cases.operations.course import STRANGE, after
from spean.cases.training_enums import HOLDS_PLACE, TRAINING_MOVES, CertificateKind, JoinSex, Payer, Schooling, Trade
from spean.directory.enums import Language, Need
from spean.directory.models import Entry
from spean.kernel.errors import Invalid, NotAllowed
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.places.queries import by_code
from spean.privacy import audit
from spean.voices.operations.intake import sent_hash

MOST_PLACES = 500


@dataclass(frozen=True)
class Kept:
    """What is written down of a training course. `entry` is one of the help directory; else `provider` is a name."""

    trade: str
    starts_on: date
    ends_on: date
    places: int
    ends_with: str
    name: str = ""
    entry: UUID | None = None
    provider: str = ""
    age_from: int | None = None
    sex: str = ""
    language: str = Language.KM
    schooling: str = Schooling.NONE
    fee: Decimal = NOTHING
    stipend: Decimal = NOTHING  # a month
    currency: str = Currency.RIEL
    payer: str = ""
    accessible: bool = False
    child_care: bool = False


@transaction.atomic
def write(actor: Actor, kept: Kept, place: str, sent_id: UUID) -> UUID:
    """A new one, of the actor's organisation. A replay returns the first one's id."""
    seats = actor.having([Role.CASE_WORKER, Role.SUPERVISOR])
    if not access.may(actor, "training.write") or not seats:
        raise NotAllowed
    known = Training.objects.filter(sent_hash=sent_hash(sent_id), org__in=actor.orgs).first()
    if known:
        return known.id
    made = Training(id=new_id(), org_id=seats[0].org, written_by_id=actor.id, sent_hash=sent_hash(sent_id))
    _keep(actor, made, kept, place)
    return made.id


@transaction.atomic
def change(actor: Actor, training_id: UUID, kept: Kept, place: str) -> None:
    """Other days, places or conditions. Never fewer places than are taken."""
    found = _found(actor, training_id, "change")
    if kept.places < taken(found):
        raise Invalid({"places": _("More people than that have a place already.")})
    _keep(actor, found, kept, place)


@transaction.atomic
def call_off(actor: Actor, training_id: UUID) -> None:
    """It does not take place. Who has a place stays written down until somebody has talked with them."""
    found = _found(actor, training_id, "call_off")
    found.state = after(TRAINING_MOVES, "call_off", found.state)
    found.save(update_fields=["state"])
    audit.record(actor, "training.call_off", found, org=found.org_id)


def taken(training: Training) -> int:
    """How many of its places are taken."""
    return training.enrolments.filter(state__in=HOLDS_PLACE).count()


def _found(actor: Actor, training_id: UUID, verb: str) -> Training:
    rows = Training.objects.select_for_update(of=("self",))
    return access.get(actor, "training.see", rows, training_id, to=f"training.{verb}")


def _keep(actor: Actor, made: Training, kept: Kept, place: str) -> None:
    at = by_code(place)
    wrong = _wrong(kept)
    if at is None:
        wrong["place"] = _("Choose the place where it is held.")
    if wrong or at is None:
        raise Invalid(wrong)
    for name, value in asdict(kept).items():
        setattr(made, f"{name}_id" if name == "entry" else name, clean(value) if name in ("name", "provider") else value)
    made.place_id = at.id
    made.save()
    audit.record(actor, "training.write", made, org=made.org_id)


def _wrong(kept: Kept) -> dict[str, object]:
    books = {
        "trade": Trade, "ends_with": CertificateKind, "language": Language, "schooling": Schooling, "currency": Currency,
    }  # fmt: skip
    wrong: dict[str, object] = {name: STRANGE for name, book in books.items() if getattr(kept, name) not in book}
    if kept.sex and kept.sex not in JoinSex:
        wrong["sex"] = STRANGE
    if kept.ends_on < kept.starts_on:
        wrong["ends_on"] = _("It cannot end before it begins.")
    if not 0 < kept.places <= MOST_PLACES:
        wrong["places"] = _("Write how many people can join, for example 12.")
    for name in ("fee", "stipend"):
        if not NOTHING <= getattr(kept, name) < MOST:
            wrong[name] = _("Write an amount, for example 12,000.")
    if not (kept.payer in Payer if kept.stipend else not kept.payer):
        wrong["payer"] = _("Say who pays the stipend, where there is one.")
    if (kept.entry is None) == (not clean(kept.provider)):
        wrong["provider"] = _("Choose who gives it from the help directory, or write the name.")
    if kept.entry and not offers().filter(pk=kept.entry).exists():
        wrong["entry"] = STRANGE
    return wrong


def offers() -> QuerySet[Entry]:
    """The public entries of the help directory that help to learn a trade."""
    return Entry.objects.filter(service__needs__need=Need.TRAINING).order_by("title_en", "id").distinct()
