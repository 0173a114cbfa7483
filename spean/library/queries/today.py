"""Today for who keeps facts and texts: what must be checked this week, and what somebody else wrote."""

from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.library.queries import facts, texts


def tiles(actor: Actor) -> list[Tile]:
    """The counts, each with the list that it counts; none for who keeps no facts."""
    if not access.may(actor, "fact.see"):
        return []
    found = facts.tallies(actor)
    return [
        Tile("facts_due", str(_("Facts to check this week")), found["week"], "due", "desk:facts", "view=week"),
        Tile("facts", str(_("Facts that wait for you to publish")), found["publish"], "due", "desk:facts", "view=publish"),
        Tile("texts", str(_("Texts that wait for you to publish")), texts.waits_for(actor), "due", "desk:texts", "view=publish"),
    ]
