"""Good practices: written, changed, judged by others, published by a third, withdrawn; tried elsewhere, with what came of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.models import Organisation
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.network import indexing
from spean.network import practice_enums as codes
from spean.network.models import GoodPractice, PracticeReview, PracticeVersion, Trial
from spean.network.practice_rules import WRITERS
from spean.places import queries as places
from spean.privacy import audit
from spean.programme.activity_enums import Money
from spean.programme.operations.programmes import STRANGE

WORDS = (*indexing.TITLES, *indexing.WORDS)
COLUMNS = ("title_km", "title_en", "problem", "ground", "whom", "country", "towards", "sure", "again")
BOOKS: dict[str, Any] = {
    "problem": codes.Problem,
    "ground": codes.Ground,
    "whom": codes.Whom,
    "sure": codes.Sure,
    "again": codes.Again,
}
MOST_COST, FIRST_YEAR = Decimal(10_000_000_000), 1990
TOO_FEW = _(
    "It is published once two other organisations say that it is safe, and do not say that it is unclear or unbelievable."
)
NOT_YET = _("This day has not come yet.")
UNSAFE = _("Somebody says that it could hurt people. It is published only after a change that answers this.")


@dataclass(frozen=True)
class Told:
    """All that a practice says. `cost` is None where it is not known; `cost_year` says of when the amount is."""

    problem: str
    ground: str
    whom: str
    country: str
    sure: str
    again: str
    towards: str = ""
    title_km: str = ""
    title_en: str = ""
    about_km: str = ""
    about_en: str = ""
    did_km: str = ""
    did_en: str = ""
    result_km: str = ""
    result_en: str = ""
    why_km: str = ""
    why_en: str = ""
    cost: Decimal | None = None
    currency: str = ""
    cost_year: int | None = None

    def body(self) -> dict[str, Any]:
        """As a version keeps it."""
        said = asdict(self) | {name: clean(getattr(self, name)) for name in WORDS}
        return said | {"cost": None if self.cost is None else str(self.cost)}


@dataclass(frozen=True)
class Judged:
    """What a reviewer says."""

    clear: str
    believable: str
    safe: str
    words: str = ""


@dataclass(frozen=True)
class Came:
    """What came of a practice elsewhere."""

    result: str
    sure: str
    words: str


@transaction.atomic
def write(actor: Actor, told: Told, sent_id: UUID, *, demonstration: bool = False) -> UUID:
    """A new draft of the actor's organisation. A replay returns the first one's id."""
    if not access.may(actor, "good_practice.write"):
        raise NotAllowed
    known = GoodPractice.objects.filter(sent_id=sent_id).first()
    if known:
        if known.written_by_id != actor.id:
            raise NotYours
        return known.id
    _judge(told)
    body, org = told.body(), org_of(actor)
    made = GoodPractice(
        id=new_id(),
        sent_id=sent_id,
        number=_next_number(),
        organisation_id=org,
        written_by_id=actor.id,
        moved_on=clock.today(),
        demonstration=demonstration,
        **_columns(body),
    )
    made.save(force_insert=True)
    _version(actor, made, body)
    audit.record(actor, "good_practice.write", made, org=org)
    return made.id


@transaction.atomic
def change(actor: Actor, pk: UUID, told: Told) -> None:
    """Other words. A draft is overwritten; what others judge becomes a new version, which they judge anew."""
    found = _locked(actor, pk, "change")
    _judge(told)
    body = told.body()
    newest = found.versions.get(number=found.latest)
    if newest.body == body:
        return
    if found.state == codes.PracticeState.DRAFT:
        newest.delete()
    else:
        found.latest += 1
    _version(actor, found, body)
    if found.shown:
        found.save(update_fields=["latest"])
    else:
        _take(found, body)
    audit.record(actor, "good_practice.change", found, org=found.organisation_id)


@transaction.atomic
def move(actor: Actor, pk: UUID, verb: str, why: str = "") -> None:
    """Ask others for their judgement, publish it, begin to change it, or withdraw it."""
    if verb not in codes.PRACTICE_MOVES:
        raise NotYours
    found = _locked(actor, pk, verb)
    if verb == "publish":
        _publish(found)
    elif verb == "withdraw":
        if why not in codes.WhyWithdrawn:
            raise Invalid({"why": STRANGE})
        found.withdrawn_for = why
        indexing.forget(found)
    found.state, found.moved_on = codes.PRACTICE_MOVES[verb][1], clock.today()
    found.save(update_fields=["state", "moved_on", "withdrawn_for", "shown"])
    audit.record(actor, f"good_practice.{verb}", found, org=found.organisation_id, reason=why if verb == "withdraw" else "")


@transaction.atomic
def judge(actor: Actor, pk: UUID, judged: Judged) -> None:
    """Say whether the newest version is clear, believable and safe; the same person again says it anew."""
    found = _locked(actor, pk, "judge")
    said = {name: getattr(judged, name) for name in ("clear", "believable", "safe")}
    wrong: dict[str, Any] = {name: STRANGE for name, value in said.items() if value not in codes.Verdict}
    if not wrong and set(said.values()) != {codes.Verdict.YES} and not clean(judged.words):
        wrong["words"] = _("Write what is missing, so that the author can change it.")
    if wrong:
        raise Invalid(wrong)
    kept = {**said, "words": clean(judged.words), "on": clock.today(), "organisation_id": org_of(actor)}
    PracticeReview.objects.update_or_create(practice=found, version=found.latest, by_id=actor.id, defaults=kept)
    audit.record(actor, "good_practice.judge", found, org=kept["organisation_id"], reason=judged.safe)


@transaction.atomic
def try_it(actor: Actor, pk: UUID, country: str, since: date, changed: str, sent_id: UUID) -> UUID:
    """The actor's organisation tries it too. A replay returns the first one's id."""
    found = _locked(actor, pk, "try")
    known = Trial.objects.filter(sent_id=sent_id).first()
    if known:
        if known.by_id != actor.id:
            raise NotYours
        return known.id
    wrong: dict[str, Any] = {}
    if not places.is_country(country):
        wrong["country"] = STRANGE
    if since > clock.today():
        wrong["since"] = NOT_YET
    if wrong:
        raise Invalid(wrong)
    said = {"country": country, "since": since, "changed": clean(changed)}
    made = Trial(id=new_id(), sent_id=sent_id, practice=found, organisation_id=org_of(actor), by_id=actor.id, **said)
    made.save(force_insert=True)
    audit.record(actor, "good_practice.try", found, org=made.organisation_id)
    return made.id


@transaction.atomic
def tell(actor: Actor, pk: UUID, trial_id: UUID, came: Came) -> None:
    """What came of it; told again, it takes the place of what was told before."""
    practice = access.get(actor, "good_practice.see", GoodPractice.objects.all(), pk)
    rows = practice.trials.select_for_update()
    found = rows.filter(pk=trial_id).first()
    if found is None:
        raise NotYours
    access.require(actor, "trial.tell", found)
    wrong: dict[str, Any] = {} if came.result in codes.TrialResult else {"result": STRANGE}
    if came.sure not in codes.Sure:
        wrong["sure"] = STRANGE
    if not clean(came.words):
        wrong["words"] = _("Write what came of it, in a few words.")
    if wrong:
        raise Invalid(wrong)
    found.state, found.told_on = codes.TRIAL_MOVES["tell"][1], clock.today()
    found.result, found.sure, found.words = came.result, came.sure, clean(came.words)
    found.save(update_fields=["state", "told_on", "result", "sure", "words"])
    audit.record(actor, "trial.tell", found, org=found.organisation_id, reason=came.result)


def org_of(actor: Actor) -> UUID:
    """For which organisation somebody writes: that of the first seat whose role may. NotAllowed for others."""
    seats = actor.having(WRITERS)
    if not seats:
        raise NotAllowed
    return seats[0].org


def standing(practice: GoodPractice) -> tuple[int, bool]:
    """(organisations whose word stands for the newest version, whether somebody says that it is not safe). One query."""
    rows = list(practice.reviews.filter(version=practice.latest))
    no = codes.Verdict.NO
    firm = {r.organisation_id for r in rows if r.safe == codes.Verdict.YES and no not in {r.clear, r.believable}}
    return len(firm), any(r.safe == no for r in rows)


def _publish(found: GoodPractice) -> None:
    number, unsafe = standing(found)
    if unsafe or number < codes.REVIEWS:
        raise Conflict(UNSAFE if unsafe else TOO_FEW)
    body = found.versions.get(number=found.latest).body
    found.shown = found.latest
    _take(found, body)
    indexing.keep(found, body)


def _locked(actor: Actor, pk: UUID, verb: str) -> GoodPractice:
    rows = GoodPractice.objects.select_for_update(of=("self",))
    return access.get(actor, "good_practice.see", rows, pk, to=f"good_practice.{verb}")


def _columns(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in COLUMNS}


def _take(found: GoodPractice, body: Mapping[str, Any]) -> None:
    for name in COLUMNS:
        setattr(found, name, body[name])
    found.save(update_fields=[*COLUMNS, "latest", "shown"])


def _version(actor: Actor, practice: GoodPractice, body: dict[str, Any]) -> None:
    said = {"number": practice.latest, "body": body, "written_on": clock.today()}
    PracticeVersion.objects.create(practice=practice, written_by_id=actor.id, **said)


def _next_number() -> int:
    """The next one's number. All who begin one wait at the same row."""
    Organisation.objects.select_for_update().order_by("pk").first()
    return (GoodPractice.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _judge(told: Told) -> None:
    wrong: dict[str, Any] = {name: STRANGE for name, book in BOOKS.items() if getattr(told, name) not in book}
    if not (clean(told.title_km) or clean(told.title_en)):
        wrong["title_km"] = _("Write what it is called, in Khmer or in English.")
    for name in ("about", "did", "result", "why"):
        if not (clean(getattr(told, f"{name}_km")) or clean(getattr(told, f"{name}_en"))):
            wrong[f"{name}_km"] = _("Write it in Khmer or in English.")
    for name in ("country", "towards"):
        code = getattr(told, name)
        if (code or name == "country") and not places.is_country(code):
            wrong[name] = STRANGE
    if wrong := wrong | _wrong_cost(told):
        raise Invalid(wrong)


def _wrong_cost(told: Told) -> dict[str, Any]:
    if told.cost is None:
        return {}
    wrong: dict[str, Any] = {}
    if not 0 <= told.cost <= MOST_COST:
        wrong["cost"] = _("Write an amount, for example 12,000.")
    if told.currency not in Money:
        wrong["currency"] = STRANGE
    if told.cost_year is None or not FIRST_YEAR <= told.cost_year <= clock.today().year:
        wrong["cost_year"] = _("Write of which year the amount is.")
    return wrong
