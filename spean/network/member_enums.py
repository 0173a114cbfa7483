"""The words of members of the network: what they do, and for whom."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.directory.enums import Language


class NetworkWork(TextChoices):
    """What a member does."""

    INFORM = "inform", _("Tells people of the safe way, before they leave")
    LISTEN = "listen", _("Hears concerns, and brings them to authorities")
    SHELTER = "shelter", _("A safe place to stay")
    LEGAL = "legal", _("Legal help")
    HEALTH = "health", _("Health, and somebody to talk to")
    RETURN = "return", _("Brings people home")
    REBUILD = "rebuild", _("Training, work and follow-up after coming home")
    DEMAND = "demand", _("Works on the demand side: employers, buyers, consumers")
    INFLUENCE = "influence", _("Influences laws and international instruments")
    RESEARCH = "research", _("Research and reports")
    ADVISE = "advise", _("Trains and advises partners")


class Served(TextChoices):
    """For whom a member works."""

    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    CHILDREN = "children", _("Children")
    BEFORE = "before", _("People who think of leaving")
    ABROAD = "abroad", _("People who work abroad")
    RETURNED = "returned", _("People who came home")
    FAMILIES = "families", _("Families of people who left")
    HOUSE = "house", _("People who work in a house")
    SEA = "sea", _("People who work at sea")
    STATELESS = "stateless", _("People without papers or nationality")


class Book(TextChoices):
    """Which list of codes a code of a member is of."""

    WORK = "work", _("What they do")
    SERVED = "served", _("For whom")
    LANGUAGE = "language", _("Languages")


BOOKS: dict[str, type[TextChoices]] = {Book.WORK: NetworkWork, Book.SERVED: Served, Book.LANGUAGE: Language}
