"""The state's formal identification: asked, and what an authority decided. It changes nothing of our screening."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases.contexts import identification_context
from spean.cases.fact_enums import IDENTIFY_MOVES, Authority, Identified
from spean.cases.models import Case, Identification
from spean.cases.operations.course import NOT_YET, STRANGE, after, done, find, more
from spean.cases.operations.reading import opened_part
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

EARLIER = _("An answer does not come before the question. Choose a later day.")


@dataclass(frozen=True)
class Paper:
    """What is sealed of one: the number of its paper, and what was said."""

    number: str = ""
    words: str = ""


@transaction.atomic
def ask(actor: Actor, case_id: UUID, authority: str, asked_on: date, paper: Paper, sent_id: UUID) -> UUID:
    """Write down that an authority was asked. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "identify")
    known = Identification.objects.filter(sent_hash=sent_hash(sent_id), case=case).first()
    if known:
        return known.id
    if authority not in Authority:
        raise Invalid({"authority": STRANGE})
    if asked_on > clock.today():
        raise Invalid({"asked_on": NOT_YET})
    made = Identification(id=new_id(), case=case, authority=authority, asked_on=asked_on, written_by_id=actor.id)
    made.sent_hash = sent_hash(sent_id)
    made.words = _sealed(ring.data_key(case.id), case, made.id, paper)
    made.save(force_insert=True)
    done(actor, case, "case.identify", StepKind.IDENTIFY, reason=authority)
    return made.id


@transaction.atomic
def answer(actor: Actor, case_id: UUID, identification_id: UUID, verb: str, on: date, paper: Paper) -> None:
    """Write down what was answered: a verb of IDENTIFY_MOVES. What is left empty of the paper stays as it was."""
    ring = ring_of(actor)
    case = find(actor, case_id, "identify")
    kept = case.identifications.select_for_update().filter(pk=identification_id).first()
    if kept is None or verb not in IDENTIFY_MOVES:
        raise NotYours
    if kept.state == IDENTIFY_MOVES[verb][1]:
        return
    to = after(IDENTIFY_MOVES, verb, kept.state)
    if on > clock.today():
        raise Invalid({"on": NOT_YET})
    if on < kept.asked_on:
        raise Invalid({"on": EARLIER})
    kept.state = to
    if to != Identified.MISTAKEN:
        kept.decided_on = on
    key = ring.data_key(case.id)
    old = Paper(**open_sealed(key, bytes(kept.words), identification_context(case, kept.id)))
    kept.words = _sealed(key, case, kept.id, Paper(clean(paper.number) or old.number, more(old.words, paper.words)))
    kept.save(update_fields=["state", "decided_on", "words"])
    done(actor, case, "case.identify", StepKind.IDENTIFIED, reason=to)


def read(actor: Actor, case_id: UUID, reason: str = "") -> dict[UUID, Paper]:
    """The papers of the identifications of a case, opened: the trail first, as for the case itself."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.identification", case, org=case.org_id)
        kept = case.identifications.exclude(words=b"")
        return {i.id: Paper(**open_sealed(key, bytes(i.words), identification_context(case, i.id))) for i in kept}


def _sealed(key: bytes, case: Case, record: UUID, paper: Paper) -> bytes:
    content = {"number": clean(paper.number), "words": clean(paper.words)}
    return seal(key, content, identification_context(case, record))
