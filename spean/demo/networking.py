"""The network in the demo: members, who answers for them, agreements. Offices, addresses and agreements are invented."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from spean.accounts.access import Actor
from spean.accounts.models import Organisation
from spean.accounts.queries import actor_for
from spean.demo.people import Cast
from spean.kernel import clock
from spean.network.operations import agreements, members
from spean.network.operations.members import Answers, MemberWords

FROM = UUID("1f6c4e0a-7f6e-4d56-9d4c-31f0e0a7b8c2")
SINCE = date(2011, 1, 1)
#: name of the organisation -> (country, works, served, languages)
MEMBERS = {
    "CARE Cambodia": ("KH", ("inform", "listen", "return", "rebuild"), ("women", "before", "returned"), ("km", "en")),
    "Cambodian Women for Peace and Development": ("KH", ("inform", "listen"), ("women", "before", "families"), ("km",)),
    "Caritas Cambodia": ("KH", ("inform", "legal", "rebuild", "research"), ("women", "children", "returned"), ("km", "en")),
    "Caritas Asia": ("TH", ("demand", "influence", "advise"), ("abroad", "house", "sea"), ("en", "th")),
    "Demo Embassy, Bangkok": ("TH", ("legal", "return"), ("abroad", "stateless"), ("km", "th", "en")),
    "Lotus Demo Shelter": ("KH", ("shelter", "health"), ("women", "children", "returned"), ("km",)),
}


def furnish(cast: Cast, now: datetime) -> None:
    """Who is a member, who answers for each; two agreements that referrals go by, one that ends soon, one that waits."""
    with clock.at(now - timedelta(days=30)):
        network = actor_for(cast.office["network"].user)  # with both seats
        for name, (country, works, served, languages) in MEMBERS.items():
            org = Organisation.objects.get(name_en=name)
            said = MemberWords(country, SINCE, works=works, served=served, languages=languages)
            pk = members.add(network, org.id, said, uuid5(FROM, name))
            _answers(network, pk, name)
        _agreements(cast)


def _answers(network: Actor, pk: UUID, name: str) -> None:
    said = Answers(user=network.id)
    if name not in {"CARE Cambodia", "Caritas Asia"}:
        address = f"{name.split(',', maxsplit=1)[0].lower().replace(' ', '-')}@example.org"
        said = Answers(None, "ការិយាល័យបណ្ដាញ (សាកល្បង)", "Network office (demo)", address)
    members.name(network, pk, said, uuid5(FROM, f"{name} focal"))


def _agreements(cast: Cast) -> None:
    care, caritas, cwpd = (cast.desks[code].team.organisation_id for code in ("14", "", "03"))
    asia = Organisation.objects.get(name_en="Caritas Asia").id
    manager, today = cast.office["manager"].actor, clock.today()
    soon, later = today + timedelta(days=75), today + timedelta(days=365)
    referrals, figures = (("referral",), ("serve", "return")), (("figures",), ("figures", "campaign"))
    for other, signer, until, (data, purposes) in (
        (caritas, cast.heads[""].actor, later, referrals),
        (cwpd, cast.heads["03"].actor, soon, referrals),
        (asia, None, later, figures),
    ):
        number = "2014/7 (demo)"
        said = agreements.Draft(care, (other,), data, purposes, today - timedelta(days=300), until, number)
        pk = agreements.make(manager, said, uuid5(FROM, f"with {other}"))
        agreements.move(manager, pk, "offer")
        if signer is not None:
            agreements.move(signer, pk, "sign")
