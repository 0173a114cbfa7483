"""What a packet holds: of the facts that may be told, exactly those that were chosen. Pure functions; no key, no database."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from spean.cases.enums import Shared
from spean.cases.operations.opening import Person

NAMES = ("name_km", "name_latin")
#: of a contact: how somebody is reached, without the name, which is a fact of its own
REACH = ("phone", "may_call", "hours", "code_word", "how")


@dataclass(frozen=True)
class Known:
    """Everything that could be told of somebody."""

    person: Person
    age: str
    sex: str
    commune: dict[str, str] | None = None  # code, km, en
    indicated: str = ""
    needs: str = ""
    tasks: tuple[str, ...] = field(default=())  # kinds of what is still to do


def _home(known: Known) -> dict[str, Any]:
    return {"place": known.person.place, "commune": known.commune}


#: one entry for each kind of fact; a kind without one cannot be told
PARTS: dict[str, Callable[[Known], dict[str, Any]]] = {
    Shared.AGE_SEX: lambda k: {"age": k.age, "sex": k.sex},
    Shared.NAME: lambda k: {**{n: getattr(k.person, n) for n in NAMES}, "aliases": list(k.person.aliases)},
    Shared.CONTACT: lambda k: {n: k.person.contact[n] for n in REACH if k.person.contact.get(n)},
    Shared.HOME: _home,
    Shared.DEPENDANTS: lambda k: {"dependants": k.person.dependants},
    Shared.STORY: lambda k: {"story": k.person.story, "language": k.person.language},
    Shared.SCREENING: lambda k: {"indicated": k.indicated},
    Shared.NEEDS: lambda k: {"words": k.needs, "tasks": list(k.tasks)},
    Shared.WAY: lambda _k: {},  # nothing: it is seen as it stands, not told
}


def packet(known: Known, fields: Collection[str]) -> dict[str, Any]:
    """What is sealed for the other desk: a part for each of `fields`, and nothing beside them."""
    return {part.value: PARTS[part](known) for part in Shared if part in fields}


def person_of(told: dict[str, Any]) -> Person:
    """The person of a packet, for a case of one's own: what was not told stays empty."""
    name, story, home = told.get(Shared.NAME, {}), told.get(Shared.STORY, {}), told.get(Shared.HOME, {})
    needs = told.get(Shared.NEEDS, {}).get("words", "")
    return Person(
        name_km=name.get("name_km", ""),
        name_latin=name.get("name_latin", ""),
        aliases=tuple(name.get("aliases", ())),
        contact=dict(told.get(Shared.CONTACT, {})),
        dependants=told.get(Shared.DEPENDANTS, {}).get("dependants", ""),
        story="\n\n".join(part for part in (story.get("story", ""), needs) if part),
        language=story.get("language", "km"),
        place=home.get("place"),
    )
