"""A list of recruiters that an office gave out: looked at, decided where doubtful, then proposed part by part. Twice is once.

Nothing of the register changes before somebody confirms; what is confirmed becomes proposals, which a second person publishes.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.directory import listing
from spean.directory.differing import Head, begun, complete, licence_changes, licence_of, merged
from spean.directory.enums import Claimant, LicenceState, ListState, Verdict, VersionState
from spean.directory.listing import Said
from spean.directory.models import LicenceClaim, ListedRow, Recruiter, RecruiterList
from spean.directory.operations import registering
from spean.directory.operations.registering import RECRUITERS
from spean.directory.recruiting import Licence, RecruiterDraft, licence_key, raise_if
from spean.directory.standing import SPEAKING, Standing, as_licence, gone, rows_of
from spean.kernel import clock
from spean.kernel.claims import ClaimState
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.headings import key
from spean.kernel.text import clean
from spean.places import queries as places
from spean.privacy import audit

PART = 25  # lines in one transaction
LONGEST_SOURCE, LONGEST_SERIES = 160, 80
NEW, OUT, SAME = "new", "out", "same"
#: what is made of a line
PROPOSED = (Verdict.NEW, Verdict.CHANGED, Verdict.GONE)
type Sheets = Sequence[tuple[str, Sequence[listing.Line]]]


@transaction.atomic
def upload(actor: Actor, sheets: Sheets, *, claimant: str, source: str, listed_on: date, says: str, sent_id: UUID) -> UUID:
    """Keep a list with what would become of each line. Nothing of the register changes."""
    if not access.may(actor, "list.make"):
        raise NotAllowed
    known = RecruiterList.objects.filter(sent_id=sent_id).first()
    if known:
        if known.uploaded_by_id != actor.id:
            raise NotYours
        return known.id
    head = _judged(claimant, clean(source), listed_on, says)
    lines = listing.Reader(says, _countries()).read(sheets)
    if all(line.reason == "no_headings" for line in lines):
        raise Invalid({"sheet": listing.FAULTS["no_headings"]})
    made = RecruiterList.objects.create(
        sent_id=sent_id, claimant=claimant, source=head.source, series=head.series, listed_on=listed_on, says=says,
        uploaded_by_id=actor.id, on=clock.today(),
    )  # fmt: skip
    rows = rows_of(Standing.now(claimant), head, lines)
    for row in rows:
        row.sheet = made
    ListedRow.objects.bulk_create(rows)
    audit.record(actor, "list.upload", made, org=access.editor_org(actor), reason=str(len(rows)))
    return made.id


def _judged(claimant: str, source: str, listed_on: date, says: str) -> Head:
    series = key(source)[:LONGEST_SERIES]
    wrong: dict[str, Any] = {}
    if claimant not in Claimant.values:
        wrong["claimant"] = _("Choose one of the answers.")
    if says not in LicenceState.values:
        wrong["says"] = _("Choose one of the answers.")
    if not series or len(source) > LONGEST_SOURCE:
        wrong["source"] = _("Give the list its name, in at most 160 letters.")
    if listed_on > clock.today():
        wrong["listed_on"] = _("This day is still to come.")
    later = LicenceClaim.objects.filter(claimant=claimant, series=series, as_of__gt=listed_on)
    if not wrong and later.exists():
        wrong["listed_on"] = _("A newer list of this name is here already. An older one says nothing against it.")
    raise_if(wrong)
    return Head(claimant, source, series, listed_on)


def _countries() -> dict[str, str]:
    """Every name of a country, in both languages and as a code -> its code."""
    found: dict[str, str] = {}
    for country in places.countries():
        found |= dict.fromkeys((country.code, country.name_km, country.name_en), country.code)
    return found


@transaction.atomic
def decide(actor: Actor, pk: UUID, choices: Mapping[int, str]) -> None:
    """For doubtful lines: the id of the recruiter that is meant, "new" for another one, "out" to leave it out."""
    sheet = _find(actor, pk, "decide")
    for row in sheet.rows.filter(verdict=Verdict.DOUBTFUL, position__in=choices):
        chosen = choices[row.position]
        if chosen in {NEW, OUT}:
            row.decided, row.recruiter = chosen, None
        elif chosen in {pk for pk, _name, _why in row.candidates}:
            row.decided, row.recruiter_id = SAME, UUID(chosen)
        else:
            raise Invalid({"": _("Choose one of the answers.")})
        row.save()
    audit.record(actor, "list.decide", sheet, org=access.editor_org(actor), reason=str(len(choices)))


@transaction.atomic
def start(actor: Actor, pk: UUID) -> None:
    """Confirm: from now on proposals are made, part by part."""
    sheet = _find(actor, pk, "start")
    if sheet.rows.filter(verdict=Verdict.DOUBTFUL, decided="").exists():
        raise Conflict(_("Some lines are doubtful: say first whom they mean."))
    quiet = sheet.rows.exclude(verdict__in=PROPOSED).exclude(decided__in=(NEW, SAME))
    quiet.update(done=True)
    if not sheet.rows.filter(done=False).exists():
        raise Conflict(_("This list says nothing that we do not have."))
    sheet.state = ListState.RUNNING
    sheet.save()
    audit.record(actor, "list.start", sheet, org=access.editor_org(actor), reason=str(sheet.rows.filter(done=False).count()))


@transaction.atomic
def go_on(actor: Actor, pk: UUID, position: int) -> None:
    """Make the proposals of the next lines. A part that is not the next (sent twice, or by two people) changes nothing."""
    seen = access.get(actor, "list.see", RecruiterList.objects.all(), pk)
    if seen.state == ListState.DONE or seen.rows.filter(position=position, done=True).exists():
        return
    sheet = _find(actor, pk, "part")
    rows = list(sheet.rows.filter(done=False).order_by("position")[:PART])
    if rows and rows[0].position == position:
        head = head_of(sheet)
        for row in rows:
            _propose(actor, head, row)
        audit.record(actor, "list.part", sheet, org=access.editor_org(actor), reason=str(len(rows)))
    if not sheet.rows.filter(done=False).exists():
        sheet.state = ListState.DONE
        sheet.save()


@transaction.atomic
def discard(actor: Actor, pk: UUID) -> None:
    """Throw a list away. What was proposed from it before stays proposed."""
    sheet = _find(actor, pk, "discard")
    sheet.rows.filter(done=False).delete()
    sheet.state = ListState.DISCARDED
    sheet.save()
    audit.record(actor, "list.discard", sheet, org=access.editor_org(actor))


@transaction.atomic
def publish(actor: Actor, pk: UUID, positions: Sequence[int]) -> int:
    """A second person compared these lines with the list itself: what waits of them is published. Returns how many lines."""
    sheet = _find(actor, pk, "publish")
    done = 0
    for row in sheet.rows.filter(position__in=positions, done=True).select_related("claim").order_by("position"):
        done += _publish(actor, row)
    return done


def head_of(sheet: RecruiterList) -> Head:
    """Whose list it is, as a plain value."""
    return Head(sheet.claimant, sheet.source, sheet.series, sheet.listed_on)


def _find(actor: Actor, pk: UUID, to: str) -> RecruiterList:
    sheets = RecruiterList.objects.select_for_update(of=("self",))
    return access.get(actor, "list.see", sheets, pk, to=f"list.{to}")


# -- one line ----------------------------------------------------------------------------------------------------
def _propose(actor: Actor, head: Head, row: ListedRow) -> None:
    """What the register has is looked at anew: it may have changed since somebody saw the preview."""
    try:
        with transaction.atomic():
            if row.verdict == Verdict.GONE:
                _propose_gone(actor, head, row)
            else:
                _propose_said(actor, head, row)
    except Invalid:
        row.verdict, row.reason = Verdict.FAULTY, "refused"
    row.done = True
    row.save()


def _propose_gone(actor: Actor, head: Head, row: ListedRow) -> None:
    recruiter = RECRUITERS.find(actor, row.recruiter_id, "propose")  # type: ignore[arg-type]
    before = _newest_claim(recruiter, head)
    if before and before.says != LicenceState.DELISTED and before.as_of <= head.listed_on:
        row.claim = _claim(actor, recruiter, gone(as_licence(before), head))


def _propose_said(actor: Actor, head: Head, row: ListedRow) -> None:
    said = Said.of(row.said)
    begins = f"list:{_digest(head.series, licence_key(said.licence_number), *map(key, said.names))}"
    recruiter = _meant(actor, row, begins)
    if recruiter is None:
        recruiter = RECRUITERS.begin(begins, begun(said, head), actor.id)
        audit.record(actor, "recruiter.write", recruiter, org=access.editor_org(actor), reason="list")
        row.version = 1
    else:
        row.version = _propose_words(actor, recruiter, said, head)
    row.recruiter = recruiter
    before = _newest_claim(recruiter, head)
    licence = complete(licence_of(said, head), as_licence(before) if before else None)
    if licence_changes(as_licence(before) if before else None, licence):
        row.claim = _claim(actor, recruiter, licence)


def _meant(actor: Actor, row: ListedRow, begins: str) -> Recruiter | None:
    if row.recruiter_id:
        return RECRUITERS.find(actor, row.recruiter_id, "propose")
    known = Recruiter.objects.filter(key=begins).values_list("pk", flat=True).first()
    return RECRUITERS.find(actor, known, "propose") if known else None


def _propose_words(actor: Actor, recruiter: Recruiter, said: Said, head: Head) -> int | None:
    """The number of the version that waits now, or None when the list says what we have."""
    newest = recruiter.versions.filter(state__in=SPEAKING).order_by("-number").first()
    draft = RecruiterDraft.of(newest.body) if newest else begun(said, head)
    after = merged(draft, said, head)
    withdrawn = recruiter.state == ClaimState.WITHDRAWN and not recruiter.waits
    if after == draft and not withdrawn:
        return None
    RECRUITERS.propose(actor, recruiter.pk, after)
    return int(recruiter.versions.get(state=VersionState.PROPOSED).number)


def _newest_claim(recruiter: Recruiter, head: Head) -> LicenceClaim | None:
    claims = recruiter.licences.filter(claimant=head.claimant).exclude(state=ClaimState.WITHDRAWN)
    return claims.order_by("-as_of", "-id").first()


def _claim(actor: Actor, recruiter: Recruiter, licence: Licence) -> LicenceClaim:
    said = (licence.claimant, licence.series, licence.as_of, licence.says, licence.licence_number, licence.ends_on)
    own = f"list:{recruiter.pk}:{_digest(*said)}"
    known = LicenceClaim.objects.filter(key=own).first()
    return known or registering.begin_claim(actor, recruiter, licence, own)


def _digest(*said: object) -> str:
    return sha256("\x00".join(str(part) for part in said).encode()).hexdigest()[:40]


def _publish(actor: Actor, row: ListedRow) -> bool:
    """Publish what waits of a line and was written by somebody else."""
    published = False
    waiting = row.recruiter.versions.filter(state=VersionState.PROPOSED).first() if row.recruiter else None
    if waiting is not None and waiting.number == row.version and waiting.written_by_id != actor.id:
        RECRUITERS.publish(actor, row.recruiter_id, waiting.number)  # type: ignore[arg-type]
        published = True
    if row.claim and row.claim.state == ClaimState.UNVERIFIED and row.claim.written_by_id != actor.id:
        registering.publish(actor, row.claim.pk)
        published = True
    return published
