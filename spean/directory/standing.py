"""What the register has at this moment, published or proposed, to compare a list with. Five queries."""

from dataclasses import dataclass
from uuid import UUID

from spean.directory.differing import Head, changes, complete, licence_changes, licence_of, merged
from spean.directory.enums import LicenceState, Verdict, VersionState
from spean.directory.listing import Read, Said
from spean.directory.matching import Ours, Register
from spean.directory.models import LicenceClaim, ListedRow, Phone, Recruiter, RecruiterVersion
from spean.directory.recruiting import Licence, RecruiterDraft
from spean.kernel.claims import ClaimState

#: a version of these states says who a recruiter is; of several the newest
SPEAKING = (VersionState.PROPOSED, VersionState.PUBLISHED, VersionState.WITHDRAWN)


@dataclass(frozen=True)
class Standing:
    """All recruiters with their newest words, and the newest word of one office about each licence."""

    drafts: dict[UUID, RecruiterDraft]
    claims: dict[UUID, LicenceClaim]
    register: Register

    @classmethod
    def now(cls, claimant: str) -> "Standing":
        """As the tables are."""
        withdrawn = set(Recruiter.objects.filter(state=ClaimState.WITHDRAWN, waits=False).values_list("pk", flat=True))
        spoken = RecruiterVersion.objects.filter(state__in=SPEAKING).order_by("number").values_list("recruiter", "body")
        drafts = {pk: RecruiterDraft.of(body) for pk, body in spoken}
        keys: dict[UUID, set[str]] = {}
        claims: dict[UUID, LicenceClaim] = {}
        for claim in LicenceClaim.objects.exclude(state=ClaimState.WITHDRAWN).order_by("as_of", "id"):
            keys.setdefault(claim.recruiter_id, set()).add(claim.number_key)
            if claim.claimant == claimant:
                claims[claim.recruiter_id] = claim
        digits: dict[UUID, set[str]] = {}
        for pk, number in Phone.objects.filter(recruiter__isnull=False).values_list("recruiter", "digits"):
            digits.setdefault(pk, set()).add(number)
        ours = (
            Ours(pk, draft.names, frozenset(keys.get(pk, set()) - {""}), frozenset(digits.get(pk, ())), pk in withdrawn)
            for pk, draft in drafts.items()
        )
        return cls(drafts, claims, Register(ours))

    def said_by_office(self, pk: UUID) -> Licence | None:
        """The newest word of the office about this one's licence."""
        return as_licence(self.claims[pk]) if pk in self.claims else None


def as_licence(claim: LicenceClaim) -> Licence:
    """A claim as a plain value."""
    return Licence(claim.claimant, claim.says, claim.source, claim.as_of, claim.licence_number, claim.ends_on, claim.series)


def rows_of(standing: Standing, head: Head, lines: list[Read]) -> list[ListedRow]:
    """What becomes of each line, and of those that stand on the list no more. Nothing is written."""
    found, meant = [], set()
    for line in lines:
        row = _row(standing, head, line)
        if row.verdict in {Verdict.SAME, Verdict.CHANGED} and row.recruiter_id in meant:
            row = _faulty(line, "meant_twice")
        if row.verdict != Verdict.FAULTY:
            meant |= {row.recruiter_id, *(UUID(pk) for pk, _name, _why in row.candidates)}
        found.append(row)
    found += _gone(standing, head, meant)
    for position, row in enumerate(found):
        row.position = position
    return found


def _row(standing: Standing, head: Head, line: Read) -> ListedRow:
    if line.reason:
        return _faulty(line, line.reason)
    said = line.said
    match = standing.register.match(said)
    row = ListedRow(where=line.where, name=_name(said.names), words=line.words, said=said.kept(), verdict=Verdict.NEW)
    if match.sure:
        row.recruiter_id, row.changes = match.sure, [list(c) for c in changes_to(standing, head, match.sure, said)]
        row.verdict = Verdict.CHANGED if row.changes else Verdict.SAME
    elif match.candidates:
        row.verdict = Verdict.DOUBTFUL
        row.candidates = [[str(pk), _name(standing.drafts[pk].names), why] for pk, why in match.candidates]
    else:
        empty = RecruiterDraft(source="")
        after = merged(empty, said, head)
        row.changes = [list(change) for change in changes(empty, after, None, licence_of(said, head))]
    return row


def changes_to(standing: Standing, head: Head, pk: UUID, said: Said) -> list[tuple[str, str, str]]:
    """Field by field what a line changes of this recruiter."""
    draft, claim = standing.drafts[pk], standing.said_by_office(pk)
    return changes(draft, merged(draft, said, head), claim, complete(licence_of(said, head), claim))


def _gone(standing: Standing, head: Head, meant: set[UUID | None]) -> list[ListedRow]:
    """Those whom the last list of this name had, and this one has not: proposed as no longer on it, never deleted."""
    found = []
    for pk, claim in standing.claims.items():
        if claim.series != head.series or claim.says == LicenceState.DELISTED or pk in meant:
            continue
        now = gone(as_licence(claim), head)
        row = ListedRow(verdict=Verdict.GONE, name=_name(standing.drafts[pk].names), recruiter_id=pk)
        row.changes = [list(change) for change in licence_changes(as_licence(claim), now)]
        found.append(row)
    return sorted(found, key=lambda row: row.name)


def gone(claim: Licence, head: Head) -> Licence:
    """What the new list says of one that it does not name."""
    return Licence(
        head.claimant, LicenceState.DELISTED.value, head.source, head.listed_on, claim.licence_number, None, head.series
    )  # fmt: skip


def _faulty(line: Read, reason: str) -> ListedRow:
    return ListedRow(where=line.where, name=_name(line.said.names), words=line.words, verdict=Verdict.FAULTY, reason=reason)


def _name(names: tuple[str, ...]) -> str:
    return " · ".join(names[:2])[:160]
