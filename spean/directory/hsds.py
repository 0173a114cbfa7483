"""Entries as HSDS 3 has them (docs.openreferral.org), out and in. What HSDS lacks stands under `x_spean`, a profile of ours.

Going out: only what is public, only numbers that were called. Coming in: a service of any HSDS list, or of our own.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from spean.directory import phones
from spean.directory.drafts import Draft
from spean.directory.enums import Day, Hours, Language, Need, Paper
from spean.kernel.text import clean

PROFILE = "x_spean"
LARGEST = 100_000  # places
#: fields of a draft that HSDS has no place for, or in one language only
OURS = (
    "provider_km", "name_km", "about_km", "how_km", "needs", "areas", "country", "place", "address_km", "women_only",
    "confidential", "papers", "capacity", "fee", "hours", "days", "opens", "closes", "source", "as_of",
)  # fmt: skip
_KHMER = re.compile("[\u1780-\u17ff]")
_CLOCK = re.compile(r"(\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:\d{2})?")


def service(entry: UUID, draft: Draft, *, provider: UUID, numbers: Iterable[tuple[UUID, str]], assured: str) -> dict[str, Any]:
    """One public entry. `numbers` are (id, number) of those that may be shown, `assured` the day of the last check."""
    part = lambda what: str(uuid5(NAMESPACE_URL, f"spean:{entry}:{what}"))  # noqa: E731 - ids of parts are always the same
    place = [] if draft.confidential or not (draft.address_en or draft.place) else [_location(draft, part)]
    return {
        "id": str(entry),
        "name": draft.name_en,
        "alternate_name": draft.name_km,
        "description": draft.about_en,
        "status": "active",
        "application_process": draft.how_en,
        "minimum_age": draft.age_from,
        "maximum_age": draft.age_to,
        "assured_date": assured,
        "organization": {
            "id": str(provider), "name": draft.provider_en, "alternate_name": draft.provider_km, "description": draft.provider_en,
            "website": draft.website or None,
        },
        "phones": [{"id": str(pk), "number": number, "type": "voice"} for pk, number in numbers],
        "schedules": _schedules(draft, part),
        "service_areas": [{"id": part(f"area:{c}"), "name": c, "extent": c, "extent_type": "other"} for c in draft.areas],
        "languages": [{"id": part(f"language:{c}"), "name": Language(c).name, "code": c} for c in draft.languages],
        "required_documents": [{"id": part(f"paper:{c}"), "document": c} for c in draft.papers],
        "service_at_locations": place,
        "attributes": [_attribute(code, part) for code in draft.needs],
        PROFILE: _ours(draft),
    }  # fmt: skip


def _ours(draft: Draft) -> dict[str, Any]:
    body = draft.body()
    hidden = {"place", "address_km"} if draft.confidential else set()
    return {name: body[name] for name in OURS if name not in hidden}


def _location(draft: Draft, part: Any) -> dict[str, Any]:
    address = {
        "id": part("address"), "address_1": draft.address_en, "city": "", "region": draft.place,
        "state_province": draft.place[:2], "postal_code": "", "country": draft.country, "address_type": "physical",
    }  # fmt: skip
    location = {"id": part("location"), "location_type": "physical", "name": draft.provider_en, "addresses": [address]}
    return {"id": part("at"), "location": location}


def _schedules(draft: Draft, part: Any) -> list[dict[str, Any]]:
    if not draft.spans():
        return []
    always = draft.hours == Hours.ALWAYS
    days, opens, closes = (Day.values, "00:00", "24:00") if always else (draft.days, draft.opens, draft.closes)
    return [{"id": part("schedule"), "freq": "WEEKLY", "byday": ",".join(days), "opens_at": opens, "closes_at": closes}]


def _attribute(code: str, part: Any) -> dict[str, Any]:
    term = {"id": str(uuid5(NAMESPACE_URL, f"spean:need:{code}")), "code": code, "name": Need(code).name, "description": code}
    return {"id": part(f"need:{code}"), "link_entity": "service", "taxonomy_term": term}


class Unreadable(ValueError):
    """Something that is no service."""


def read(said: Any, source: str) -> tuple[str, Draft]:
    """(id, draft) of one service; `Unreadable` when it is none. Whether it can be kept is judged by `drafts.judge`."""
    if not isinstance(said, Mapping):
        raise Unreadable
    key = _text(said, "id")
    organisation = _map(said.get("organization"))
    ours = {name: v for name, v in _map(said.get(PROFILE)).items() if name in OURS}
    found: dict[str, Any] = {
        "provider_en": _text(organisation, "name"), "name_en": _text(said, "name"), "about_en": _text(said, "description"),
        "how_en": _text(said, "application_process"), "website": _text(organisation, "website"),
        "age_from": _age(said, "minimum_age"), "age_to": _age(said, "maximum_age"),
        "languages": tuple(c for x in _maps(said.get("languages")) if (c := _text(x, "code")) in Language.values),
        "numbers": tuple(n for x in _maps(said.get("phones")) for n in phones.split(_text(x, "number").strip('"'))),
        "as_of": _text(said, "assured_date") or _text(said, "last_modified")[:10], "source": source,
        "needs": tuple(_text(_map(x.get("taxonomy_term")), "code") for x in _maps(said.get("attributes"))),
        "papers": tuple(d for x in _maps(said.get("required_documents")) if (d := _text(x, "document")) in Paper.values),
    }  # fmt: skip
    found |= _where(said) | _when(said)
    found["needs"] = tuple(code for code in found["needs"] if code in Need.values)
    found |= _checked_types({name: v for name, v in ours.items() if name not in {"source", "as_of"}})
    if not key or not found["name_en"]:
        raise Unreadable
    return key, Draft(**_both(said, organisation, found))


def _both(said: Mapping[str, Any], organisation: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Where there is no Khmer, the English words stand in its place, to be translated before somebody publishes them."""
    others = {"name": _text(said, "alternate_name"), "provider": _text(organisation, "alternate_name")}
    for name in ("name", "provider", "about", "how", "address"):
        other = others.get(name, "")
        khmer = found.get(f"{name}_km") or (other if _KHMER.search(other) else "")
        found[f"{name}_km"] = khmer or found.get(f"{name}_en", "")
    return found


def _where(said: Mapping[str, Any]) -> dict[str, Any]:
    """The first address; the country decides whose numbers these are."""
    for at in _maps(said.get("service_at_locations")):
        for address in _maps(_map(at.get("location")).get("addresses")):
            country = _text(address, "country").upper() or "KH"
            street = ", ".join(filter(None, (_text(address, "address_1"), _text(address, "city"))))
            return {"country": country, "address_en": street, "areas": (country,)}
    return {"country": "KH", "areas": ("KH",)}


def _when(said: Mapping[str, Any]) -> dict[str, Any]:
    """Weekly hours that are the same on all their days; anything finer is not known here."""
    days: list[str] = []
    times = set()
    for schedule in _maps(said.get("schedules")):
        opens, closes = (_CLOCK.fullmatch(_text(schedule, name)) for name in ("opens_at", "closes_at"))
        if opens is None or closes is None or _text(schedule, "freq") != "WEEKLY":
            return {}
        times.add((opens[1], closes[1]))
        days += [day for day in _text(schedule, "byday").split(",") if day in Day.values]
    if len(times) != 1 or not days:
        return {}
    opens_at, closes_at = times.pop()
    return {"hours": Hours.WEEK.value, "days": tuple(d for d in Day.values if d in days), "opens": opens_at, "closes": closes_at}


def _checked_types(ours: dict[str, Any]) -> dict[str, Any]:
    """Only what has the type that a draft has there: a list from outside may hold anything."""
    usual = Draft("", "", "", "", "").body()
    kept: dict[str, Any] = {}
    for name, value in ours.items():
        if name == "capacity":
            kept |= {name: value} if type(value) is int and 0 <= value <= LARGEST else {}
        elif isinstance(usual[name], list):
            kept |= {name: tuple(map(clean, value))} if isinstance(value, list) and all(type(x) is str for x in value) else {}
        elif type(value) is type(usual[name]):
            kept[name] = clean(value) if isinstance(value, str) else value
    return kept


def _text(of: Mapping[str, Any], name: str) -> str:
    value = of.get(name)
    return clean(value) if isinstance(value, str) else ""


def _age(of: Mapping[str, Any], name: str) -> int | None:
    value = of.get(name)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 120 else None  # noqa: PLR2004


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _maps(value: Any) -> list[Mapping[str, Any]]:
    return [x for x in value if isinstance(x, Mapping)] if isinstance(value, list) else []
