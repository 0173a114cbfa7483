"""Who plays: the organisations of the programme, committees at four levels, and invented people with invented names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from secrets import token_urlsafe
from typing import Any

from django.conf import settings

from spean.accounts import operations
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.enums import OrganisationKind, Role, WorkLevel
from spean.accounts.models import Organisation, Team, User
from spean.accounts.queries import actor_for
from spean.demo.land import Commune, Land
from spean.places.models import Place
from spean.privacy import keys

#: one passphrase for every sign-in of the demo. It is printed on the screen: nothing real may ever be kept behind it.
PASSPHRASE = "small lanterns cross the quiet bridge"  # noqa: S105 - a demo's passphrase is no secret
#: what nobody signs in with is derived cheaply
_LIGHT = (1, 1024)
#: flowers, trees, sky and stones: names that nobody mistakes for a real member of staff
NAMES = (
    ("រំដួល", "Romduol"), ("ម្លិះ", "Malis"), ("ចំប៉ា", "Champa"), ("កុលាប", "Kolap"), ("ឈូក", "Chhouk"), ("បុប្ផា", "Bopha"),
    ("ផ្កាយ", "Phkay"), ("ដារា", "Dara"), ("សុរិយា", "Soriya"), ("មេឃ", "Mekh"), ("ភ្លៀង", "Phlieng"), ("ត្រែង", "Traeng"),
    ("ស្រល់", "Sral"), ("ត្នោត", "Tnaot"), ("ឫស្សី", "Ruessei"), ("មុក្ដា", "Mokda"), ("កែវ", "Kaev"), ("ពេជ្រ", "Pich"),
)  # fmt: skip


@dataclass
class Person:
    """Somebody of the demo, ready to act."""

    user: User
    actor: Actor
    place: Place | None = None


@dataclass
class Desk:
    """A team that reads reports."""

    team: Team
    worker: Person
    supervisor: Person
    volunteers: list[Person] = field(default_factory=list)


@dataclass
class Cast:
    """Everybody, by what the demo needs them for."""

    desks: dict[str, Desk] = field(default_factory=dict)  # by province code; "" is the national one
    committees: dict[str, Organisation] = field(default_factory=dict)  # by commune code
    above: dict[str, Person] = field(default_factory=dict)  # who sits in a committee above the commune, by its place's code
    focal: dict[str, Person] = field(default_factory=dict)  # by commune code
    heads: dict[str, Person] = field(default_factory=dict)  # who sign for the partners, by province code
    office: dict[str, Person] = field(default_factory=dict)  # of the programme, by sign-in name
    sign_ins: list[tuple[str, str, str]] = field(default_factory=list)  # (sign-in name, role, what they see)
    named: int = 0


def gather(rng: Random, land: Land) -> Cast:
    """Found the organisations, invite the people, give the keys."""
    cast = Cast()
    care, cwpd, caritas = _partners()
    _desk(cast, "14", care, "SMART, Prey Veng", "ស្មាត ព្រៃវែង", land, ("worker", "supervisor"))
    _desk(cast, "03", cwpd, "SMART, Kampong Cham", "ស្មាត កំពង់ចាម", land, ("worker.kc", "supervisor.kc"))
    national = ("worker.national", "supervisor.national")
    _desk(cast, "", caritas, "Gender and Anti-Trafficking", "យេនឌ័រ និងប្រឆាំងការជួញដូរ", land, national)
    _volunteers(cast, land)
    _ladder(cast, land)
    cast.office = _office(cast, care)
    _custodians(cast, care, cast.office)
    _waiting(cast)
    _heads(cast)
    cast.office["partner"] = _abroad(cast)
    rng.shuffle(cast.desks["03"].volunteers)
    return cast


def _partners() -> tuple[Organisation, Organisation, Organisation]:
    """The organisations of the two programmes, as organisations only; the last five are invented."""
    kind, level = OrganisationKind, WorkLevel
    care = _found(kind.NGO, level.NATIONAL, "ឃែរ កម្ពុជា", "CARE Cambodia")
    cwpd = _found(kind.NGO, level.NATIONAL, "អង្គការស្ត្រីកម្ពុជាដើម្បីសន្តិភាព និងអភិវឌ្ឍន៍", "Cambodian Women for Peace and Development")
    caritas = _found(kind.FAITH, level.NATIONAL, "ការីតាស កម្ពុជា", "Caritas Cambodia")
    asia = _found(kind.FAITH, level.REGIONAL, "ការីតាស អាស៊ី", "Caritas Asia")
    _team(asia, "Network", "បណ្ដាញ")
    _found(kind.DONOR, level.INTERNATIONAL, "សហភាពអឺរ៉ុប", "European Union")
    _found(kind.DONOR, level.INTERNATIONAL, "ឃែរ អូទ្រីស", "CARE Austria")
    _found(kind.EMBASSY, level.INTERNATIONAL, "ស្ថានទូតសាកល្បង បាងកក", "Demo Embassy, Bangkok")
    _found(kind.SHELTER, level.NATIONAL, "ផ្ទះសំណាក់ផ្កាឈូក (សាកល្បង)", "Lotus Demo Shelter")
    _found(kind.SHELTER, level.LOCAL, "ផ្ទះសំណាក់ព្រះច័ន្ទ (សាកល្បង)", "Moon Demo Shelter")
    _found(kind.TRAINING_PROVIDER, level.LOCAL, "មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលរំដួល (សាកល្បង)", "Romduol Demo Training Centre")
    _found(kind.UNION, level.NATIONAL, "សហជីពកម្មករសាកល្បង", "Demo Workers' Union")
    return care, cwpd, caritas


def _desk(cast: Cast, code: str, org: Organisation, en: str, km: str, land: Land, names: tuple[str, str]) -> None:
    place = land.of(code)[0].province if code else None
    team = operations.add_team(SYSTEM, org.id, name_km=km, name_en=en, place=place, receives_reports=True)
    where = f"{org.name_en}, {en}" if code else ""
    with _light(light=not code):
        supervisor = _enrol(cast, team, Role.SUPERVISOR, names[1], sees=where)
        operations.start_team_key(supervisor.actor, team.id)
        worker = _enrol(cast, team, Role.CASE_WORKER, names[0], sees=where)
    _give_key(supervisor, team, worker)
    cast.desks[code] = Desk(team, worker, supervisor)


def _volunteers(cast: Cast, land: Land) -> None:
    number = 0
    for commune in land.communes:
        desk = cast.desks[commune.province.code]
        for village in commune.villages:
            number += 1
            first = number == 1
            with _light(light=not first):
                person = _enrol(
                    cast, desk.team, Role.VOLUNTEER, "volunteer" if first else f"volunteer.{number:02d}", place=village,
                    sees=f"the village {village.name_en}, {commune.place.name_en}" if first else "",
                )  # fmt: skip
            _give_key(desk.supervisor, desk.team, person)
            desk.volunteers.append(person)


def _ladder(cast: Cast, land: Land) -> None:
    """One committee of the nation, one of each province and district, one of each commune with its focal person."""
    kind = OrganisationKind
    nation = ("គណៈកម្មាធិការជាតិប្រយុទ្ធប្រឆាំងអំពើជួញដូរមនុស្ស", "National Committee for Counter Trafficking")
    _seated(cast, kind.NATIONAL_COMMITTEE, land.country, nation, "focal.nation")
    for province in {c.province.code: c.province for c in land.communes}.values():
        names = (f"គណៈកម្មាធិការខេត្ត{province.name_km}", f"Provincial Committee (PCCT), {province.name_en}")
        first = "focal.province" if province == land.communes[0].province else ""
        _seated(cast, kind.PROVINCIAL_COMMITTEE, province, names, first)
    for district in {c.district.code: c.district for c in land.communes}.values():
        names = (f"គណៈកម្មាធិការស្រុក{district.name_km}", f"District Committee (WCCC), {district.name_en}")
        first = "focal.district" if district == land.communes[0].district else ""
        _seated(cast, kind.DISTRICT_COMMITTEE, district, names, first)
    for commune in land.communes:
        _commune_committee(cast, commune, first=commune is land.communes[0])


def _seated(cast: Cast, kind: str, place: Place, names: tuple[str, str], first: str) -> None:
    """A committee above the commune, and its focal person; `first` is the name of one whose sign-in is told."""
    org = _committee(kind, place, *names)
    team = _team(org, "Members", "សមាជិក")
    with _light(light=not first):
        cast.above[place.code] = _enrol(
            cast, team, Role.FOCAL_PERSON, first or f"focal.{place.code}", sees=org.name_en if first else ""
        )


def _commune_committee(cast: Cast, commune: Commune, *, first: bool) -> None:
    place = commune.place
    names = (f"គ.ក.ន.ក. ឃុំ{place.name_km}", f"Commune Committee (CCWC), {place.name_en}")
    org = _committee(OrganisationKind.COMMUNE_COMMITTEE, place, *names)
    team = _team(org, "Members", "សមាជិក")
    with _light(light=not first):
        name = "focal" if first else f"focal.{place.code}"
        cast.focal[place.code] = _enrol(cast, team, Role.FOCAL_PERSON, name, sees=org.name_en if first else "")
    cast.committees[place.code] = org


def _office(cast: Cast, care: Organisation) -> dict[str, Person]:
    team, office = _team(care, "Programme office", "ការិយាល័យកម្មវិធី"), {}
    for name, role in (
        ("manager", Role.PROGRAMME_MANAGER),
        ("network", Role.NETWORK_COORDINATOR),
        ("dpo", Role.DATA_PROTECTION_OFFICER),
        ("admin", Role.ORGANISATION_ADMINISTRATOR),
        ("analyst", Role.ANALYST),
    ):
        person = office[name] = _enrol(cast, team, role, name, sees=care.name_en)
        if role == Role.NETWORK_COORDINATOR:
            network = Team.objects.get(organisation__name_en="Caritas Asia")
            operations.accept_as(person.actor, operations.invite(SYSTEM, network, role))
    return office


def _abroad(cast: Cast) -> Person:
    """Who starts in another country: an invented organisation of the network."""
    thailand = Place.objects.current().filter(code="TH").first()
    org = _found(OrganisationKind.NGO, WorkLevel.NATIONAL, "ដៃគូសាកល្បង ថៃ", "Demo Partner, Thailand", thailand)
    return _enrol(cast, _team(org, "Office", "ការិយាល័យ"), Role.PROGRAMME_MANAGER, "partner", sees=org.name_en)


def _custodians(cast: Cast, care: Organisation, office: dict[str, Person]) -> None:
    """Of three offices: whoever of the organisation opens their keys leaves shares with these."""
    names = (office["manager"], cast.desks["03"].supervisor, cast.desks[""].supervisor)
    for person in names:
        made = operations.name_custodian(office["admin"].actor, care.id, username=person.user.username)
        digits = keys.fingerprint(person.user.id)
        operations.confirm_custodian(cast.desks["14"].supervisor.actor, made.id, fingerprint=digits)


def _heads(cast: Cast) -> None:
    """Who signs for the partners: a manager each."""
    with _light(light=True):
        for code, name in (("03", "manager.kc"), ("", "manager.national")):
            cast.heads[code] = _enrol(cast, cast.desks[code].team, Role.PROGRAMME_MANAGER, name)


def _waiting(cast: Cast) -> None:
    """Something for the supervisor and the administrator: a new case worker without the key, an invitation in the post."""
    desk = cast.desks["14"]
    with _light(light=True):
        _enrol(cast, desk.team, Role.CASE_WORKER, "worker.new")
    operations.invite(desk.supervisor.actor, desk.team, Role.CASE_WORKER)


def _found(kind: str, level: str, km: str, en: str, place: Place | None = None) -> Organisation:
    return operations.found_organisation(SYSTEM, kind=kind, level=level, name_km=km, name_en=en, place=place)


def _committee(kind: str, place: Place, km: str, en: str) -> Organisation:
    level = WorkLevel.NATIONAL if kind == OrganisationKind.NATIONAL_COMMITTEE else WorkLevel.LOCAL
    return _found(kind, level, km, en, place)


def _team(org: Organisation, en: str, km: str) -> Team:
    return operations.add_team(SYSTEM, org.id, name_km=km, name_en=en)


def _enrol(cast: Cast, team: Team, role: str, username: str, *, place: Place | None = None, sees: str = "") -> Person:
    """Invite and accept, as in life. With `sees`, this is one of the sign-ins that the demo tells."""
    km, latin = NAMES[cast.named % len(NAMES)]
    cast.named += 1
    of = f" of {place.name_en}" if place else ""
    password = PASSPHRASE if sees else f"{token_urlsafe(24)} only a demo"
    token = operations.invite(SYSTEM, team, role, place=place)
    user, recovery = operations.accept_invitation(
        token, username=username, name=f"Demo {latin}{of} ({km} សាកល្បង)", password=password, language="km"
    )
    if sees:
        cast.sign_ins.append((username, str(Role(role).label), sees))
    ring = keys.unlock_with_recovery(user.id, recovery)
    return Person(user, actor_for(user, ring), place)


def _give_key(supervisor: Person, team: Team, member: Person) -> None:
    operations.grant_key(supervisor.actor, team.id, member.user.id, fingerprint=keys.fingerprint(member.user.id))


@contextmanager
def _light(*, light: bool) -> Iterator[None]:
    """Within the block passwords are derived cheaply: for people whose random password nobody knows or uses."""
    missing: Any = object()
    before = getattr(settings, "SPEAN_ARGON2", missing)
    if light:
        settings.SPEAN_ARGON2 = _LIGHT
    try:
        yield
    finally:
        if before is missing:
            if light:
                del settings.SPEAN_ARGON2
        else:
            settings.SPEAN_ARGON2 = before
