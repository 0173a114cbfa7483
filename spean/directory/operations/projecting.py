"""What everybody may read of an entry, written anew from its public version. What is confidential stops here."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from spean.directory import hours
from spean.directory.drafts import Draft
from spean.directory.enums import Hours
from spean.directory.models import (
    Location,
    Provider,
    Schedule,
    Service,
    ServiceArea,
    ServiceLanguage,
    ServiceNeed,
    Version,
)
from spean.kernel.errors import Invalid
from spean.kernel.text import fold
from spean.places.models import Place
from spean.places.queries import is_code


def known_places(codes: Iterable[str]) -> dict[str, Place]:
    """Those of these codes that a place has today."""
    wanted = {code for code in codes if is_code(code)}
    return {place.code: place for place in Place.objects.current().filter(code__in=wanted)}


def places(codes: Iterable[str], known: Mapping[str, Place] | None = None) -> list[Place]:
    """The places that have these codes today; one that has none is refused. `known` has been asked for before, for many."""
    wanted = list(dict.fromkeys(codes))
    found = known_places(wanted) if known is None else known
    missing = [code for code in wanted if code not in found]
    if missing:
        raise Invalid({"areas": _("These places are not in the list: %(codes)s") % {"codes": ascii(", ".join(missing))[:60]}})
    return [found[code] for code in wanted]


def project(version: Version, draft: Draft) -> Service:
    """Put the words of this version where the public door reads. Nothing of an earlier version stays there."""
    entry = version.entry
    Service.objects.filter(pk=entry.pk).delete()
    areas = places(draft.areas)
    own = places([draft.place])[0] if draft.place and not draft.confidential else None
    service = Service.objects.create(entry=entry, provider=_provider(draft), near=_near(own, areas), **_words(draft))
    if own is not None:
        Location.objects.create(service=service, place=own, address_km=draft.address_km, address_en=draft.address_en)
    ServiceNeed.objects.bulk_create(ServiceNeed(service=service, need=n) for n in dict.fromkeys(draft.needs))
    ServiceLanguage.objects.bulk_create(ServiceLanguage(service=service, language=x) for x in dict.fromkeys(draft.languages))
    ServiceArea.objects.bulk_create(ServiceArea(service=service, place=p, path=p.path) for p in areas)
    Schedule.objects.bulk_create(
        Schedule(service=service, zone=service.zone, day=s.day, opens=s.opens, closes=s.closes) for s in draft.spans()
    )
    return service


def _words(draft: Draft) -> dict[str, object]:
    same = (
        "name_km", "name_en", "about_km", "about_en", "how_km", "how_en", "fee", "women_only", "age_from", "age_to", "capacity",
        "source", "as_of",
    )  # fmt: skip
    return {
        **{name: getattr(draft, name) for name in same},
        "papers": list(draft.papers),
        "hours": draft.hours if draft.spans() else Hours.UNKNOWN,
        "zone": hours.ZONES[draft.country],
        "withheld": draft.confidential,
    }


def _near(own: Place | None, areas: list[Place]) -> str:
    if own is not None:
        return own.path
    return areas[0].path if len(areas) == 1 else ""


def _provider(draft: Draft) -> Provider:
    """The organisation's row; its newest names and website are those of the entry that was published last."""
    names = {"name_km": draft.provider_km, "name_en": draft.provider_en}
    more = {"website": draft.website} if draft.website else {}
    return Provider.objects.update_or_create(folded=fold(draft.provider_en)[:160], defaults={**names, **more})[0]
