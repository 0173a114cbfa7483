"""Volunteers and claims in the world: who is there, what is written of them, forms that are filled in well."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

PAGES_OF = {
    "volunteer": ("desk:volunteer", "desk:volunteer_told"),
    "claim": ("desk:claim", "desk:claim_act"),
    "complaint": ("desk:complaint", "desk:complaint_act"),
}
PARTS = ("desk:volunteer_add", "desk:volunteer_paper", "desk:volunteer_threat", "desk:volunteering_threat")


def make(world: Any, told: str) -> None:
    """A volunteer of A, and of B, of whom something sealed is written; a claim of another one."""
    from spean.kernel import clock
    from spean.programme.models import Card
    from spean.programme.operations import claims, volunteers

    for letter, relation in (("A", "own"), ("B", "other")):
        boss, going = (world.people[f"{role}@{relation}"].actor() for role in ("supervisor", "volunteer"))
        pk = world.ids[f"volunteer:{letter}"] = world.ids[f"membership:aide {letter}"]
        said = {"on": clock.today(), "words": told}
        volunteers.add(boss, pk, "check", {**said, "step": "interview"}, uuid4())
        volunteers.add(boss, pk, "talk", {**said, "kind": "visit", "outcome": "well"}, uuid4())
        threat = world.ids[f"threat:{letter}"] = volunteers.add(boss, pk, "threat", {**said, "kind": "words"}, uuid4())
        volunteers.answer(boss, pk, threat, "act", "plan")
        until, by = clock.today(), boss.id
        world.ids[f"card:{letter}"] = Card.objects.create(sent_id=uuid4(), membership_id=pk, on=until, until=until, by_id=by).id
        asked = claims.Asked(clock.today(), "travel", Decimal(9), "USD")
        world.ids[f"claim:{letter}"] = claims.make(going, asked, uuid4())

    _complaints(world, told)


def _complaints(world: Any, told: str) -> None:
    """One about A's first team, at which the second looks; in B no team is outside, and a row stands there all the same."""
    from spean.kernel import clock
    from spean.programme.models import Complaint
    from spean.programme.operations import complaints

    said = {"about": world.teams["A1"].id, "kind": "money", "words": told}
    world.ids["complaint:A"] = complaints.make(world.people["case_worker@own"].actor(), said, uuid4())
    today, team, by = clock.today(), world.teams["B1"], world.people["case_worker@other"].user
    row = Complaint(sent_id=uuid4(), about=team, desk=team, kind="money", on=today, moved_on=today, by=by, words=b"sealed")
    row.save(force_insert=True)
    world.ids["complaint:B"] = row.id


def arguments(ids: dict[str, Any], url: str, variant: str, letter: str) -> dict[str, Any]:
    """The ids in the address of something that is written of a volunteer."""
    if url == "desk:volunteering_threat":
        return {"pk": ids[f"membership:volunteer@{'own' if letter == 'A' else 'other'}"]}
    found = {"pk": ids[f"volunteer:{letter}"]}
    if url == "desk:volunteer_threat":
        return {**found, "row": ids[f"threat:{letter}"], "verb": variant}
    if url == "desk:volunteer_paper":
        return {**found, "name": "card", "row": ids[f"card:{letter}"]}
    return {**found, "name": variant or "conduct"}


def body(world: Any, url: str, variant: str) -> dict[str, Any] | None:
    """What is typed; None for another's address."""
    from spean.kernel import clock

    today, sent = clock.today().isoformat(), str(uuid4())
    return {
        ("desk:volunteer_add", ""): {"edition": "1", "way": "thumb", "on": today, "sent_id": sent},
        ("desk:volunteer_add", "talk"): {"kind": "visit", "outcome": "well", "on": today, "words": "Well", "sent_id": sent},
        ("desk:volunteer_threat", "act"): {"done": "plan"},
        ("desk:volunteering_threat", ""): {"kind": "words", "on": today, "words": "A man", "sent_id": sent},
        ("desk:claim_new", ""): {"month": today[:7], "kind": "travel", "amount": "9", "currency": "USD", "sent_id": sent},
        ("desk:claim_act", "refuse"): {"reason": "Ask next month"},
        ("desk:complaint_new", ""): {"about": str(world.teams["A1"].id), "kind": "rude", "words": "He shouted", "sent_id": sent},
        ("desk:complaint_act", "close"): {"outcome": "spoken"},
    }.get((url, variant))


#: what is typed into each form, by who may
NAMES: dict[Any, tuple[str, ...]] = {
    "desk:volunteer_add": ("edition", "way", "on", "sent_id"),
    ("desk:volunteer_add", "talk"): ("kind", "on", "outcome", "words", "sent_id"),
    ("desk:volunteer_threat", "act"): ("done",),
    "desk:volunteering_threat": ("kind", "on", "words", "sent_id"),
    "desk:claim_new": ("month", "kind", "amount", "currency", "project", "words", "sent_id"),
    ("desk:claim_act", "refuse"): ("reason",),
    "desk:complaint_new": ("about", "kind", "words", "sent_id"),
    ("desk:complaint_act", "close"): ("outcome",),
}
WHO = {
    "desk:volunteer_add": "supervisor@own",
    ("desk:volunteer_add", "talk"): "supervisor@own",
    ("desk:volunteer_threat", "act"): "supervisor@own",
    "desk:volunteering_threat": "volunteer@own",
    "desk:claim_new": "volunteer@own",
    ("desk:claim_act", "refuse"): "supervisor@own",
    "desk:complaint_new": "volunteer@own",
    ("desk:complaint_act", "close"): "supervisor@same",
}
#: verbs whose form is a button
BUTTONS = (
    {("desk:complaint_act", v) for v in ("take", "steal")}
    | {("desk:volunteer_threat", v) for v in ("close", "steal")}
    | {("desk:claim_act", v) for v in ("approve", "withdraw", "pay", "steal")}
)
