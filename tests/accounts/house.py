"""A small organisation whose people came the way people come: by invitation, each with keys of their own."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from spean.accounts import operations, queries
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.models import Organisation, Team, User
from spean.privacy import keys

PASSWORD = "hammock lantern ferry mango"


@dataclass
class Person:
    """Somebody who accepted an invitation; `code` is on their printed sheet."""

    user: User
    code: str
    password: str = PASSWORD

    @property
    def id(self) -> UUID:
        """The user's id."""
        return self.user.id

    def actor(self, *, locked: bool = False) -> Actor:
        """As the person is at this moment."""
        self.user = User.objects.get(pk=self.user.pk)
        return queries.actor_for(self.user, None if locked else keys.unlock(self.id, self.password))

    def membership(self) -> UUID:
        """The first membership's id."""
        return self.user.memberships.order_by("since", "pk").first().pk


@dataclass
class House:
    """One organisation, one team, and who is in it."""

    org: Organisation
    team: Team
    people: dict[str, Person] = field(default_factory=dict)

    def add(self, name: str, role: str, team: Team | None = None, **more: Any) -> Person:
        """Somebody new, invited by the operator."""
        self.people[name] = invited(team or self.team, name, role, **more)
        return self.people[name]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def give_key(self, giver: str, taker: str) -> None:
        """As the giver does it, having heard the digits."""
        taken = self[taker].id
        operations.grant_key(self[giver].actor(), self.team.id, taken, fingerprint=keys.fingerprint(taken))


def invited(team: Team, name: str, role: str, **more: Any) -> Person:
    """Invite and accept."""
    token = operations.invite(SYSTEM, team, role, **more)
    user, code = operations.accept_invitation(token, username=name, name=name.title(), password=PASSWORD, language="en")
    return Person(user, code)


def an_organisation(**more: Any) -> tuple[Organisation, Team]:
    """With one team."""
    org = operations.found_organisation(SYSTEM, kind="ngo", level="national", name_km="អង្គការ", name_en="Demo house", **more)
    return org, operations.add_team(SYSTEM, org.id, name_km="ក្រុម", name_en="Demo team", receives_reports=True)


def a_house() -> House:
    """A supervisor with the team's key, a case worker who was given it, an administrator and an officer without."""
    house = House(*an_organisation())
    house.add("sophea", "supervisor")
    operations.start_team_key(house["sophea"].actor(), house.team.id)
    house.add("dara", "case_worker")
    house.give_key("sophea", "dara")
    house.add("admin", "organisation_administrator")
    house.add("officer", "data_protection_officer")
    return house


def a_subject(house: House) -> UUID:
    """Something sealed to the team."""
    subject = uuid4()
    keys.new_subject(subject, org=house.org.id, teams=[house.team.id])
    return subject


# -- browsers ------------------------------------------------------------------------------------------------
def browser(address: str = "10.0.0.1", **more: Any) -> Client:
    """A browser at an address."""
    return Client(REMOTE_ADDR=address, **more)


def sign_in(client: Client, person: Person, *, password: str | None = None, follow: str = "") -> HttpResponse:
    """The first step of signing in."""
    data = {"login": person.user.username, "password": password or person.password}
    return client.post("/en/account/sign-in/", {**data, **({"next": follow} if follow else {})})


def signed_in(person: Person, address: str = "10.0.0.1") -> Client:
    """A browser in which the person signed in, keys open."""
    client = browser(address)
    answer = sign_in(client, person)
    assert answer.status_code == 302, answer.content.decode()
    return client


def has_open_keys(client: Client) -> bool:
    """Whether the browser's cookie opens the session's keys: the page that opens them sends on at once."""
    return client.get("/en/desk/unlock/").status_code == 302


def words(answer: HttpResponse) -> str:
    """The text of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def unlock_cookie(client: Client) -> str:
    """What the cookie says."""
    return client.cookies[settings.UNLOCK_COOKIE_NAME].value
