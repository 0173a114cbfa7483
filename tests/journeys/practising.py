"""Pages of good practices, advice and mentoring, with content: where the test of all pages stops."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.network.partners import join, judged, published

Stop = tuple[str, str, Any]


def practice_stops(go: Any) -> Iterator[Stop]:
    """A practice that was judged, is being changed and was tried; its forms; a request with an answer; a pair that met."""
    from spean.kernel import clock
    from spean.network.operations import advice, practices

    town, today = go.story.town, clock.today()
    if "start" not in town.teams:
        join(town)
    worker, starter = town.actor("worker"), town.actor("starter")
    pk = published(town)
    row = practices.try_it(starter, pk, "TH", today, "In Thai", uuid4())
    practices.tell(starter, pk, row, practices.Came("not", "counted", "Nobody answers"))
    practices.move(worker, pk, "revise")
    judged(town, pk, "stranger", clear="part", words="In which words?")
    yield "worker", "good practices", go.to("desk:good_practices")
    yield "worker", "no good practice", go.to("desk:good_practices", query="?problem=law")
    yield "worker", "a good practice that is being changed", go.to("desk:good_practice", pk)
    yield "stranger", "a good practice to judge", go.to("desk:good_practice", pk)
    yield "worker", "a good practice that lacks something", go.sent("desk:good_practice_new")
    yield "stranger", "a trial that lacks something", go.sent("desk:good_practice_try", pk)
    yield "worker", "a request for advice that lacks something", go.sent("desk:advice_new")
    asked = advice.ask(town.actor("stranger"), advice.Asked("fees", "How?", "Words"), uuid4())
    advice.answer(worker, asked, "Like this", pk, uuid4())
    yield "worker", "requests for advice", go.to("desk:advice")
    yield "stranger", "a request of ours with an answer", go.to("desk:advice_request", asked)
    yield "worker", "a request to answer", go.to("desk:advice_request", asked)
    yield "supervisor", "a mentoring that lacks something", go.sent("desk:mentoring_new")
    org = town.teams["team"].organisation_id
    pair = advice.propose(
        town.actor("stranger"),
        advice.Proposed(org, we_start=True, problem="fees", words="-", starts_on=today, ends_on=today + timedelta(9)),
        uuid4(),
    )
    advice.move_pair(town.actor("supervisor"), pair, "agree")
    advice.meet(town.actor("supervisor"), pair, today, "First", uuid4())
    yield "supervisor", "mentoring", go.to("desk:mentoring")
    yield "supervisor", "a mentoring pair", go.to("desk:mentoring_pair", pair)
