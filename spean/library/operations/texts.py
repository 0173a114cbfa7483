"""Texts of ways, warnings and questions: sent by one person, published by another, withdrawn by anyone of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.library import media, texts
from spean.library.enums import TEXT_MOVES, PageKind, VersionState
from spean.library.models import LONGEST_KEY, MediaFile, Text, TextVersion
from spean.library.operations import placing
from spean.library.operations.facts import sent_hash
from spean.privacy import audit

OPEN = (VersionState.DRAFT, VersionState.WAITING)
BEGINS = (*OPEN, VersionState.PUBLISHED)


@transaction.atomic
def begin(actor: Actor, kind: str, slug: str, body: texts.Body, sent_id: UUID) -> TextVersion:
    """A new text, as a draft. Nobody else than who keeps facts sees it. A replay returns what was made."""
    known = _known(actor, sent_id)
    if known:
        return known
    if not access.may(actor, "text.write") or kind not in PageKind.values:
        raise NotAllowed
    if not slug or slug != slugify(slug) or len(slug) > LONGEST_KEY:
        raise Invalid({"slug": _("Use small Latin letters, digits and dashes, like thailand-farm.")})
    if Text.objects.filter(kind=kind, slug=slug).exists():
        raise Invalid({"slug": _("There is a text with this address. Change that one, or choose another address.")})
    body = _kept(kind, body)
    return _draft(actor, Text.objects.create(kind=kind, slug=slug), body, sent_id)


@transaction.atomic
def write(actor: Actor, text_id: UUID, body: texts.Body, sent_id: UUID, *, seen: int | None = None) -> TextVersion:
    """A draft, in the place of the one before. `seen`: the number of the latest version when the form was opened."""
    known = _known(actor, sent_id)
    if known:
        return known
    text = _find(actor, text_id, "change")
    body = _kept(text.kind, body)
    if seen is not None and text.versions.filter(number__gt=seen).exists():
        raise Invalid(
            {"": _("Somebody else wrote a change while you were writing. Open the text again and look at theirs first.")}
        )
    _end(text, VersionState.DRAFT, VersionState.REPLACED, None)
    return _draft(actor, text, body, sent_id)


@transaction.atomic
def propose(actor: Actor, text_id: UUID, number: int) -> None:
    """Send the draft to a second person, once nothing is missing. It takes the place of one that waits."""
    text = access.get(actor, "text.see", Text.objects.select_for_update(of=("self",)), text_id)
    version = text.versions.filter(number=number).first()
    if version is not None and version.state == VersionState.WAITING:
        return  # a replay
    access.require(actor, "text.propose", text)
    if version is None or version.state != VersionState.DRAFT:
        raise Conflict
    if missing := texts.gaps(text.kind, version.body):
        raise Invalid(missing)
    _end(text, VersionState.WAITING, VersionState.REPLACED, None)
    version.state = VersionState.WAITING
    version.save(update_fields=["state"])
    text.drafted, text.waiting, text.proposed_by_id = False, True, version.written_by_id
    text.save(update_fields=["drafted", "waiting", "proposed_by"])
    audit.record(actor, "text.propose", text, org=access.editor_org(actor))


@transaction.atomic
def publish(actor: Actor, text_id: UUID, number: int) -> None:
    """A second person has read version `number`: readers see it from now on."""
    text = access.get(actor, "text.see", Text.objects.select_for_update(of=("self",)), text_id)
    if text.waiting and text.proposed_by_id == actor.id:
        raise NotAllowed(_("Another person has to read and publish what you wrote."))
    version = text.versions.filter(state=VersionState.WAITING).first()
    if version is None or version.number != number:
        raise Conflict
    access.require(actor, "text.publish", text)
    body, subject_of = version.body, placing.subjects_by_key()
    if wrong := texts.faults(text.kind, body, subject_of) | texts.gaps(text.kind, body):
        raise Invalid(wrong)
    text.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.REPLACED)
    _decide(version, VersionState.PUBLISHED, actor.id)
    text.state, text.waiting, text.proposed_by = TEXT_MOVES["publish"][1], False, None
    text.save(update_fields=["state", "waiting", "proposed_by"])
    placing.place(text.kind, text.slug, body, subject_of)
    audit.record(actor, "text.publish", text, org=access.editor_org(actor))


@transaction.atomic
def refuse(actor: Actor, text_id: UUID, number: int) -> None:
    """What waits is not published, or a draft is thrown away. What readers see stays as it is."""
    text = _find(actor, text_id, "refuse")
    version = text.versions.filter(state__in=OPEN, number=number).first()
    if version is None:
        raise Conflict
    if version.state == VersionState.WAITING:
        text.waiting, text.proposed_by = False, None
    else:
        text.drafted = False
    _decide(version, VersionState.REFUSED, actor.id)
    text.save(update_fields=["waiting", "drafted", "proposed_by"])
    audit.record(actor, "text.refuse", text, org=access.editor_org(actor))


@transaction.atomic
def withdraw(actor: Actor, text_id: UUID) -> None:
    """No page shows it from now on, and nothing of it waits. One person is enough: a wrong text waits for no second one."""
    text = _find(actor, text_id, "withdraw")
    _end(text, VersionState.WAITING, VersionState.REFUSED, actor.id)
    text.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.REPLACED)
    text.state, text.by_people = TEXT_MOVES["withdraw"][1], True
    text.waiting, text.proposed_by = False, None
    text.save(update_fields=["state", "by_people", "waiting", "proposed_by"])
    placing.take_away(text.kind, text.slug)
    audit.record(actor, "text.withdraw", text, org=access.editor_org(actor))


def first_of(versions: Iterable[TextVersion]) -> TextVersion:
    """Where the next draft begins: with the draft, or what waits, or what readers see; or else the latest. The latest first."""
    rows = list(versions)
    open_ones = {version.state: version for version in rows}
    return next((open_ones[state] for state in BEGINS if state in open_ones), rows[0])


def _kept(kind: str, body: texts.Body) -> texts.Body:
    """The same in its normal form; Invalid with a reason for each part that cannot be kept."""
    body = texts.normal(kind, body)
    if wrong := texts.faults(kind, body, placing.subjects_by_key()) or _measured(kind, body):
        raise Invalid(wrong)
    return body


def _measured(kind: str, body: texts.Body) -> texts.Faults:
    """What is said of files that are not here; each picture gets its size. Its files are locked: nobody sweeps them now."""
    shown: list[Any] = [(begin, part["media"]) for begin, part, _pairs in texts.parts(kind, body) if part.get("media")]
    if not shown:
        return {}
    names = media.names_in({"media": one} for _begin, one in shown)
    known = {one.name: one for one in MediaFile.objects.select_for_update().filter(name__in=names)}
    for _begin, one in shown:
        if file := known.get(one.get("picture", "")):
            one["wide"], one["high"] = file.wide, file.high
    return {begin + n: media.GONE for begin, one in shown for n in media.FILES if n in one and one[n] not in known}


def _known(actor: Actor, sent_id: UUID) -> TextVersion | None:
    known = TextVersion.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known and known.written_by_id != actor.id:
        raise NotYours
    return known


def _find(actor: Actor, text_id: UUID, verb: str) -> Text:
    return access.get(actor, "text.see", Text.objects.select_for_update(of=("self",)), text_id, to=f"text.{verb}")


def _draft(actor: Actor, text: Text, body: texts.Body, sent_id: UUID) -> TextVersion:
    number = (text.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    version = TextVersion.objects.create(
        text=text, number=number, body=body, written_by_id=actor.id, written_on=clock.today(), sent_hash=sent_hash(sent_id)
    )
    name_after(text, body)
    text.drafted, text.by_people = True, True
    text.save(update_fields=["drafted", "by_people", "title_km", "title_en"])
    audit.record(actor, "text.write", text, org=access.editor_org(actor))
    return version


def name_after(text: Text, body: texts.Body) -> None:
    """What lists call it."""
    name = texts.PAIRS[text.kind][0]
    text.title_km, text.title_en = body[f"{name}_km"], body[f"{name}_en"]


def _decide(version: TextVersion, state: str, by: UUID | None) -> None:
    version.state, version.decided_by_id, version.decided_on = state, by, clock.today()
    version.save(update_fields=["state", "decided_by", "decided_on"])


def _end(text: Text, what: str, state: str, by: UUID | None) -> None:
    for version in text.versions.filter(state=what):
        _decide(version, state, by)
