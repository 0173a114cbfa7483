"""Where the demo plays: real provinces, districts, communes and villages of the gazetteer, chosen by the seed."""

from dataclasses import dataclass
from random import Random

from spean.places.enums import Level
from spean.places.models import Place

#: four districts of each province; the last of each is the small one, whose figures are told with others
DISTRICTS = {"14": ("1401", "1408", "1413", "1404"), "03": ("0301", "0306", "0313", "0302")}
#: villages with a volunteer in each commune, by district: 27 in each province
VILLAGES = ((2, 2, 2, 1), (2, 2, 2, 1), (2, 2, 2, 1), (2, 2, 2))


@dataclass(frozen=True)
class Commune:
    """A commune of the demo, with the villages that have a volunteer."""

    place: Place
    district: Place
    province: Place
    villages: tuple[Place, ...]
    small: bool  # in the small district


@dataclass(frozen=True)
class Land:
    """All of it. The first village of the first commune is where the tour goes."""

    country: Place
    communes: tuple[Commune, ...]

    def of(self, province: str) -> list[Commune]:
        """The communes of one province, by its code."""
        return [c for c in self.communes if c.province.code == province]


def choose(rng: Random) -> Land:
    """The demo's places."""
    communes: list[Commune] = []
    for province_code, districts in DISTRICTS.items():
        province = _place(province_code)
        for district_code, villages in zip(districts, VILLAGES, strict=True):
            small = district_code == districts[-1]
            communes += _communes(rng, province, _place(district_code), villages, small=small)
    return Land(Place.objects.current().get(code="KH"), tuple(communes))


def _communes(rng: Random, province: Place, district: Place, wanted: tuple[int, ...], *, small: bool) -> list[Commune]:
    inside = Place.objects.current().filter(parent=district, level=Level.COMMUNE).order_by("code")
    large = [c for c in inside if _villages(c).count() >= max(wanted)]
    chosen = sorted(rng.sample(large, len(wanted)), key=lambda c: c.code)
    return [
        Commune(c, district, province, tuple(rng.sample(list(_villages(c)), number)), small)
        for c, number in zip(chosen, wanted, strict=True)
    ]


def _villages(commune: Place):  # noqa: ANN202 - a queryset of Place
    return Place.objects.current().filter(parent=commune, level=Level.VILLAGE).select_related("parent").order_by("code")


def _place(code: str) -> Place:
    return Place.objects.current().get(code=code)
