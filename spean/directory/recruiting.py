"""The words about a recruiter, and what somebody says of a licence, as plain values. Judged here, whoever wrote them."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from spean.directory import hours
from spean.directory.drafts import LONGEST_LINE, LONGEST_NAME, NEEDED, Kept, hidden_signs, judge_numbers, too_long
from spean.directory.enums import Claimant, LicenceState, RecruiterKind
from spean.kernel import clock
from spean.kernel.errors import Invalid
from spean.kernel.text import clean, has_lone_surrogate, latin_digits, reverses_direction

MOST_ALIASES, MOST_BRANCHES, MOST_COUNTRIES = 12, 20, 20
LONGEST_NUMBER, LONGEST_SOURCE = 60, 200
#: words of a company's form, which stand or do not stand beside the same name
_FORMS = re.compile(r"\b(co|company|ltd|limited|plc|pte|inc|corp|corporation|llc|the)\b\.?", re.IGNORECASE)
_FORMS_KM = ("ក្រុមហ៊ុន", "ឯ.ក", "ឯក", "ម.ក", "សហគ្រាស", "ខូអិលធីឌី")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class RecruiterDraft(Kept):
    """Who a recruiter is. A name in one script is enough; places and countries are codes."""

    needed: ClassVar[tuple[str, ...]] = ("source",)
    source: str
    name_km: str = ""
    name_en: str = ""
    as_of: str = ""
    kind: str = RecruiterKind.AGENCY.value
    country: str = "KH"
    aliases: tuple[str, ...] = ()
    place: str = ""
    address_km: str = ""
    address_en: str = ""
    branches: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    website: str = ""
    demonstration: bool = False
    unreadable: tuple[str, ...] = field(default=(), compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which it is known."""
        return tuple(name for name in (self.name_km, self.name_en, *self.aliases) if name)


@dataclass(frozen=True)
class Licence:
    """What somebody says of a licence."""

    claimant: str
    says: str
    source: str
    as_of: date
    licence_number: str = ""
    ends_on: date | None = None
    series: str = ""


def licence_key(text: str) -> str:
    """A licence number for comparing: "លេខ ០១២/២០២៥ ក.ប" and "012/2025" may share no letter, but their figures are told."""
    return _NO_LETTER.sub(".", latin_digits(clean(text)).casefold()).strip(".")[:LONGEST_NUMBER]


def without_form(name: str) -> str:
    """A name without the words for a company's form: "Demo Agency Co., Ltd." is "Demo Agency"."""
    bare = _FORMS.sub(" ", clean(name))
    for word in _FORMS_KM:
        bare = bare.replace(word, " ")
    return " ".join(bare.strip(" .,()").split()).strip(" .,()") or clean(name)


def judge(draft: RecruiterDraft) -> None:
    """Every reason at once, by field, unless this may be kept as a version."""
    wrong: dict[str, Any] = {}
    if not draft.name_km and not draft.name_en:
        wrong["name_km"] = _("Write the name in Khmer or in Latin letters, or both.")
    lengths = {
        "name_km": LONGEST_NAME, "name_en": LONGEST_NAME, "address_km": LONGEST_LINE, "address_en": LONGEST_LINE,
        "source": LONGEST_SOURCE, "as_of": 60, "website": 200,
    }  # fmt: skip
    wrong |= {name: too_long(most) for name, most in lengths.items() if len(getattr(draft, name)) > most}
    lists = {
        "aliases": (MOST_ALIASES, LONGEST_NAME), "branches": (MOST_BRANCHES, LONGEST_LINE), "countries": (MOST_COUNTRIES, 2),
    }  # fmt: skip
    for name, (most, longest) in lists.items():
        said = getattr(draft, name)
        if len(said) > most:
            wrong[name] = _("At most %(most)d can stand here.") % {"most": most}
        elif any(len(line) > longest for line in said):
            wrong[name] = too_long(longest)
    if not clean(draft.source):
        wrong["source"] = _("Say where you have this from: who told you, which list, which page.")
    if draft.website and not draft.website.startswith(("https://", "http://")):
        wrong["website"] = _("An address of a website begins with https://")
    raise_if(wrong | _codes(draft) | judge_numbers(draft) | hidden_signs(draft))


def _codes(draft: RecruiterDraft) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if draft.kind not in RecruiterKind.values:
        wrong["kind"] = _("Choose one of the answers.")
    if draft.country not in hours.ZONES:
        wrong["country"] = _("Choose the country.")
    if set(draft.countries) - set(hours.ZONES):
        wrong["countries"] = _("Choose one of the answers.")
    return wrong


def judge_licence(said: Licence) -> None:
    """Every reason at once, unless this may be kept as a claim."""
    wrong: dict[str, Any] = {}
    if said.claimant not in Claimant.values:
        wrong["claimant"] = _("Choose one of the answers.")
    if said.says not in LicenceState.values:
        wrong["says"] = _("Choose one of the answers.")
    if not clean(said.source):
        wrong["source"] = NEEDED
    elif len(said.source) > LONGEST_SOURCE:
        wrong["source"] = too_long(LONGEST_SOURCE)
    if len(said.licence_number) > LONGEST_NUMBER:
        wrong["licence_number"] = too_long(LONGEST_NUMBER)
    if said.as_of > clock.today():
        wrong["as_of"] = _("This day is still to come.")
    for name in ("source", "licence_number"):
        text = getattr(said, name)
        if reverses_direction(text) or has_lone_surrogate(text):
            wrong[name] = _("There are hidden signs in this text. Please type it again.")
    raise_if(wrong)


def raise_if(wrong: dict[str, Any]) -> None:
    """Invalid with the reasons, if there are any."""
    if wrong:
        raise Invalid(wrong)
