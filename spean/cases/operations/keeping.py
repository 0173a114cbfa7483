"""Photos and recordings of a case: cleaned before they come here, sealed on the disk before their row is written."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.cases import enums
from spean.cases.contexts import file_contexts
from spean.cases.kept_enums import FileAbout
from spean.cases.models import Case, CaseFile
from spean.cases.operations.course import STRANGE, done, find
from spean.cases.operations.reading import opened_part
from spean.cases.step_enums import StepDetail
from spean.collect.uploads import CleanFile
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean as cleaned
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices.operations import files
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of

MOST = 100
TOO_MANY = _("A case holds %(most)d files. Take one away that is not needed, then add this one.")


@transaction.atomic
def add(
    actor: Actor, case_id: UUID, made: CleanFile, sent_id: UUID, *, about: str, words: str = "", readers: str = enums.NoteFor.TEAM
) -> UUID:
    """Keep a cleaned file. A replay returns the first one's id. Only a supervisor keeps what supervisors alone open."""
    ring = ring_of(actor)
    case = find(actor, case_id, "keep")
    known = case.files.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    if about not in FileAbout:
        raise Invalid({"about": STRANGE})
    if readers not in enums.NoteFor or (readers == enums.NoteFor.SUPERVISORS and not actor.having([Role.SUPERVISOR])):
        raise Invalid({"readers": _("Only a supervisor can keep what supervisors alone open.")})
    if case.files.filter(gone_on=None).count() >= MOST:
        raise Invalid({"file": TOO_MANY % {"most": MOST}})
    kept = CaseFile(id=new_id(), case=case, kind=made.kind, about=about, readers=readers, on=clock.today(), by_id=actor.id)
    key, (header, body) = ring.data_key(case.id), file_contexts(case, kept.id)
    kept.sent_hash = sent_hash(sent_id)
    kept.header = seal(key, {"mime": made.mime, "words": cleaned(words)}, header)
    files.store(kept.id, key, made.data, body)
    kept.save(force_insert=True)
    done(actor, case, "case.keep", StepDetail.FILE, reason=about)
    return kept.id


@transaction.atomic
def remove(actor: Actor, case_id: UUID, file_id: UUID) -> None:
    """Destroy a file; that it was there stays. Who added it may, and a supervisor. Twice is once."""
    case = find(actor, case_id, "keep")
    kept = visible(actor, case).select_for_update().filter(pk=file_id).first()
    if kept is None:
        raise NotYours
    if kept.by_id != actor.id and not actor.having([Role.SUPERVISOR]):
        raise NotAllowed(_("Who added it can take it away, or a supervisor."))
    if kept.gone_on is not None:
        return
    kept.gone_on, kept.gone_by_id, kept.header = clock.today(), actor.id, b""
    kept.save(update_fields=["gone_on", "gone_by", "header"])
    files.unlink_with(kept.id)
    done(actor, case, "case.keep", StepDetail.FILE_GONE, reason=kept.about)


def visible(actor: Actor, case: Case) -> QuerySet[CaseFile]:
    """The files of a case that the actor's role may open."""
    found = case.files.all()
    return found if actor.having([Role.SUPERVISOR]) else found.filter(readers=enums.NoteFor.TEAM)


def read(actor: Actor, case_id: UUID, reason: str = "") -> dict[UUID, str]:
    """What is said of each file; its bytes stay sealed."""
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.files", case, org=case.org_id)
        there = visible(actor, case).filter(gone_on=None)
        return {f.id: open_sealed(key, bytes(f.header), file_contexts(case, f.id)[0])["words"] for f in there}


def read_file(actor: Actor, case_id: UUID, file_id: UUID) -> tuple[str, bytes]:
    """(mime type, bytes) of one file."""
    with opened_part(actor, case_id) as (case, key):
        kept = visible(actor, case).filter(pk=file_id, gone_on=None).first()
        if kept is None:
            raise NotYours
        audit.record(actor, "case.file", kept, org=case.org_id)
        header, body = file_contexts(case, kept.id)
        return open_sealed(key, bytes(kept.header), header)["mime"], files.read(kept.id, key, body)
