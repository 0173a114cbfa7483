"""A volunteer's identity card and the certificate of a training, as papers in both languages."""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from spean.directory.queries.public import office_number
from spean.programme.queries.volunteers import ToPrint
from spean.surfaces.papers import paper
from spean.surfaces.templatetags.spean import day

Pair = dict[str, str]
BACK = (
    _("This volunteer tells about safe migration and listens. Give no money."),
    _("The card gives no right to search, to take papers or to enter a house."),
    _("Was something not right? Tell us, or any office that you trust."),
    _("Found it? Please give it back to the organisation."),
)


def card(found: ToPrint) -> bytes:
    """In the size of a bank card; without village, telephone or photograph: a photograph is glued on."""
    told = {
        "title": str(_("Identity card of a volunteer")),
        "how": str(_("Cut along the lines, fold in the middle, glue a photograph on, stamp it.")),
        "organisation": _called(found.organisation),
        "name": found.name,
        "photo": _both(_("Photograph")),
        "role": _both(_("Volunteer")),
        "number_word": _both(_("Number")),
        "number": found.number,
        "until_word": _both(_("Holds until")),
        "until": _both(found.until, day),
        "back": [_both(line) for line in BACK],
        "call_word": _both(_("Does this card hold? Call")),
        "phone": office_number(found.organisation.id),
    }
    return paper("volunteer_card", translation.get_language() or "km", {}, told)


def certificate(found: ToPrint) -> bytes:
    """Of a training that was received, to be signed and stamped."""
    told = {
        "title": _both(_("Certificate of a training")),
        "organisation": _called(found.organisation),
        "says": _both(_("We confirm that")),
        "name": found.name,
        "took_part": _both(_("took part in the training")),
        "training": _both(found.what),
        "where": found.where,
        "day": _both(found.on, day),
        "number_word": _both(_("Number")),
        "number": found.number,
        "signed": _both(_("Name, signature and stamp")),
    }
    return paper("volunteer_certificate", translation.get_language() or "km", {}, told)


PAPERS = {"card": card, "trained": certificate}


def _both(what: Any, show: Callable[[Any], Any] = str) -> Pair:
    """The same in each language."""
    found = {}
    for language in ("km", "en"):
        with translation.override(language):
            found[language] = str(show(what))
    return found


def _called(organisation: Any) -> Pair:
    return {"km": organisation.name_km, "en": organisation.name_en}
