"""A person and a training course: offered, waiting, enrolled, there so many days, finished or left for a reason; the certificate.

The stipend is a promise as any other (`promises`): whether it came is asked there, once.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases import enums, training_enums
from spean.cases.contexts import enrolment_contexts
from spean.cases.ledger_enums import Currency
from spean.cases.models import Attendance, Case, Enrolment, Training
from spean.cases.operations import promises
from spean.cases.operations.course import STRANGE, after, done, find, on_its_day, reckon_due, record
from spean.cases.operations.reading import opened_part
from spean.cases.operations.trainings import taken
from spean.cases.operations.working import keep_task
from spean.cases.queries.waiting import longer
from spean.cases.step_enums import StepDetail
from spean.cases.training_enums import ENROLMENT_MOVES, CertificateKind, EnrolmentState, LeftFor, PassedFor, TrainingState
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

MISSED = 3  # so many days missed in one tally ask for a visit
LONGEST = timedelta(days=31)  # of one tally
FULL = _("This training course is full. Put the person on the waiting list, or choose another one.")
OVER = _("This training course is over or called off. Choose another one.")
PASSED = _("Somebody waits longer for this place. Ask who looks after them first, or say why this person gets it before them.")
TWICE = _("This training course stands here already.")
THERE = frozenset({EnrolmentState.UNDER_WAY, EnrolmentState.FINISHED, EnrolmentState.LEFT})


@dataclass(frozen=True)
class Tally:
    """From one day to another: on how many days something was taught, and on how many the person was there."""

    since: date
    until: date
    held: int
    attended: int


@dataclass(frozen=True)
class Opened:
    """By the id of each enrolment: what was said of it, and the number of its certificate."""

    words: dict[UUID, str]
    numbers: dict[UUID, str]


@transaction.atomic
def offer(actor: Actor, case_id: UUID, training_id: UUID, words: str, sent_id: UUID) -> UUID:
    """Somebody is offered a training course that is not over. A replay returns the first one's id."""
    ring = ring_of(actor)
    case = find(actor, case_id, "rebuild")
    known = case.enrolments.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    training = _training(actor, training_id)
    if case.enrolments.filter(training=training).exists():
        raise Invalid({"training": TWICE})
    return _keep(actor, case, training, ring.data_key(case.id), words, sent_id).id


@transaction.atomic
def move(actor: Actor, case_id: UUID, row: UUID, verb: str, why: str = "", to: UUID | None = None, past: str = "") -> None:
    """What became of it, by the table of moves; `past`: why before who waits longer. Twice is once."""
    ring = ring_of(actor)
    case, found = _found(actor, case_id, row)
    if verb not in ENROLMENT_MOVES:
        raise Invalid({"verb": STRANGE})
    if found.state == ENROLMENT_MOVES[verb][1]:
        return
    found.state = after(ENROLMENT_MOVES, verb, found.state)
    leaves = found.state == EnrolmentState.LEFT
    if leaves and why not in LeftFor:
        raise Invalid({"why": _("Choose why the person left.")})
    if verb == "enrol":
        _takes_a_place(actor, case, found, past)
    if verb == "move":
        _to_another(actor, case, found, to, past, ring.data_key(case.id))
    found.left_for, found.moved_on = why if leaves else "", clock.today()
    found.save(update_fields=["state", "left_for", "moved_on", "promise"])
    if found.left_for == LeftFor.UNSAFE:
        words = gettext("Somebody was treated badly at a training course: talk with the person, and see that they are safe.")
        _task(actor, case, ring.data_key(case.id), words, uuid5(found.id, "unsafe"), enums.TaskKind.SAFETY)
    done(actor, case, "case.training", StepDetail.TRAINING, "due_on", reason=verb)


def _takes_a_place(actor: Actor, case: Case, found: Enrolment, past: str) -> None:
    """Refuse where none is free, or all are due to others and nobody says why. A stipend is promised from now on, once."""
    training = _training(actor, found.training_id)
    free = training.places - taken(training)
    if free <= 0:
        raise Invalid({"": FULL})
    if longer(found) >= free:
        if past not in PassedFor:
            raise Invalid({"past": PASSED})
        record(actor, "case.training_past", case, past)
    if training.stipend and not found.promise_id:
        words = gettext("A stipend of %(amount)s %(currency)s a month, for the training course %(training)s") % {
            "amount": f"{training.stipend:,.2f}".removesuffix(".00"),
            "currency": Currency(training.currency).label,
            "training": training.name or training_enums.Trade(training.trade).label,
        }
        found.promise_id = promises.add(actor, found.case_id, words, uuid5(found.id, "stipend"))


def _to_another(actor: Actor, case: Case, found: Enrolment, to: UUID | None, past: str, key: bytes) -> None:
    """The person gets a place in another one, with what was said here."""
    if to is None:
        raise Invalid({"to": _("Choose to which training course the person moves.")})
    training = _training(actor, to, field="to")
    if case.enrolments.filter(training=training).exists():
        raise Invalid({"to": TWICE})
    words = str(open_sealed(key, bytes(found.words), enrolment_contexts(case, found.id)[0])["text"])
    made = _keep(actor, case, training, key, words, uuid5(found.id, str(to)))
    _takes_a_place(actor, case, made, past)
    made.state = after(ENROLMENT_MOVES, "enrol", made.state)
    made.save(update_fields=["state", "promise"])


def _training(actor: Actor, training_id: UUID, field: str = "training") -> Training:
    """One of the organisation that is not over, locked: nobody else takes its last place meanwhile."""
    found = access.get(actor, "training.see", Training.objects.select_for_update(of=("self",)), training_id)
    if found.state != TrainingState.OPEN or found.ends_on < clock.today():
        raise Invalid({field: OVER})
    return found


def _keep(actor: Actor, case: Case, training: Training, key: bytes, words: str, sent_id: UUID) -> Enrolment:
    today = clock.today()
    made = Enrolment(id=new_id(), case=case, training=training, made_on=today, moved_on=today, by_id=actor.id)
    made.sent_hash = sent_hash(sent_id)
    made.words = seal(key, {"text": clean(words)}, enrolment_contexts(case, made.id)[0])
    made.save(force_insert=True)
    done(actor, case, "case.training", StepDetail.TRAINING, reason="offer")
    return made


@transaction.atomic
def attend(actor: Actor, case_id: UUID, row: UUID, tally: Tally) -> None:
    """How often the person was there. The same first day again is written anew. Who missed much is to be visited."""
    ring = ring_of(actor)
    case, found = _found(actor, case_id, row)
    if found.state not in THERE:
        raise Conflict
    _check(found, tally)
    told = {"until": tally.until, "held": tally.held, "attended": tally.attended, "by_id": actor.id}
    Attendance.objects.update_or_create(
        enrolment=found, since=tally.since, defaults=told, create_defaults={**told, "id": new_id()}
    )
    if tally.held - tally.attended >= MISSED and found.state == EnrolmentState.UNDER_WAY:
        words = gettext("Was not at the training course three times or more: ask how the person is and what keeps them away.")
        _task(actor, case, ring.data_key(case.id), words, uuid5(found.id, tally.since.isoformat()), enums.TaskKind.VISIT)
    done(actor, case, "case.training", StepDetail.ATTENDED, "due_on", reason="attend")


def _check(found: Enrolment, tally: Tally) -> None:
    wrong: dict[str, object] = {}
    days = (tally.until - tally.since).days + 1
    others = found.attendances.exclude(since=tally.since)
    if tally.since < found.training.starts_on:
        wrong["since"] = _("That is before the training course began.")
    if days < 1 or days > LONGEST.days:
        wrong["until"] = _("Choose a last day at most a month after the first.")
    elif tally.until > clock.today():
        wrong["until"] = _("That day has not come yet.")
    elif others.filter(since__lte=tally.until, until__gte=tally.since).exists():
        wrong["since"] = _("Some of these days are written down already. To write them anew, choose the same first day.")
    if tally.held > max(days, 0):
        wrong["held"] = _("There are not so many days between these two.")
    if tally.attended > tally.held:
        wrong["attended"] = _("Nobody can be there more often than it was held.")
    if wrong:
        raise Invalid(wrong)


def _task(actor: Actor, case: Case, key: bytes, words: str, sent: UUID, kind: str) -> None:
    """Once; of a closed case nobody is reminded."""
    if case.state not in enums.UNDER_WAY or case.tasks.filter(sent_hash=sent_hash(sent)).exists():
        return
    soon = enums.Response.DAY if kind == enums.TaskKind.SAFETY else enums.Response.DAYS
    keep_task(actor, case, key, words, sent, kind=kind, response=soon)
    reckon_due(case)


@transaction.atomic
def certify(actor: Actor, case_id: UUID, row: UUID, kind: str, on: date, number: str) -> None:
    """The person has the certificate in hand. Its number is sealed; it can be written anew."""
    ring = ring_of(actor)
    case, found = _found(actor, case_id, row)
    if found.state != EnrolmentState.FINISHED:
        raise Conflict
    if kind not in CertificateKind or kind == CertificateKind.NONE:
        raise Invalid({"kind": STRANGE})
    on_its_day(on, found.training.starts_on)
    found.certificate, found.certified_on = kind, on
    found.number = seal(ring.data_key(case.id), {"text": clean(number)}, enrolment_contexts(case, found.id)[1])
    found.save(update_fields=["certificate", "certified_on", "number"])
    done(actor, case, "case.training", StepDetail.CERTIFIED, reason=kind)


def read(actor: Actor, case_id: UUID, reason: str = "") -> Opened:
    """What was said and the numbers of certificates, in clear; the trail first."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.trainings", case, org=case.org_id)
        words, numbers = {}, {}
        for one in case.enrolments.all():
            said, numbered = enrolment_contexts(case, one.id)
            words[one.id] = str(open_sealed(key, bytes(one.words), said)["text"]) if one.words else ""
            numbers[one.id] = str(open_sealed(key, bytes(one.number), numbered)["text"]) if one.number else ""
        return Opened(words, numbers)


def _found(actor: Actor, case_id: UUID, row: UUID) -> tuple[Case, Enrolment]:
    case = find(actor, case_id, "rebuild")
    found = case.enrolments.select_for_update(of=("self",)).select_related("training").filter(pk=row).first()
    if found is None:
        raise NotYours
    return case, found
