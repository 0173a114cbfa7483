"""What the law calls each unit: the gazetteer in use does not say, so this is read off the codes.

Municipalities as listed by dwilkie/pumi (data/districts.yml), with the names of the gazetteer in use agreeing.
Capital and municipalities divide into sangkats, districts into communes (law on administrative management, 2008).
"""

from spean.places.enums import Kind, Level

_CAPITAL = "12"
_MUNICIPALITIES = frozenset(
    [
        "0106",
        "0110",
        "0203",
        "0305",
        "0403",
        "0502",
        "0509",
        "0603",
        "0708",
        "0709",
        "0811",
        "0812",
        "0813",
        "0904",
        "1002",
        "1105",
        "1308",
        "1410",
        "1505",
        "1602",
        "1710",
        "1801",
        "1805",
        "1904",
        "2006",
        "2008",
        "2108",
        "2204",
        "2302",
        "2401",
        "2506",
    ]
)
#: younger than that list: better no word than a wrong one
_UNKNOWN = frozenset({"1715", "1806"})


def kind_of(level: Level, code: str) -> str:
    """The `Kind` of the unit of Cambodia with this code, or blank."""
    if level == Level.VILLAGE:
        return Kind.PHUM
    if level == Level.PROVINCE:
        return Kind.CAPITAL if code == _CAPITAL else Kind.PROVINCE
    district = code[:4]
    if district in _UNKNOWN or level == Level.COUNTRY:
        return ""
    if district.startswith(_CAPITAL):
        return Kind.KHAN if level == Level.DISTRICT else Kind.SANGKAT
    if district in _MUNICIPALITIES:
        return Kind.KRONG if level == Level.DISTRICT else Kind.SANGKAT
    return Kind.SROK if level == Level.DISTRICT else Kind.KHUM
