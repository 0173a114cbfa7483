"""The search index of recruiters: the names of those whom everybody may read about, in every spelling; nothing else."""

from collections.abc import Iterator, Sequence

from spean.directory.enums import VersionState
from spean.directory.models import Recruiter, RecruiterVersion
from spean.directory.recruiting import RecruiterDraft, without_form
from spean.kernel.claims import ClaimState
from spean.kernel.finding import Doc, Index
from spean.places import spelling

RECRUITERS = Index("directory_recruiter_search")


def keep(recruiter: Recruiter, draft: RecruiterDraft) -> None:
    """Keep its names as they are now; in the transaction that publishes them."""
    RECRUITERS.put(doc_of(recruiter.number, draft))


def forget(recruiter: Recruiter) -> None:
    """It is not found any more; in the transaction that withdraws it."""
    RECRUITERS.remove(recruiter.number)


def mend(*, anew: bool = False) -> tuple[int, int]:
    """Make the index what the tables are: (rows written, rows forgotten)."""
    shown = Recruiter.objects.filter(state=ClaimState.VERIFIED).order_by("number")
    return RECRUITERS.mend(list(shown.values_list("number", flat=True)), _docs, anew=anew)


def _docs(numbers: Sequence[int]) -> Iterator[Doc]:
    found = RecruiterVersion.objects.filter(state=VersionState.PUBLISHED, recruiter__number__in=numbers)
    for version in found.select_related("recruiter").select_for_update(of=("self",)):
        yield doc_of(version.recruiter.number, RecruiterDraft.of(version.body))


def doc_of(number: int, draft: RecruiterDraft) -> Doc:
    """A recruiter as it is kept: each name as a whole and by its sound beside its words."""
    tokens: dict[str, None] = {}
    for name in draft.names:
        bare = without_form(name)
        tokens |= dict.fromkeys(spelling.name_tokens("", bare) if bare.isascii() else spelling.name_tokens(bare, ""))
    return Doc(number=number, title=f"{draft.name_km}\n{draft.name_en}", body="\n".join(draft.aliases), tokens=tuple(tokens))
