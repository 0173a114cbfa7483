"""C-04: the organisation's administrator and the administrator of the database work together, and open no concern."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from town import PASSWORD, Town

from spean.accounts import access, operations
from spean.accounts.models import User
from spean.kernel.errors import Refusal
from spean.privacy import keys, sessions
from spean.privacy.sealing import BrokenSeal
from spean.voices.models import Concern
from spean.voices.operations import intake, threads, triage

from .routes import OWN_PASSWORD, ROUTES, quietly, seat

TOLD, SAID = "the broker keeps her passport in the blue shop", "meet us on Friday at the health centre"
AFTER = "the second report, sent when everything had been changed"


@pytest.fixture
def house(thing_town: Town) -> Town:
    """The administrator has a password that nobody else has."""
    admin = thing_town.users["administrator"]
    operations.change_password(thing_town.actor("administrator"), admin, old=PASSWORD, new=OWN_PASSWORD)
    return thing_town


def told(town: Town) -> Concern:
    """A concern that the team has read and answered."""
    concern = town.concern(told=TOLD, read=True)
    triage.answer(town.actor("worker"), concern.pk, SAID, uuid4())
    return concern


def words(town: Town, concern: Concern, who: str) -> Iterator[str]:
    """All that somebody gets to read, by operations, by keys and by pages."""
    if who.startswith("receipt "):
        yield from _by_receipt(who.removeprefix("receipt "))
        return
    client = _client(town, who)
    for pk in Concern.objects.values_list("pk", flat=True):
        for door in ("desk:concern", "desk:report"):
            yield _page(client, reverse(door, args=[pk]))
    if who in town.users:
        for found in Concern.objects.all():
            yield from _by_operations(town, found, who)
            yield from _by_keys(town, found, who)


def _client(town: Town, who: str) -> Client:
    from django.conf import settings

    client = Client(raise_request_exception=False)
    if who.startswith("sign in as "):
        client.post(reverse("account_login"), {"login": who.removeprefix("sign in as "), "password": OWN_PASSWORD})
    elif who == "worker with the administrator's cookie":
        session = _signed_in(client, town.users["worker"])
        session["unlock"] = "forged"
        session.save()
        client.cookies[settings.UNLOCK_COOKIE_NAME] = sessions.open_for("forged", town.rings["administrator"])
    else:
        client = town.client(who)
        client.raise_request_exception = False
    return client


def _signed_in(client: Client, user: User):
    client.force_login(user)
    return client.session


def _page(client: Client, path: str) -> str:
    try:
        with transaction.atomic():
            return client.get(path).content.decode()
    except DatabaseError:
        return ""


def _by_operations(town: Town, concern: Concern, who: str) -> Iterator[str]:
    for read in (triage.read, triage.read_own_thread):
        try:
            with transaction.atomic():
                yield str(read(town.actor(who), concern.pk))
        except (Refusal, BrokenSeal, DatabaseError):
            continue


def _by_keys(town: Town, concern: Concern, who: str) -> Iterator[str]:
    from spean.privacy.sealing import open_sealed

    for subject in (concern.id, concern.thread_id):
        try:
            key = town.rings[who].data_key(subject)
            yield str(open_sealed(key, concern.told, intake.context_of(concern)))
        except (Refusal, BrokenSeal):
            continue


def _by_receipt(code: str) -> Iterator[str]:
    try:
        with transaction.atomic():
            yield str(threads.thread_view(code))
    except (Refusal, BrokenSeal):
        return


def send_another(town: Town) -> None:
    """Somebody reports after everything was changed; where nobody can be trusted to read it, it is refused."""
    quietly(lambda: town.concern(told=AFTER))


@pytest.mark.parametrize("name", ROUTES)
def test_together_they_open_nothing(house, record_property, name):
    concern = told(house)

    who = ROUTES[name](house, concern)
    quietly(lambda: send_another(house))
    read = "\n".join(text for one in who for text in words(house, concern, one))

    record_property("routes of an administrator with the database", 1)
    for secret in (TOLD, SAID, AFTER):
        assert secret not in read


def test_the_rules_had_let_them_in_and_only_the_keys_stood_in_the_way(house):
    concern = told(house)
    ROUTES["a_membership_is_inserted"](house, concern)

    answer = _client(house, "administrator").get(reverse("desk:concern", args=[concern.pk]))

    assert access.decide(house.actor("administrator"), "concern.read", concern).allowed
    assert answer.status_code == 200
    assert TOLD not in answer.content.decode()


def test_what_is_told_from_now_on_is_not_led_to_a_team_of_their_own(house):
    """A new organisation, written into the tables, with a team that reads reports and is nearer than the true one."""
    from spean.accounts.models import Organisation, Team

    org = Organisation.objects.create(kind="ngo", level="local", name_km="ក", name_en="Front")
    nearer = {"receives_reports": True, "place": house.place("14010101")}
    house.teams["front"] = Team.objects.create(organisation=org, name_km="ក", name_en="Front", **nearer)
    seat(house, "administrator", "supervisor", "front")
    quietly(lambda: operations.start_team_key(house.actor("administrator"), house.teams["front"].id))
    send_another(house)

    read = "\n".join(text for concern in Concern.objects.all() for text in words(house, concern, "administrator"))

    assert AFTER not in read


def test_there_are_at_least_twenty_routes():
    assert len(ROUTES) >= 20


def test_whoever_was_given_the_key_is_seen_to_read(house):
    """The control: the same trial, for somebody to whom the supervisor gave the key as it should be given."""
    concern = told(house)
    seat(house, "analyst", "case_worker")
    digits = keys.fingerprint(house.users["analyst"].id)
    operations.grant_key(house.actor("supervisor"), house.teams["team"].id, house.users["analyst"].id, fingerprint=digits)
    send_another(house)

    by_page = "\n".join(_page(_client(house, "analyst"), reverse("desk:concern", args=[c.pk])) for c in Concern.objects.all())
    whole = "\n".join(words(house, concern, "analyst"))

    for secret in (TOLD, SAID, AFTER):
        assert secret in by_page
        assert secret in whole


def test_the_way_in_by_a_password_works_for_its_owner(house):
    """The control of the routes by the sign-in page."""
    concern = told(house)
    house.users["worker"].refresh_from_db()
    operations.change_password(house.actor("worker"), house.users["worker"], old=PASSWORD, new=OWN_PASSWORD)

    assert TOLD in "\n".join(words(house, concern, "sign in as worker"))


def test_the_way_in_by_a_receipt_works_for_its_owner(house):
    sent = uuid4()
    concern = house.concern(told=TOLD, sent_id=sent, read=True)
    triage.answer(house.actor("worker"), concern.pk, SAID, uuid4())

    read = "\n".join(words(house, concern, f"receipt {intake.receive_public(house.report(), sent).code}"))

    assert SAID in read
    assert TOLD not in read


def test_a_team_that_only_the_tables_make_nearer_receives_nothing(house):
    """A partner's team, with a key of its own, is given the village of somebody else's reports."""
    from spean.accounts.models import Team

    before = house.concern().team_id
    Team.objects.filter(pk=house.teams["partner"].pk).update(place=house.place("14010101"))

    assert house.concern().team_id == before == house.teams["team"].pk
