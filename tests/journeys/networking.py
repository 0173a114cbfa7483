"""Pages of the network, with content: where the test of all pages stops."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

Stop = tuple[str, str, Any]


def network_stops(go: Any) -> Iterator[Stop]:
    """Members, one of them, what is wrong with a form, agreements in each state, a referral without one."""
    from spean.kernel import clock
    from spean.network.models import Agreement
    from spean.network.operations import agreements, members

    town = go.story.town
    own, other = (town.teams[name].organisation_id for name in ("team", "partner"))
    yield "coordinator", "no member", go.to("desk:network")
    yield "coordinator", "a member that lacks something", go.sent("desk:member_new")
    words = members.MemberWords("KH", date(2020, 1, 1), works=("return", "legal"), served=("women",), languages=("km",))
    pk, _far = (members.add(town.actor("coordinator"), org, words, uuid4()) for org in (own, other))
    members.name(town.actor("manager"), pk, members.Answers(user=town.users["coordinator"].id), uuid4())
    yield "worker", "members", go.to("desk:network")
    yield "coordinator", "a member", go.to("desk:member", pk)
    yield "coordinator", "a member that is changed", go.to("desk:member_change", pk)
    yield "manager", "an agreement that lacks something", go.sent("desk:agreement_new")
    days = {"starts_on": date(2020, 1, 1), "ends_on": date(2024, 12, 31)}
    made = agreements.make(town.actor("manager"), agreements.Draft(own, (other,), ("referral",), ("serve",), **days), uuid4())
    yield "manager", "an agreement that is written", go.to("desk:agreement", made)
    Agreement.objects.filter(pk=made).update(state="offered", ends_on=date(2099, 1, 1))
    yield "manager", "an agreement to sign", go.to("desk:agreement", made)
    Agreement.objects.filter(pk=made).update(state="in_force", ends_on=clock.today())
    yield "manager", "an agreement in force", go.to("desk:agreement", made)
    yield "manager", "agreements", go.to("desk:agreements")
    yield "manager", "no agreement", go.to("desk:agreements", query="?view=waits")
