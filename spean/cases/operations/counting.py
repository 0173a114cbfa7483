"""What is counted of an exploitation: entered and changed as a whole, and nothing newer written over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases import fact_enums as codes
from spean.cases.models import Case, Exploitation, ExploitationForm, ExploitationMeans
from spean.cases.operations.course import STRANGE, done, find
from spean.cases.operations.people import CHANGED
from spean.cases.step_enums import StepKind
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid

#: what is one code each
SINGLE: Mapping[str, type[TextChoices]] = {
    "age_band": codes.AgeBand, "citizenship": codes.Citizenship, "sector": codes.Sector, "recruiter": codes.Recruiter,
    "recruited": codes.Recruited, "began": codes.Began, "lasted": codes.Lasted,
}  # fmt: skip
NOT_ASKED = "not_asked"
AGE = _("This does not fit the age group of the case. Change that first, if it is wrong.")
LATER = _("That year has not come yet.")


@dataclass(frozen=True)
class Told:
    """What is known. What nobody asked has the code `not_asked`; a form or means that nobody asked about is in no mapping."""

    age_band: str = NOT_ASKED
    citizenship: str = NOT_ASKED
    sector: str = NOT_ASKED
    recruiter: str = NOT_ASKED
    recruited: str = NOT_ASKED
    began: str = NOT_ASKED
    lasted: str = NOT_ASKED
    forms: Mapping[str, str] = field(default_factory=dict)  # form -> yes, no, unknown, refused
    means: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def count(actor: Actor, case_id: UUID, told: Told, *, revision: int) -> None:
    """Write what is counted anew. `revision` is of what was changed: Conflict when it is no longer the newest."""
    case = find(actor, case_id, "count")
    kept = Exploitation.objects.filter(case=case).first() or Exploitation(case=case)
    if kept.revision != revision:
        raise Conflict(CHANGED)
    _check(case, told)
    for name in SINGLE:
        setattr(kept, name, getattr(told, name))
    kept.revision += 1
    kept.save()
    kept.forms.all().delete()
    kept.means.all().delete()
    ExploitationForm.objects.bulk_create(
        ExploitationForm(exploitation=kept, form=code, answer=answer) for code, answer in sorted(told.forms.items())
    )
    ExploitationMeans.objects.bulk_create(
        ExploitationMeans(exploitation=kept, means=code, answer=answer) for code, answer in sorted(told.means.items())
    )
    done(actor, case, "case.count", StepKind.COUNTED)


def _check(case: Case, told: Told) -> None:
    wrong: dict[str, object] = {}
    wrong |= {name: STRANGE for name, book in SINGLE.items() if getattr(told, name) not in book}
    for name, book, answers in (("form", codes.Form, told.forms), ("means", codes.Means, told.means)):
        wrong |= {f"{name}-{code}": STRANGE for code, said in answers.items() if code not in book or said not in codes.Answered}
    if not _fits(told.age_band, case.age):
        wrong["age_band"] = AGE
    if told.began.isdigit() and int(told.began) > clock.today().year:
        wrong["began"] = LATER
    if wrong:
        raise Invalid(wrong)


def _fits(band: str, age: str) -> bool:
    """Whether somebody can be in both; what is not known fits all."""
    if band not in codes.YEARS or age not in codes.YEARS:
        return True
    (first, last), (least, most) = codes.YEARS[band], codes.YEARS[age]
    return first <= most and least <= last
