"""Members of the network in the world: what is there, forms that are filled in well."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

PAGES_OF = {"member": ("desk:member", "desk:member_change", "desk:member_act")}


def make(world: Any) -> None:
    """A and B are members; somebody of A answers for it, an office for B. A third organisation could be added."""
    from spean.accounts.models import Organisation
    from spean.kernel import clock
    from spean.network.operations import members

    since = clock.today() - timedelta(days=400)
    for letter, role, relation in (("A", "programme_manager", "own"), ("B", "programme_manager", "other")):
        actor, org = world.people[f"{role}@{relation}"].actor(), world.teams[f"{letter}1"].organisation_id
        said = members.MemberWords("KH", since, works=("return",), languages=("km",))
        pk = world.ids[f"member:{letter}"] = members.add(actor, org, said, uuid4())
        answers = members.Answers(office_en="Bridge desk", address="desk@example.org")
        world.ids[f"focal:{letter}"] = members.name(actor, pk, answers, uuid4())
    world.ids["candidate"] = Organisation.objects.create(kind="ngo", level="local", name_km="ង", name_en="House E").id


def body(world: Any, url: str, variant: str) -> dict[str, Any] | None:
    """What is typed; None for another's address."""
    sent, member = str(uuid4()), {"country": "TH", "works": ["demand"], "since": "2024-01-01"}
    return {
        ("desk:member_new", ""): {**member, "organisation": str(world.ids["candidate"]), "sent_id": sent},
        ("desk:member_change", ""): member,
        ("desk:member_act", "focal"): {"office_en": "Desk", "address": "two@example.org", "sent_id": sent},
        ("desk:member_act", "drop"): {"row": str(world.ids["focal:A"])},
    }.get((url, variant))


#: what is typed into each form, by who may
NAMES: dict[Any, tuple[str, ...]] = {
    "desk:member_new": ("organisation", "country", "works", "served", "languages", "since", "until", "sent_id"),
    "desk:member_change": ("country", "works", "served", "languages", "since", "until"),
    ("desk:member_act", "focal"): ("office_km", "office_en", "address", "sent_id"),
    ("desk:member_act", "drop"): ("row",),
}
WHO = dict.fromkeys(NAMES, "network_coordinator@own")
#: verbs whose form is a button
BUTTONS = {("desk:member_act", "steal")}
