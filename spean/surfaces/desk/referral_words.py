"""A packet in words, for the page of who opened it."""

from typing import Any

from django.utils.translation import get_language, gettext

from spean.cases import enums
from spean.cases.enums import Shared
from spean.surfaces.desk.views.concerns import contact_lines
from spean.voices.enums import Age, Sex


def packet_lines(told: dict[str, Any]) -> list[tuple[str, str]]:
    """(what, words) of everything that is in a packet; a fact that is empty there is told as not said."""
    found: list[tuple[str, str]] = []
    for part in Shared:
        if part.value in told:
            found += _LINES[part](part, told[part.value])
    return found


def _one(part: Shared, words: str) -> list[tuple[str, str]]:
    return [(str(part.label), words or gettext("Not said"))]


def _name(part: Shared, told: dict[str, Any]) -> list[tuple[str, str]]:
    names = [told["name_km"], told["name_latin"], *told["aliases"]]
    return _one(part, " · ".join(name for name in names if name))


def _home(part: Shared, told: dict[str, Any]) -> list[tuple[str, str]]:
    code = "en" if get_language() == "en" else "km"
    places = (told["place"], told["commune"])
    return _one(part, ", ".join(dict.fromkeys(place[code] for place in places if place)))


def _contact(part: Shared, told: dict[str, Any]) -> list[tuple[str, str]]:
    lines = [(str(label), str(value)) for label, value in contact_lines(told)]
    return lines or _one(part, "")


def _needs(part: Shared, told: dict[str, Any]) -> list[tuple[str, str]]:
    tasks = ", ".join(str(enums.TaskKind(kind).label) for kind in told["tasks"])
    return _one(part, "\n".join(words for words in (told["words"], tasks) if words))


_LINES = {
    Shared.AGE_SEX: lambda part, told: _one(part, f"{Age(told['age']).label}, {Sex(told['sex']).label}"),
    Shared.NAME: _name,
    Shared.CONTACT: _contact,
    Shared.HOME: _home,
    Shared.DEPENDANTS: lambda part, told: _one(part, told["dependants"]),
    Shared.STORY: lambda part, told: _one(part, told["story"]),
    Shared.SCREENING: lambda part, told: _one(part, str(enums.Indicated(told["indicated"]).label) if told["indicated"] else ""),
    Shared.NEEDS: _needs,
}
