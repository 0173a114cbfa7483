"""The words of IATI that a manager chooses from.

The codes are those of IATI's lists, 2.03: OrganisationType, Sector (purposes of DAC; all but 15190 unverified),
PolicySignificance.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationType(TextChoices):
    """What the organisation is that reports."""

    GOVERNMENT = "10", _("Government")
    INTERNATIONAL = "21", _("International NGO")
    NATIONAL = "22", _("National NGO")
    REGIONAL = "23", _("Regional NGO")
    LOCAL = "24", _("NGO of the country of the work")
    MULTILATERAL = "40", _("Organisation of several governments")
    FOUNDATION = "60", _("Foundation")
    ACADEMIC = "80", _("University, research")


class Sector(TextChoices):
    """What the money is for. 15190 names trafficking, recruitment, return and reintegration."""

    MIGRATION = "15190", _("Safe and regular migration; against trafficking")
    VIOLENCE = "15180", _("Against violence towards women and girls")
    LABOUR = "16070", _("Labour rights")
    TRAINING = "11330", _("Vocational training")
    RIGHTS = "15160", _("Human rights")


class Gender(TextChoices):
    """How far equality of women and men is an aim: the policy marker 1 of DAC."""

    NOT = "0", _("Not an aim")
    SIGNIFICANT = "1", _("An important aim, not the main one")
    PRINCIPAL = "2", _("The main aim")


class MoneyKind(TextChoices):
    """What a line of money is."""

    BUDGET = "budget", _("Budget")
    COMMITTED = "committed", _("Promised by a donor")
    RECEIVED = "received", _("Received from a donor")
