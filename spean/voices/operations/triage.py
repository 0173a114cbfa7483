"""What a team does with a concern: read, answer, ask, assign, pass on, close. Each read is audited before it is shown."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import KEY_ROLES, MembershipState
from spean.accounts.models import Membership, Team
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, Locked, NotYours
from spean.kernel.text import clean
from spean.privacy import audit, keys
from spean.privacy.keys import KeyRing
from spean.privacy.sealing import open_sealed
from spean.voices import enums
from spean.voices.contexts import file_contexts
from spean.voices.models import Concern, Message
from spean.voices.operations import files, unfolding
from spean.voices.operations.intake import reads_reports, sent_hash
from spean.voices.operations.threads import say, text_of


@dataclass(frozen=True)
class Said:
    """One message, in clear, for the moment of a page."""

    direction: str
    kind: str
    on: object
    text: str
    author: str
    broken: bool = False  # the person's own page sealed it, and it does not open


@dataclass(frozen=True)
class Told:
    """A concern in clear, for the moment of a page."""

    told: str
    place: dict[str, str] | None
    contact: dict[str, str]
    language: str
    messages: tuple[Said, ...]
    broken: bool = False  # the person's own page sealed it, and it does not open


def ring_of(actor: Actor) -> KeyRing:
    """The actor's keys, or Locked."""
    if actor.ring is None:
        raise Locked
    return actor.ring


def _get(actor: Actor, concern_id: UUID, verb: str) -> Concern:
    return access.get(actor, "concern.see", Concern.objects.select_for_update(of=("self",)), concern_id, to=f"concern.{verb}")


def _move(concern: Concern, verb: str) -> None:
    states, to = enums.CONCERN_MOVES[verb]
    if concern.state not in states:
        raise Conflict
    concern.state = to
    concern.moved_on = clock.today()


@transaction.atomic
def read(actor: Actor, concern_id: UUID) -> Told:
    """Open a concern: the trail is written first, then the seal is broken."""
    ring = ring_of(actor)
    concern = _get(actor, concern_id, "read")
    if not concern.told:
        raise NotYours(_("What was told here has been erased: its time was over."))
    audit.record(actor, "concern.read", concern, org=concern.team.organisation_id)
    content, broken = unfolding.content_of(ring, concern, ring.data_key(concern.id))
    thread_key = ring.data_key(concern.thread_id)
    messages = tuple(
        _said(m, *unfolding.text_of(ring, concern, thread_key, m))
        for m in concern.messages.select_related("author").order_by("position")
    )
    if concern.state == enums.ConcernState.NEW:
        _move(concern, "read")
        concern.save(update_fields=["state", "moved_on"])
    return Told(content["told"], content["place"], content["contact"], content["language"], messages, broken)


def _said(m: Message, text: str, broken: bool) -> Said:  # noqa: FBT001 - as `unfolding.text_of` gives it
    return Said(m.direction, m.kind, m.on, text, m.author.name if m.author else "", broken)


@transaction.atomic
def read_file(actor: Actor, concern_id: UUID, file_id: UUID) -> tuple[str, bytes]:
    """(mime type, bytes) of one attachment."""
    ring = ring_of(actor)
    concern = _get(actor, concern_id, "read")
    attachment = concern.attachments.filter(pk=file_id).first()
    if attachment is None:
        raise NotYours
    audit.record(actor, "concern.file", attachment, org=concern.team.organisation_id)
    key = ring.data_key(concern.thread_id if attachment.in_thread else concern.id)
    header, body = file_contexts(concern, attachment.id, in_thread=attachment.in_thread)
    mime = open_sealed(key, bytes(attachment.header), header)["mime"]
    return mime, files.read(attachment.id, key, body)


def answer(actor: Actor, concern_id: UUID, text: str, sent_id: UUID) -> None:
    """Answer the person; they read it with their receipt, or the volunteer reads it to them."""
    _send(actor, concern_id, text, sent_id, verb="answer", kind=enums.MessageKind.ANSWER)


def ask(actor: Actor, concern_id: UUID, text: str, sent_id: UUID) -> None:
    """Ask the person something; the concern waits for them."""
    _send(actor, concern_id, text, sent_id, verb="ask", kind=enums.MessageKind.QUESTION)


def close(actor: Actor, concern_id: UUID, text: str, sent_id: UUID) -> None:
    """Close with a reply: nothing closes in silence."""
    _send(actor, concern_id, text, sent_id, verb="close", kind=enums.MessageKind.CLOSING)


@transaction.atomic
def _send(actor: Actor, concern_id: UUID, text: str, sent_id: UUID, *, verb: str, kind: str) -> None:
    ring = ring_of(actor)
    concern = access.get(actor, "concern.see", Concern.objects.select_for_update(of=("self",)), concern_id)
    if concern.messages.filter(sent_hash=sent_hash(sent_id)).exists():
        return
    access.require(actor, f"concern.{verb}", concern)
    if not clean(text):  # a space that nobody sees is no answer
        raise Invalid({"text": _("Write what the person should read.")})
    _move(concern, verb)
    say(concern, ring.data_key(concern.thread_id), text, sent_id, kind=kind, author=actor.id)
    concern.save(update_fields=["state", "moved_on"])
    audit.record(actor, f"concern.{verb}", concern, org=concern.team.organisation_id)


@transaction.atomic
def assign(actor: Actor, concern_id: UUID, to_user: UUID) -> None:
    """Say who in the team looks after a concern."""
    concern = _get(actor, concern_id, "assign")
    if not _works_in(concern.team_id, to_user):
        raise Invalid({"to": _("Choose a case worker or supervisor of your team.")})
    concern.assigned_to_id = to_user
    concern.save(update_fields=["assigned_to"])
    audit.record(actor, "concern.assign", concern, org=concern.org_id, reason=str(to_user))


def _works_in(team: UUID, user: UUID) -> bool:
    return Membership.objects.filter(team=team, user=user, role__in=KEY_ROLES, state=MembershipState.ACTIVE).exists()


@transaction.atomic
def pass_on(actor: Actor, concern_id: UUID, to_team: UUID) -> None:
    """Give a concern to another team: it can read it from now on, we cannot any more."""
    ring = ring_of(actor)
    concern = _get(actor, concern_id, "pass")
    team = Team.objects.select_related("place").filter(pk=to_team).exclude(pk=concern.team_id).first()
    if team is None or not reads_reports(team):
        raise Invalid({"team": _("Choose another team that can receive reports.")})
    audit.record(actor, "concern.pass", concern, org=concern.team.organisation_id, reason=str(team.id))
    if team.organisation_id != concern.team.organisation_id:
        audit.record(actor, "concern.receive", concern, org=team.organisation_id, reason=str(concern.team_id))
    unfolding.unfold(ring, concern)
    for subject in (concern.id, concern.thread_id):
        keys.share_subject(ring, subject, to_team=team.id, org=team.organisation_id)
        keys.withdraw_subject(subject, concern.team_id)
    _move(concern, "pass")
    concern.team = team
    concern.assigned_to = None
    concern.save(update_fields=["team", "assigned_to", "state", "moved_on"])


@transaction.atomic
def read_own_thread(actor: Actor, concern_id: UUID) -> tuple[Said, ...]:
    """What the team wrote back on a volunteer's own report; never what the volunteer sent."""
    ring = ring_of(actor)
    concern = access.get(actor, "concern.see_own", Concern.objects.all(), concern_id)
    audit.record(actor, "concern.own_thread", concern, org=concern.org_id)
    key = ring.data_key(concern.thread_id)
    return tuple(
        Said(m.direction, m.kind, m.on, text_of(concern, key, m), "")
        for m in concern.messages.filter(direction=enums.Direction.TO_REPORTER).order_by("position")
    )
