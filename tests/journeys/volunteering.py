"""Pages of volunteers and claims, with content: where the test of all pages stops."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

Stop = tuple[str, str, Any]


def volunteer_stops(go: Any) -> Iterator[Stop]:
    """The roster, a volunteer with something in each list, what is wrong with a form, villages without anybody, claims."""
    from spean.accounts.models import Team
    from spean.kernel import clock
    from spean.programme.models import Card
    from spean.programme.operations import claims, volunteers

    town, today = go.story.town, clock.today()
    boss, pk = town.actor("supervisor"), town.users["volunteer"].memberships.get().id
    said = {
        "check": {"step": "interview", "words": "Calm"},
        "conduct": {"edition": 1, "way": "thumb"},
        "trained": {"kind": "safeguarding", "on": today - timedelta(days=500)},
        "away": {"why": "harvest", "until": today},
        "goal": {"sessions": 4, "contacts": 60, "visits": 1, "reports": 2},
        "talk": {"kind": "visit", "outcome": "well", "words": "Well"},
        "threat": {"kind": "home", "words": "A man at the door"},
    }
    for name, line in said.items():
        made = volunteers.add(boss, pk, name, {"on": today, **line}, uuid4())
    Card.objects.create(sent_id=uuid4(), membership_id=pk, on=today, until=today, by=town.users["supervisor"])
    volunteers.answer(boss, pk, made, "act", "plan")
    yield "supervisor", "volunteers", go.to("desk:volunteers")
    yield "supervisor", "no volunteers who left", go.to("desk:volunteers", query="?view=left")
    yield "supervisor", "a volunteer", go.to("desk:volunteer", pk)
    yield "supervisor", "what is sealed of a volunteer", go.to("desk:volunteer_told", pk)
    yield "supervisor", "leave of a volunteer", go.to("desk:volunteer_add", pk, "away")
    yield "supervisor", "a talk that lacks something", go.sent("desk:volunteer_add", pk, "talk")
    Team.objects.filter(pk=town.teams["team"].pk).update(place=town.place("14"))
    yield "manager", "villages without a volunteer", go.to("desk:volunteer_coverage")
    Team.objects.filter(pk=town.teams["team"].pk).update(place=None)
    yield "volunteer", "my work", go.to("desk:volunteering")
    yield "volunteer", "a threat that lacks something", go.sent("desk:volunteering_threat", pk)
    yield "volunteer", "a complaint that lacks something", go.sent("desk:complaint_new")
    yield "supervisor", "no complaint", go.to("desk:complaints")
    yield "volunteer", "a claim that lacks something", go.sent("desk:claim_new")
    claim = claims.make(town.actor("volunteer"), claims.Asked(today, "travel", Decimal(9), "USD", "By bus"), uuid4())
    yield "supervisor", "a claim", go.to("desk:claim", claim)
    claims.move(boss, claim, "approve")
    yield "manager", "claims", go.to("desk:claims")
