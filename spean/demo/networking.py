"""The network in the demo: members of three countries, who answers for them. Offices and addresses are invented."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from spean.accounts.access import Actor
from spean.accounts.models import Organisation
from spean.accounts.queries import actor_for
from spean.demo.people import Cast
from spean.kernel import clock
from spean.network.operations import members
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
    """Who is a member, and who answers for each."""
    with clock.at(now - timedelta(days=30)):
        network = actor_for(cast.office["network"].user)  # with both seats
        for name, (country, works, served, languages) in MEMBERS.items():
            org = Organisation.objects.get(name_en=name)
            said = MemberWords(country, SINCE, works=works, served=served, languages=languages)
            pk = members.add(network, org.id, said, uuid5(FROM, name))
            _answers(network, pk, name)


def _answers(network: Actor, pk: UUID, name: str) -> None:
    said = Answers(user=network.id)
    if name not in {"CARE Cambodia", "Caritas Asia"}:
        address = f"{name.split(',', maxsplit=1)[0].lower().replace(' ', '-')}@example.org"
        said = Answers(None, "ការិយាល័យបណ្ដាញ (សាកល្បង)", "Network office (demo)", address)
    members.name(network, pk, said, uuid5(FROM, f"{name} focal"))
