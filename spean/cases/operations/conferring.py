"""Case conferences: who sat together, how the person took part, what was decided. Others hear a name only by consent."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases.contexts import conference_context
from spean.cases.kept_enums import MUST_HAVE_AGREED, Present, TookPart
from spean.cases.models import Case, Conference, ConferencePresent
from spean.cases.operations import consent
from spean.cases.operations.course import NOT_YET, STRANGE, done, find
from spean.cases.operations.reading import opened_part
from spean.cases.step_enums import StepDetail
from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

NOT_AGREED = _(
    "The person has not agreed that these hear who it is about: %(who)s. Write down their consent first, or speak without a name."
)


@dataclass(frozen=True)
class Held:
    """What is counted of a conference."""

    on: date
    present: frozenset[str]
    took_part: str
    by_name: bool = False  # whether the others heard who it is about


@dataclass(frozen=True)
class Words:
    """What is sealed of it: who was there by name, what was said, what was decided."""

    who: str = ""
    said: str = ""
    decided: str = ""


@transaction.atomic
def confer(actor: Actor, case_id: UUID, held: Held, words: Words, sent_id: UUID) -> UUID:
    """Write down a conference. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "confer")
    known = case.conferences.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    _check(case, held, words)
    made = Conference(id=new_id(), case=case, on=held.on, by_id=actor.id, took_part=held.took_part, by_name=held.by_name)
    made.sent_hash = sent_hash(sent_id)
    typed = {name: clean(text) for name, text in asdict(words).items()}
    made.words = seal(ring.data_key(case.id), typed, conference_context(case, made.id))
    made.save(force_insert=True)
    ConferencePresent.objects.bulk_create(ConferencePresent(conference=made, who=who) for who in sorted(held.present))
    done(actor, case, "case.confer", StepDetail.CONFERENCE, reason=held.took_part)
    return made.id


def _check(case: Case, held: Held, words: Words) -> None:
    wrong: dict[str, object] = {}
    if not held.present or not held.present <= set(Present.values):
        wrong["present"] = _("Say who was there: choose one at least.")
    if held.took_part not in TookPart:
        wrong["took_part"] = STRANGE
    if held.on > clock.today():
        wrong["on"] = NOT_YET
    if not clean(words.decided):
        wrong["decided"] = _("Write what was decided, or that nothing was.")
    if held.by_name and (unheard := not_agreed(case, held.present)):
        wrong["by_name"] = NOT_AGREED % {"who": ", ".join(unheard)}
    if wrong:
        raise Invalid(wrong)


def not_agreed(case: Case, present: Collection[str]) -> list[str]:
    """Of whom the person has not agreed today that such people are told who they are."""
    agreed = set(consent.holding(case).values_list("purpose", flat=True))
    return [str(who.label) for who, purposes in MUST_HAVE_AGREED.items() if who in present and not purposes & agreed]


def read(actor: Actor, case_id: UUID, reason: str = "") -> dict[UUID, Words]:
    """The words of each conference, opened."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.conferences", case, org=case.org_id)
        found = case.conferences.all()
        return {c.id: Words(**open_sealed(key, bytes(c.words), conference_context(case, c.id))) for c in found}
