"""The people of a whole province, many at once: a desk with its keys, every committee, a volunteer in every village.

Nobody knows the passwords of these people, so they have none: only the sign-ins that the demo tells can be used.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import make_password

from spean.accounts.access import SYSTEM
from spean.accounts.enums import OrganisationKind, Role, WorkLevel
from spean.accounts.models import Membership, Organisation, Team, User
from spean.accounts.queries import actor_for
from spean.demo import people
from spean.demo.people import NAMES, PASSPHRASE
from spean.kernel import clock
from spean.kernel.ids import new_id
from spean.places.enums import Level
from spean.places.models import Place
from spean.privacy import audit, keys
from spean.privacy.keys import KeyRing
from spean.privacy.loading import together

#: kind of committee, what it is called, the word before its place's Khmer name
_COMMITTEES = {
    Level.COUNTRY: (OrganisationKind.NATIONAL_COMMITTEE, "National Committee", "គណៈកម្មាធិការជាតិ "),
    Level.PROVINCE: (OrganisationKind.PROVINCIAL_COMMITTEE, "Provincial Committee (PCCT)", "គណៈកម្មាធិការខេត្ត"),
    Level.DISTRICT: (OrganisationKind.DISTRICT_COMMITTEE, "District Committee (WCCC)", "គណៈកម្មាធិការស្រុក"),
    Level.COMMUNE: (OrganisationKind.COMMUNE_COMMITTEE, "Commune Committee (CCWC)", "គ.ក.ន.ក. ឃុំ"),
}
_WORKERS = (("supervisor", Role.SUPERVISOR), ("worker", Role.CASE_WORKER))
#: the desks of the programme, by province, with the sign-in name of their supervisor
TOLD = {"14": "supervisor", "03": "supervisor.kc"}


@dataclass(frozen=True)
class Joining:
    """Somebody about to join a team."""

    team: UUID
    org: UUID
    role: Role
    username: str
    place: Place | None


def settle(province: Place, villages_each: int | None = None) -> KeyRing:
    """Everybody of one province who is not there yet; of each commune so many villages (None: all). In one transaction.

    Returns the keys of who supervises the desk.
    """
    inside = list(Place.objects.current().filter(path__startswith=province.path).order_by("path"))
    seats = [_nation(), *(p for p in inside if p.level != Level.VILLAGE)]
    team, ring = _desk(province)
    joining = [*_committees(seats), *_volunteers(team, chosen(inside, villages_each))]
    rings = _join(joining)
    vouched = [rings[j.username] for j in joining if j.role == Role.VOLUNTEER]
    keys.certify_new(ring, team.organisation_id, vouched)
    with together():
        for member in Membership.objects.filter(team=team, user__in=[r.user for r in vouched]).order_by("user"):
            audit.record(audit.Actor(ring.user), "keys.vouch", member, org=team.organisation_id)
    return ring


def chosen(inside: Iterable[Place], villages_each: int | None) -> list[Place]:
    """The villages with a volunteer: the first so many of each commune."""
    counted: dict[int | None, int] = {}
    found = []
    for place in inside:
        if place.level == Level.VILLAGE:
            counted[place.parent_id] = counted.get(place.parent_id, 0) + 1
            if villages_each is None or counted[place.parent_id] <= villages_each:
                found.append(place)
    return found


def _nation() -> Place:
    return Place.objects.current().get(code="KH")


def _desk(province: Place) -> tuple[Team, KeyRing]:
    """The team that reads the province's reports, and its supervisor's keys."""
    if province.code in TOLD:
        user = User.objects.filter(username=TOLD[province.code]).first()
        ring = keys.unlock(user.id, PASSPHRASE) if user else None
        if user and ring:
            return Team.objects.get(memberships__user=user, receives_reports=True), ring
    km, en = f"ស្ពាន {province.name_km} (សាកល្បង)", f"Bridge of {province.name_en} (demo)"
    org = people.operations.found_organisation(SYSTEM, kind=OrganisationKind.NGO, level=WorkLevel.LOCAL, name_km=km, name_en=en)
    names = {"name_km": f"ក្រុម {province.name_km}", "name_en": f"Team {province.name_en}"}
    team = people.operations.add_team(SYSTEM, org.id, place=province, receives_reports=True, **names)
    joining = [Joining(team.id, org.id, role, f"{name}.{province.code}", None) for name, role in _WORKERS]
    rings = _join(joining)
    supervisor, worker = (rings[j.username] for j in joining)
    actor = actor_for(User.objects.get(pk=supervisor.user), supervisor)
    people.operations.start_team_key(actor, team.id)
    people.operations.grant_key(actor, team.id, worker.user, fingerprint=keys.fingerprint(worker.user))
    return team, supervisor


def _committees(places: list[Place]) -> Iterator[Joining]:
    """A committee with a focal person for each place that has none."""
    present = set(Organisation.objects.filter(kind__endswith="_committee").values_list("place", flat=True))
    missing = [p for p in places if p.pk not in present]
    orgs, teams = [], []
    for place in missing:
        kind, en, km = _COMMITTEES[Level(place.level)]
        level = WorkLevel.NATIONAL if place.level == Level.COUNTRY else WorkLevel.LOCAL
        names = {"name_km": f"{km}{place.name_km}", "name_en": f"{en}, {place.name_en}"}
        orgs.append(Organisation(kind=kind, level=level, place=place, **names))
        teams.append(Team(organisation=orgs[-1], name_km="សមាជិក", name_en="Members"))
    Organisation.objects.bulk_create(orgs)
    Team.objects.bulk_create(teams)
    with together():
        for org, team in zip(orgs, teams, strict=True):
            audit.record(SYSTEM, "organisation.found", org, org=org.id)
            audit.record(SYSTEM, "team.add", team, org=org.id)
    for place, team in zip(missing, teams, strict=True):
        yield Joining(team.id, team.organisation_id, Role.FOCAL_PERSON, f"focal.{place.code}", None)


def _volunteers(team: Team, villages: list[Place]) -> Iterator[Joining]:
    present = set(Membership.objects.filter(role=Role.VOLUNTEER).values_list("place", flat=True))
    for village in villages:
        if village.pk not in present:
            yield Joining(team.id, team.organisation_id, Role.VOLUNTEER, f"village.{village.code}", village)


def _join(joining: list[Joining]) -> dict[str, KeyRing]:
    """Users, memberships, keys and the trail's lines; the rings by sign-in name."""
    nobody = make_password(None)
    users = [
        User(id=new_id(), username=j.username, name=_name(n, j), password=nobody, language="km") for n, j in enumerate(joining)
    ]
    members = [
        Membership(user=u, team_id=j.team, role=j.role, place=j.place, since=clock.today())
        for u, j in zip(users, joining, strict=True)
    ]
    User.objects.bulk_create(users, batch_size=500)
    Membership.objects.bulk_create(members, batch_size=500)
    rings = keys.new_users(u.id for u in users)
    with together():
        for user, member, j in zip(users, members, joining, strict=True):
            audit.record(audit.Actor(user.id), "invitation.accept", member, org=j.org, reason=j.role.value)
    return {j.username: ring for j, ring in zip(joining, rings, strict=True)}


def _name(number: int, joining: Joining) -> str:
    km, latin = NAMES[number % len(NAMES)]
    of = f" of {joining.place.name_en}" if joining.place else ""
    return f"Demo {latin}{of} ({km} សាកល្បង)"[:80]
