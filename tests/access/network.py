"""Members of the network and agreements in the world: what is there, forms that are filled in well."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

PAGES_OF = {
    "member": ("desk:member", "desk:member_change", "desk:member_act"),
    "agreement": ("desk:agreement", "desk:agreement_change", "desk:agreement_act"),
}


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
    _agreements(world)
    world.ids["candidate"] = Organisation.objects.create(kind="ngo", level="local", name_km="ង", name_en="House E").id


def _agreements(world: Any) -> None:
    """Referrals between A and B go by one in force. A writes another one with B; B one with a third organisation."""
    from spean.accounts.models import Organisation
    from spean.kernel import clock
    from spean.network.operations import agreements, members

    (a, own), (b, theirs) = (
        (world.teams[f"{letter}1"].organisation_id, world.people[f"programme_manager@{at}"].actor())
        for letter, at in (("A", "own"), ("B", "other"))
    )
    third = Organisation.objects.create(kind="ngo", level="local", name_km="ច", name_en="House F").id
    since = clock.today() - timedelta(days=400)
    members.add(world.people["network_coordinator@own"].actor(), third, members.MemberWords("KH", since), uuid4())
    days = {"starts_on": since, "ends_on": clock.today() + timedelta(days=400)}
    said = {"data": ("referral",), "purposes": ("serve", "return"), **days}
    pk = agreements.make(own, agreements.Draft(a, (b,), **said), uuid4())
    agreements.move(own, pk, "offer")
    agreements.move(theirs, pk, "sign")
    world.ids["agreement:A"] = agreements.make(own, agreements.Draft(a, (b,), **said), uuid4())
    world.ids["agreement:B"] = agreements.make(theirs, agreements.Draft(b, (third,), **said), uuid4())


def body(world: Any, url: str, variant: str) -> dict[str, Any] | None:
    """What is typed; None for another's address."""
    sent, member = str(uuid4()), {"country": "TH", "works": ["demand"], "since": "2024-01-01"}
    a, b = (str(world.teams[f"{letter}1"].organisation_id) for letter in "AB")
    agreed = {"of": a, "others": [b], "data": ["referral"], "purposes": ["serve"], "sent_id": sent}
    agreed |= {"starts_on": "2024-01-01", "ends_on": "2027-12-31", "number": "7"}
    return {
        **dict.fromkeys((("desk:agreement_new", ""), ("desk:agreement_change", "")), agreed),
        **{("desk:agreement_act", verb): {"why": "change"} for verb in ("refuse", "withdraw", "end")},
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
    **dict.fromkeys(
        ("desk:agreement_new", "desk:agreement_change"),
        ("of", "others", "data", "purposes", "starts_on", "ends_on", "number", "sent_id"),
    ),
    **{("desk:agreement_act", verb): ("why",) for verb in ("refuse", "withdraw", "end")},
}
WHO = dict.fromkeys(NAMES, "network_coordinator@own")
#: verbs of agreements that are not done with a draft: the state in which they are
STATE = {"refuse": "offered", "end": "in_force"}
#: verbs whose form is a button
BUTTONS = {("desk:member_act", "steal"), *(("desk:agreement_act", verb) for verb in ("offer", "sign", "steal"))}
