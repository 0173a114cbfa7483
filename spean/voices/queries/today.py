"""Today: what is due, overdue, urgent and waiting; each count opens the list it counts."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spean.accounts import access, often
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.today import Tile
from spean.kernel.paging import counts
from spean.voices.enums import ConcernState
from spean.voices.models import Concern, Issue
from spean.voices.queries.concerns import HAS_ANSWER, OPEN_STATES, listed
from spean.voices.queries.issues import issue_filters

OFTEN = "concern.search_often"


def today(actor: Actor) -> list[Tile]:
    """What is due, overdue, urgent and waiting for this actor; each count opens the list it counts."""
    tiles: list[Tile] = []
    if access.may(actor, "concern.see"):
        tiles += _concern_tiles(actor)
    tiles += often.tile(actor, OFTEN, "searches", _("Searched more often than a day allows"))
    if access.may(actor, "concern.see_own"):
        own = access.visible(actor, "concern.see_own", Concern.objects.all())
        reports = counts({"sent": own, "answered": own.filter(HAS_ANSWER)})
        told = str(_("Reports with an answer to read"))
        tiles.append(Tile("answers", told, reports["answered"], "due", "desk:reports", "view=answered"))
        tiles.append(Tile("sent", str(_("Reports you sent")), reports["sent"], "calm", "desk:reports", ""))
    if access.may(actor, "issue.see"):
        tiles += _issue_tiles(actor)
    return tiles


def _concern_tiles(actor: Actor) -> list[Tile]:
    names = {
        "danger": (_("In danger now"), "urgent"),
        "new": (_("New, not read yet"), "due"),
        "open": (_("Being looked at"), "calm"),
        "waiting": (_("Waiting for the person"), "calm"),
    }
    concerns = access.visible(actor, "concern.see", Concern.objects.all())
    mine = concerns.filter(assigned_to=actor.id, state__in=OPEN_STATES)
    lists = {name: listed(concerns, name) for name in names}
    found = counts({**lists, "mine": mine, "held": concerns.filter(state=ConcernState.HELD)})
    tiles = [Tile(name, str(label), found[name], tone, "desk:inbox", f"view={name}") for name, (label, tone) in names.items()]
    held = Tile("held", str(_("Under review")), found["held"], "due", "desk:lane", "")
    return [*tiles, Tile("mine", str(_("Assigned to you")), found["mine"], "due", "desk:inbox", "mine=1"), held]


def _issue_tiles(actor: Actor) -> list[Tile]:
    wanted: list[tuple[str, Any, str, tuple[Role, ...]]] = [
        ("overdue", _("Issues overdue"), "urgent", tuple(Role)),
        ("due", _("Due within 7 days"), "due", tuple(Role)),
        ("to_approve", _("Summaries for you to approve"), "due", (Role.SUPERVISOR, Role.PROGRAMME_MANAGER)),
        ("to_raise", _("Approved, to be raised"), "due", (Role.CASE_WORKER, Role.SUPERVISOR)),
        ("to_answer", _("Waiting for your committee's answer"), "due", (Role.FOCAL_PERSON,)),
        ("committed", _("Promised, not done yet"), "calm", (Role.FOCAL_PERSON, Role.PROGRAMME_MANAGER)),
        ("to_read_back", _("To read back to the village"), "due", (Role.VOLUNTEER,)),
        ("contested", _("Contested by the community"), "urgent", (Role.CASE_WORKER, Role.SUPERVISOR, Role.PROGRAMME_MANAGER)),
    ]
    shown = [w for w in wanted if actor.having(w[3])]
    filters = issue_filters()
    found = access.visible(actor, "issue.see", Issue.objects.all())
    numbers = counts({name: found.filter(_own(actor, name, filters[name])) for name, *_rest in shown})
    return [Tile(name, str(label), numbers[name], tone, "desk:issues", f"view={name}") for name, label, tone, _roles in shown]


def _own(actor: Actor, name: str, where: Q) -> Q:
    return where & ~Q(written_by=actor.id) if name == "to_approve" else where
