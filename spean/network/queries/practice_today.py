"""What of practices, advice and mentoring waits for somebody, on Today."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.today import Tile
from spean.kernel.paging import counts
from spean.network.models import Advice, Answer, Pair
from spean.network.queries.advice import unanswered
from spean.network.queries.practices import to_judge

#: name -> what may be done about it, what it is called, how it looks, the list that it counts
KNOWN = {
    "unanswered": ("advice.answer", _("Requests for advice that nobody has answered"), "due", "desk:advice", "view=unanswered"),
    "answered": ("advice.close", _("Answers to what we asked"), "calm", "desk:advice", "view=ours"),
    "pairs": ("pair.agree", _("Mentoring that waits for your answer"), "due", "desk:mentoring", ""),
    "judge": (
        "good_practice.judge",
        _("Good practices that wait for judgement"),
        "calm",
        "desk:good_practices",
        "view=judge",
    ),
}


def tiles(actor: Actor) -> list[Tile]:
    """Requests that nobody answered, answers to one's own, mentoring and practices that wait for a word. One query."""
    answered = Exists(Answer.objects.filter(advice=OuterRef("pk")))
    rows: dict[str, QuerySet[Any]] = {
        "unanswered": unanswered(actor),
        "answered": access.visible(actor, "advice.close", Advice.objects.all()).filter(answered),
        "pairs": access.visible(actor, "pair.agree", Pair.objects.all()),
        "judge": to_judge(actor),
    }
    asked = {name: found for name, found in rows.items() if access.may(actor, KNOWN[name][0])}
    numbers = counts(asked) if asked else {}
    return [Tile(f"sharing_{name}", str(KNOWN[name][1]), numbers[name], *KNOWN[name][2:]) for name in asked]
