"""Several places in one form without a script: those already chosen, and a picker for one more."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid
from spean.places import picker
from spean.places.enums import Level
from spean.places.models import Place
from spean.places.picker import PickerState
from spean.places.queries import PlaceOption, by_code, lineage, option

MOST = 5
PREFIX = "place"


@dataclass(frozen=True)
class Chosen:
    """A chosen place and where it lies."""

    code: str
    label: str


@dataclass(frozen=True)
class Places:
    """The state of the choice: what is chosen, the picker for one more, and what is wrong with it."""

    chosen: tuple[Chosen, ...]
    picker: PickerState
    error: str = ""

    @property
    def full(self) -> bool:
        """Whether no further place can be added."""
        return len(self.chosen) >= MOST


def chosen_codes(data: QueryDict) -> list[str]:
    """The codes sent as `places`, without the one that is being taken away; each once."""
    taken = data.get("drop_place", "")
    return [c for c in dict.fromkeys(data.getlist("places")) if c != taken][:MOST]


def read(data: QueryDict) -> list[PlaceOption]:
    """The places of a form that is sent: those in the list and the one in the picker."""
    found = [p for p in map(by_code, chosen_codes(data)) if p is not None]
    one_more = picker.resolve(data, PREFIX)
    if one_more is not None and len(found) < MOST:
        if one_more.level not in {Level.COMMUNE, Level.VILLAGE}:
            raise Invalid({"place": _("Go on to the commune or the village.")})
        found.append(option(one_more))
    unique = {p.id: p for p in found if p.level in {Level.COMMUNE, Level.VILLAGE}}
    if not unique:
        raise Invalid({"place": _("Choose the village or commune that this issue is about.")})
    return list(unique.values())


def state(data: QueryDict, *, error: str = "") -> Places:
    """What to show. With `add_place` pressed, the picker's place moves into the list and the picker is empty again."""
    codes = chosen_codes(data)
    if "add_place" in data and not error:
        try:
            codes = [p.code for p in read(data)]
        except Invalid as refusal:
            return Places(_labels(codes), picker.state(data, PREFIX), str(refusal.message))
        return Places(_labels(codes), picker.state_for(None, PREFIX))
    return Places(_labels(codes), picker.state(data, PREFIX), error)


def starting_at(code: str) -> QueryDict:
    """The data of a form that is opened with one place in its list."""
    data = QueryDict(mutable=True)
    if code:
        data["places"] = code
    return data


def _labels(codes: Iterable[str]) -> tuple[Chosen, ...]:
    found = [p for p in map(by_code, codes) if p is not None]
    return tuple(Chosen(p.code, ", ".join(q.name for q in reversed(lineage(p.id)[1:]))) for p in found)


def rows(options: Iterable[PlaceOption]) -> list[Place]:
    """The rows that an operation asks for."""
    found = Place.objects.in_bulk([o.id for o in options])
    return list(found.values())
