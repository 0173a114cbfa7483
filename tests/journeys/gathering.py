"""Pages of activities and events, with content: where the test of all pages stops."""

from collections.abc import Iterator
from datetime import time
from typing import Any
from uuid import uuid4

Stop = tuple[str, str, Any]


def activity_stops(go: Any) -> Iterator[Stop]:
    """None; a new one; a session that is counted and asked about; what is wrong with each form."""
    from spean.kernel import clock
    from spean.programme.operations import activities

    town, today = go.story.town, clock.today()
    yield "volunteer", "no activity", go.to("desk:activities")
    yield "volunteer", "a new activity", go.to("desk:activity_new")
    yield "volunteer", "no new activity", go.sent("desk:activity_new", button="main [name=send]")
    volunteer = town.actor("volunteer")
    kept = activities.Kept("outreach", today, name_en="Before you go", name_km="មុនចេញដំណើរ", setting="school", topics=("papers",))
    made = activities.write(volunteer, kept, "14010101", uuid4())
    yield "volunteer", "who came", go.to("desk:activity_count", made)
    yield (
        "volunteer",
        "a bad sum",
        go.sent("desk:activity_count", made, button="main form p .btn-primary", **{"total": "9", "sex-women": "4"}),
    )
    activities.count(volunteer, made, {"sex": {"women": 5, "men": 4}}, 9)
    line = {"topic": "papers", "words": "How long does it take?", "answered": True}
    pk = activities.add(volunteer, made, "questions", line, uuid4())
    yield "volunteer", "questions", go.to("desk:activity_lines", made, "questions")
    yield "volunteer", "a question", go.to("desk:activity_line", made, "questions", pk)
    yield "volunteer", "a session", go.to("desk:activity", made)
    yield "manager", "a session to change", go.to("desk:activity_change", made)
    yield from _event(go, town, today)


def _event(go: Any, town: Any, today: Any) -> Iterator[Stop]:
    """An event with a part, its gate, codes, headcount, report, and public page."""
    from spean.programme.operations import activities, events

    manager = town.actor("manager")
    kept = activities.Kept("event", today, name_en="The day", name_km="ទិវា", starts=time(7), presides_en="A governor")
    made = activities.write(manager, kept, "14", uuid4())
    part = activities.write(manager, activities.Kept("event", today, name_en="Parade", part_of=made), "1401", uuid4())
    item = {"on": today, "starts": time(7), "minutes": 45, "what_en": "Parade", "who_en": "Schools", "where_en": "The road"}
    activities.add(manager, made, "items", item, uuid4())
    activities.add(manager, made, "costs", {"kind": "sound", "currency": "USD", "planned": 300, "spent": 280}, uuid4())
    yield "manager", "no codes", go.to("desk:event_codes", made)
    events.make_codes(manager, made, "student", 2, uuid4())
    yield "manager", "codes", go.sent("desk:event_codes", made)
    taps = [events.Tap(uuid4(), kind) for kind in ["student"] * 9 + ["teacher"] * 6 + ["migrant"]]
    events.check_in(manager, part, taps)
    yield "volunteer", "a gate", go.to("desk:gate", part)
    yield "manager", "programme", go.to("desk:activity_lines", made, "items")
    yield "manager", "shifts", go.sent("desk:activity_lines", made, "shifts")
    yield "manager", "headcount", go.to("desk:headcount", made)
    yield "manager", "report of an event", go.to("desk:event_report", made)
    events.publish(manager, made)
    yield "manager", "an event", go.to("desk:activity", made)
    yield "manager", "an event for everybody", go.to("public:event", made)
    yield "manager", "activities", go.to("desk:activities")
