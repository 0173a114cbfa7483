"""A packet in words: for who opened it, for the sender's look beforehand, for a letter to somebody without an account."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from spean.accounts.queries import team_name
from spean.cases import enums, referral_enums
from spean.cases.enums import Shared
from spean.cases.models import Referral
from spean.directory.enums import Need
from spean.voices.contact_words import contact_lines
from spean.voices.enums import Age, Sex

Lines = list[tuple[str, str]]
OUTSIDE = _("An organisation without an account")


def desk_name(referral: Referral) -> str:
    """The desk that is asked; of one without an account the name is sealed."""
    return team_name(referral.desk) or str(OUTSIDE)


def packet_lines(told: dict[str, Any]) -> Lines:
    """(what, words) of everything that is in a packet; a fact that is empty there is told as not said."""
    found: Lines = []
    for part in Shared:
        if part.value in told:
            found += _LINES[part](part, told[part.value])
    return found


def letter(referral: Referral, told: dict[str, Any], call: str) -> dict[str, Any]:
    """What an organisation without an account is shown, in each language: who asks for what, what is told, whom to telephone."""
    return {
        "about": _in_each_language(lambda: _about(referral)),
        "told": _in_each_language(lambda: packet_lines(told)),
        "call": call,
    }


def _in_each_language(lines: Callable[[], Lines]) -> dict[str, list[list[str]]]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = [[str(label), str(words)] for label, words in lines()]
    return found


def _about(r: Referral) -> Lines:
    return [
        (gettext("From"), team_name(r.case.team)),
        (gettext("With what the person needs help"), str(Need(r.need).label)),
        (gettext("What is asked"), str(referral_enums.ReferralKind(r.kind).label)),
        (gettext("How soon"), str(enums.Response(r.urgency).label)),
        (gettext("What the person agreed to"), str(enums.Purpose(r.consent.purpose).label)),
    ]


def _one(part: Shared, words: str) -> Lines:
    return [(str(part.label), words or gettext("Not said"))]


def _name(part: Shared, told: dict[str, Any]) -> Lines:
    names = [told["name_km"], told["name_latin"], *told["aliases"]]
    return _one(part, " · ".join(name for name in names if name))


def _home(part: Shared, told: dict[str, Any]) -> Lines:
    code = "en" if get_language() == "en" else "km"
    places = (told["place"], told["commune"])
    return _one(part, ", ".join(dict.fromkeys(place[code] for place in places if place)))


def _contact(part: Shared, told: dict[str, Any]) -> Lines:
    lines = [(str(label), str(value)) for label, value in contact_lines(told)]
    return lines or _one(part, "")


def _needs(part: Shared, told: dict[str, Any]) -> Lines:
    tasks = ", ".join(str(enums.TaskKind(kind).label) for kind in told["tasks"])
    return _one(part, "\n".join(words for words in (told["words"], tasks) if words))


_LINES: dict[str, Callable[[Shared, dict[str, Any]], Lines]] = {
    Shared.AGE_SEX: lambda part, told: _one(part, f"{Age(told['age']).label}, {Sex(told['sex']).label}"),
    Shared.NAME: _name,
    Shared.CONTACT: _contact,
    Shared.HOME: _home,
    Shared.DEPENDANTS: lambda part, told: _one(part, told["dependants"]),
    Shared.STORY: lambda part, told: _one(part, told["story"]),
    Shared.SCREENING: lambda part, told: _one(part, str(enums.Indicated(told["indicated"]).label) if told["indicated"] else ""),
    Shared.NEEDS: _needs,
    Shared.WAY: lambda part, _told: _one(
        part, gettext("As it stands each day, on a page of its own, as long as this referral holds.")
    ),
}
