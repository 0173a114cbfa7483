"""A register of recruiters for the journeys: every state of a licence, requests, lists; and the pages that show them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

Stop = tuple[str, str, Any]


def keep_register(town: Any) -> dict[str, Any]:
    """Recruiters: one about whom offices disagree, one whose check is overdue, one that nobody checked, one that waits."""
    from dataclasses import replace

    from spean.directory.models import Correction, Phone
    from spean.directory.operations import calling, correcting, registering
    from spean.directory.operations.registering import RECRUITERS
    from spean.directory.recruiting import Licence, RecruiterDraft
    from spean.kernel import clock

    manager, coordinator, made = town.actor("manager"), town.actor("coordinator"), {}
    words = RecruiterDraft(
        "A list of the ministry", "ទីភ្នាក់ងារសាកល្បង ផ្កាយ", "Demo Agency Star", as_of="2026", aliases=("Phkay Demo",), place="1401",
        address_km="ផ្លូវ ៥", address_en="Street 5", branches=("Prey Veng, Street 7",), countries=("TH", "MY"), website="https://demo.invalid",
        numbers=("012 311 112", "077 455 516"), demonstration=True,
    )  # fmt: skip
    others = {"overdue": "Demo Agency Moon", "unchecked": "Demo Agency Sun", "waiting": "Demo Agency Rain"}
    drafts = {"split": words, **{name: replace(words, name_en=en, name_km="", numbers=()) for name, en in others.items()}}
    with clock.at(clock.now() - timedelta(days=190)):
        for name, draft in drafts.items():
            made[name] = RECRUITERS.write(manager, draft, uuid4())
            if name != "waiting":
                RECRUITERS.publish(coordinator, made[name], 1)
        first = Phone.objects.get(recruiter=made["split"], position=0)
        calling.record(coordinator, first.id, heard="right", on=clock.today(), words="A clerk", sent_id=uuid4())
        day = clock.today()
        for name in ("split", "overdue"):
            said = Licence("ministry", "licensed", "A list of the ministry", day, f"0{len(name)}/2026", day + timedelta(days=30))
            registering.publish(coordinator, registering.say(manager, made[name], said, uuid4()))
    court = Licence("court", "revoked", "A judgment", clock.today())
    registering.publish(coordinator, registering.say(manager, made["split"], court, uuid4()))
    made["claim"] = registering.say(manager, made["split"], replace(court, claimant="press"), uuid4())
    RECRUITERS.propose(manager, made["split"], replace(words, name_en="Demo Agency Stars", countries=("TH",)))
    for number in range(2):
        correcting.ask(made["split"], wrong=f"The number is another {number}", proof="A letter", sent_id=uuid4())
    asked, made["asked"] = Correction.objects.order_by("id").values_list("id", flat=True)
    correcting.answer(manager, asked, outcome="kept", answer_km="យើងបានសួរក្រសួង", answer_en="We asked the ministry")
    correcting.publish(coordinator, asked)
    correcting.answer(manager, made["asked"], outcome="corrected")
    return made | keep_lists(manager)


def tell_of(recruiter: Any) -> None:
    """The figures of last month: 41 reports, of which 19 are about fees."""
    from spean.evidence.models import Release
    from spean.kernel import clock

    row = {"recruiter": str(recruiter), "total": 41, "kinds": [{"kind": "fees", "voices": 19}], "taken_back": False}
    last = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    Release.objects.update_or_create(
        table="recruiters", period=last, defaults={"released_on": clock.today(), "threshold": 11, "cells": [row]}
    )


def keep_lists(manager: Any) -> dict[str, Any]:
    """A list of the ministry of which proposals were made, and its successor, which is only looked at."""
    from spean.directory.operations import listed
    from spean.directory.queries.lists import list_page
    from spean.kernel import clock

    heading, made = ("Name", "Licence number", "Telephone"), {}
    star, rows = ("Demo Agency Star", "05/2026", "012 311 112"), [("Demo Agency Snow", "21/2026", "")]
    lists = {
        "done": [star, *rows, ("Demo Agency Frost", "22/2026", "")],
        "looked at": [star, ("Demo Agency Snow", "23/2026", "12"), ("To Malaysia",), ("Demo Agency Dew", "24/2026", "")],
    }
    for number, (name, lines) in enumerate(lists.items()):
        said = {"claimant": "ministry", "source": "List of agencies", "says": "licensed", "sent_id": uuid4()}
        day = clock.today() - timedelta(days=10 - number)
        sheets = [("2026", list(enumerate((heading, *lines), 1)))]
        made[name] = listed.upload(manager, sheets, listed_on=day, **said)
        if name == "done":
            listed.decide(manager, made[name], dict.fromkeys(range(len(lines)), "new"))  # alike, and another one
            listed.start(manager, made[name])
            while (at := list_page(manager, made[name]).next_part) is not None:
                listed.go_on(manager, made[name], at)
    return made


def recruiter_stops(go: Any) -> Iterator[Stop]:
    """What a reader meets; `go` visits pages as `test_accessible` does."""
    made = keep_register(go.story.town)
    for name, query in (
        ("recruiters", ""),
        ("recruiters found", "?q=Demo+Agency"),
        ("a recruiter nearly alike", "?q=Dimo+Ajensy+Mun"),
        ("no recruiter found", "?q=Lotus"),
    ):
        yield "", name, go.to("public:recruiters", query=query)
    tell_of(made["split"])
    for name in ("split", "overdue", "unchecked"):
        yield "", f"recruiter {name}", go.to("public:recruiter", made[name])
    yield "", "a correction", go.to("public:recruiter_correct", made["split"])
    yield "", "no correction", go.sent("public:recruiter_correct", made["split"], wrong="")
    yield "", "a correction asked", go.sent("public:recruiter_correct", made["split"], wrong="លេខខុស")


def register_stops(go: Any) -> Iterator[Stop]:
    """What managers and coordinators meet, and a team that says whom an issue is about."""
    from spean.voices.operations import tying

    made = keep_register(go.story.town)
    for name, query in (("recruiters", ""), ("no recruiters", "?view=withdrawn"), ("all recruiters", "?view=all&q=Demo")):
        yield "coordinator", name, go.to("desk:recruiters", query=query)
    for name in ("split", "overdue", "waiting"):
        yield "coordinator", f"recruiter {name}", go.to("desk:recruiter", made[name])
    issue = go.story.issues["fees"]
    yield "worker", "whom an issue is about", go.to("desk:issue_recruiter", issue)
    yield "worker", "whom it is about, found", go.sent("desk:issue_recruiter", issue, q="Demo Agency")
    tying.tie(go.story.town.actor("worker"), issue, made["split"])
    yield "worker", "an issue about a recruiter", go.to("desk:issue", issue)
    yield "manager", "own recruiter", go.to("desk:recruiter", made["split"])
    yield "manager", "new recruiter", go.to("desk:recruiter_new")
    yield "manager", "new recruiter refused", go.sent("desk:recruiter_new", button="[name=send]", numbers="1")
    yield "manager", "change of a recruiter", go.to("desk:recruiter_change", made["split"])
    yield "manager", "a licence", go.to("desk:licence_new", made["split"])
    yield "manager", "lists of offices", go.to("desk:recruiter_lists")
    yield "manager", "new list", go.to("desk:recruiter_list_new")
    yield "manager", "new list refused", go.sent("desk:recruiter_list_new", source="")
    for kind in ("doubtful", "faulty", "gone", "changed", "new", "same"):
        yield "manager", f"list, {kind}", go.to("desk:recruiter_list", made["looked at"], query=f"?kind={kind}")
    yield "coordinator", "list to publish", go.to("desk:recruiter_list", made["done"], query="?kind=new")
    yield "coordinator", "corrections", go.to("desk:corrections")
    yield "coordinator", "all corrections", go.to("desk:corrections", query="?view=all")
    yield "coordinator", "correction", go.to("desk:correction", made["asked"])
