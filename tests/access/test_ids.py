"""A-03, A-05, A-06: other people's ids, fields that no form has, and what was allowed a moment ago."""

import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import RequestFactory

from spean.accounts import operations
from spean.accounts.access import SYSTEM
from spean.accounts.models import Membership
from spean.privacy import keys
from spean.voices.models import Concern, Issue

from . import table
from .bodies import arguments, body
from .machine import application, ask, path_of
from .world import Person, World

ANY_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
#: what differs between two answers to anybody: ids in links, tokens of forms, what a session carries
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|' + ANY_ID.pattern)


CUSTODY = (
    "desk:custodian_",
    "desk:practi",
    "desk:release",
    "desk:way_stop",
    "desk:open_way",
    "desk:end_sessions",
    "desk:device_end",
)


#: how the addresses begin behind which something sealed is, or a key
SEALED = (
    "desk:programme",
    "desk:project",
    "desk:results",
    "desk:indicator",
    "desk:value",
    "desk:case",
    "desk:border",
    "desk:screening",
    "desk:referral",
    "desk:assessment",
    "desk:care_",
    "desk:concern",
    "desk:lane_",
    "desk:issue",
    "desk:report",
    "desk:team",
    "desk:invite",
    "desk:withdraw_invitation",
    "desk:meeting",
    "desk:plan",
    "desk:minute",
    "desk:letter",
    "desk:import",
    "desk:visit",
    "desk:activity",
    "desk:volunteer",
    "desk:claim",
    "desk:complaint",
    "desk:agreement",
    "desk:advice",
    "desk:mentoring",
    "desk:gate",
    "desk:headcount",
    "desk:event_",
)
#: of these, the lists and empty forms: they name no thing
LISTS = {
    "desk:programmes",
    "desk:programme_new",
    "desk:projects",
    "desk:project_new",
    "desk:cases",
    "desk:case_new",
    "desk:referrals",
    "desk:case_search",
    "desk:case_board",
    "desk:cases_alike",
    "desk:border",
    "desk:border_queue",
    "desk:concern_search",
    "desk:plans",
    "desk:plan_new",
    "desk:plan_check",
    "desk:imports",
    "desk:import_new",
    "desk:import_template",
    "desk:issues",
    "desk:meetings",
    "desk:reports",
    "desk:issue_new",
    "desk:report_new",
    "desk:triage",
    "desk:activity_new",
    "desk:volunteers",
    "desk:volunteer_coverage",
    "desk:volunteering",
    "desk:claims",
    "desk:claim_new",
    "desk:complaints",
    "desk:complaint_new",
    "desk:agreements",
    "desk:agreement_new",
    "desk:advice",
    "desk:advice_new",
    "desk:mentoring",
    "desk:mentoring_new",
    "desk:visits",
    "desk:visits_kept",
    "desk:visits_worker",
}


def _addresses() -> list[tuple[str, str]]:
    more = ("desk:start_key", "desk:rotate_key", "desk:give_key", "desk:end_membership", "desk:hand_over", *CUSTODY)
    found = {(line.url, line.variant) for line in table.lines() if line.url.startswith((*SEALED, *more))}
    return sorted(pair for pair in found if pair[0] not in LISTS)


def _methods(url: str, variant: str) -> list[str]:
    lines = [line for line in table.lines() if (line.url, line.variant) == (url, variant)]
    return sorted({m for line in lines for m in line.methods if m != "HEAD"})


def _plain(answer) -> tuple[int, str]:
    return answer.status_code, CHANGING.sub("", answer.content.decode())


def swapped(world: World, url: str, variant: str, names: list[str]) -> tuple[int, list[str]]:
    """(pairs, where the answer to B's id is not the answer to an id that never was)."""
    pairs, wrong = 0, []
    real = arguments(world, url, variant, letter="B")
    never = {name: value if name in {"verb", "kind"} else uuid4() for name, value in real.items()}
    for method in _methods(url, variant):
        sent = body(world, url, variant)
        for name in names:
            theirs, nobodys = (_plain(ask(world.people[name], method, path_of(url, a, "en"), sent)) for a in (real, never))
            pairs += 1
            if theirs != nobodys or (theirs[0] != 404 and name != "locked"):
                wrong.append(f"{method} {url} {variant} as {name}: {theirs[0]} for B's, {nobodys[0]} for nobody's")
    return pairs, wrong


def of_a(turn: int, *, everything: bool) -> list[str]:
    """Everybody of organisation A and its committee; by turns every third of them, on the second database every tenth."""
    names = [n for n in table.GROUPS["SIGNED_IN"] if not n.endswith("@other") and n != "seatless"]
    share = 1 if everything else 3 if connection.vendor == "sqlite" else 10
    return names[turn % share :: share]


#: a state of B's issue, and which of so many parts of the addresses: of all of them once, of an issue's in each state
TURNS = [("draft", 0, 1), *(("raised", part, 5) for part in range(5)), ("confirmed", 0, 1)]


@pytest.mark.parametrize(("state", "part", "parts"), TURNS)
def test_another_organisations_id_says_what_an_id_says_that_never_was(world, record_property, everything, state, part, parts):
    Issue.objects.filter(pk=world.ids["issue:B"]).update(state=state)
    addresses = [a for a in _addresses() if state == "raised" or a[0].startswith("desk:issue")][part::parts]

    found = [swapped(world, *where, of_a(turn, everything=everything)) for turn, where in enumerate(addresses)]

    record_property("swapped ids", sum(pairs for pairs, _wrong in found))
    assert found
    assert [line for _pairs, wrong in found for line in wrong] == []


def test_the_comparison_notices_a_door_that_tells_missing_from_forbidden(world):
    mine = swapped(world, "desk:concern", "", ["supervisor@other"])[1]

    assert mine == ["GET desk:concern  as supervisor@other: 200 for B's, 404 for nobody's"]


def test_ids_in_forms_are_swapped_in_vain(world):
    """B's committee, member, issue, concern, answer, person, in the body of a form about A's things."""
    ids, worker, boss = world.ids, world.people["case_worker@own"], world.people["supervisor@own"]
    theirs = [
        (worker, "desk:concern_act", "assign", {"choice": world.people["case_worker@other"].user.pk}),
        (worker, "desk:concern_act", "join", {"choice": ids["issue:B"]}),
        (worker, "desk:concern_act", "pass", {"choice": world.teams["A2"].id}),
        (worker, "desk:issue_act", "raise", {"choice": world.teams["D1"].organisation_id}),
        (worker, "desk:issue_act", "clear", {"answer": ids["answer:B"]}),
        (worker, "desk:issue_new", "", {**body(world, "desk:issue_new"), "concern": ids["concern:B"]}),
        (boss, "desk:hand_over", "", {"to": ids["membership:case_worker@other"]}),
        (boss, "desk:vouch", "", {"person": world.people["supervisor@other"].user.pk, "fingerprint": "1" * 20}),
        (boss, "desk:invite", "", {"role": "organisation_administrator", "sent_id": uuid4()}),
    ]
    for state in ("approved", "committed"):
        Issue.objects.filter(pk=ids["issue:A"]).update(state=state)
        for person, url, variant, sent in theirs:
            answer = ask(person, "POST", path_of(url, arguments(world, url, variant), "en"), sent)
            fine = {404, 422, 409} if variant == "raise" else {404, 422}
            assert answer.status_code in fine, f"{url} {variant} took {sent}"


# -- mass assignment -------------------------------------------------------------------------------------

#: who sends what: each write of the desk, by somebody who may
WRITES = [
    ("desk:concern_act", "answer", "case_worker@own", ""),
    ("desk:concern_act", "ask", "case_worker@own", ""),
    ("desk:concern_act", "close", "case_worker@own", ""),
    ("desk:concern_act", "assign", "supervisor@own", ""),
    ("desk:lane_act", "release", "case_worker@own", ""),
    ("desk:lane_act", "set_aside", "supervisor@own", ""),
    ("desk:concern_act", "join", "case_worker@own", ""),
    ("desk:import_act", "start", "case_worker@own", ""),
    ("desk:import_act", "discard", "supervisor@own", ""),
    ("desk:issue_act", "rewrite", "case_worker@own", "draft"),
    ("desk:issue_act", "approve", "supervisor@own", "draft"),
    ("desk:issue_act", "raise", "case_worker@own", "approved"),
    ("desk:issue_act", "commit", "focal_person@own", "raised"),
    ("desk:issue_act", "decline", "focal_person@own", "raised"),
    ("desk:issue_act", "finish", "focal_person@own", "committed"),
    ("desk:issue_act", "read-back", "volunteer@own", "done"),
    ("desk:issue_act", "clear", "supervisor@own", ""),
    ("desk:issue_new", "", "case_worker@own", ""),
    ("desk:report_new", "", "volunteer@own", ""),
    ("desk:triage", "", "volunteer@own", ""),
    ("desk:me", "", "analyst@own", ""),
    ("desk:invite", "", "supervisor@own", ""),
    ("desk:hand_over", "", "supervisor@own", ""),
    ("desk:new_team", "", "organisation_administrator@own", ""),
    ("desk:join", "", "stranger", ""),
    ("public:report", "", "stranger", ""),
    ("public:receipt_add", "", "stranger", ""),
]
TABLES = ("accounts.User", "accounts.Membership", "accounts.Invitation", "accounts.Team", "accounts.Organisation")
TABLES += tuple(
    f"voices.{m}" for m in ("Concern", "Message", "Issue", "Answer", "Reading", "IssueConcern", "Step", "SheetImport")
)
#: what differs between two equal writes, because it is drawn by lot
DRAWN = ("id", "thread_id", "password", "stamp", "token_hash", "sent_hash", "told", "said", "header", "last_login", "alike")


OTHER_FIELDS = ("concern", "receives_reports")


def extra(world: World, sent: dict) -> dict:
    """Every field of every table, with a value that would do harm, unless the form has a field of this name.

    OTHER_FIELDS are of forms too: `test_ids_in_forms_are_swapped_in_vain` has the first, the second is a box to tick.
    """
    harm = {
        "UUIDField": str(world.ids["concern:B"]),
        "ForeignKey": str(world.people["analyst@other"].user.pk),
        "BooleanField": "on",
        "DateField": "2001-02-03",
        "DateTimeField": "2001-02-03T04:05",
        "PositiveIntegerField": "987654",
    }
    known = {"state": "closed", "role": "organisation_administrator", "is_active": "", "language": "km", "channel": "public"}
    found = {}
    for label in TABLES:
        for field in apps.get_model(label)._meta.concrete_fields:
            value = known.get(field.name, harm.get(field.get_internal_type(), "harm"))
            found |= {field.name: value, field.attname: value}
    return {name: value for name, value in found.items() if name not in {*sent, *OTHER_FIELDS}}


def rows(known: frozenset[str]) -> dict[str, list[str]]:
    """All rows of all tables, without what is drawn by lot: ids that were not there before are all alike."""
    return {label: sorted(str(_row(row, known)) for row in apps.get_model(label).objects.all()) for label in TABLES}


def _row(row, known: frozenset[str]) -> dict[str, str]:
    said = {f.name: str(getattr(row, f.attname)) for f in row._meta.concrete_fields if f.name not in DRAWN}
    return {name: "a new id" if ANY_ID.fullmatch(value) and value not in known else value for name, value in said.items()}


def known_ids() -> frozenset[str]:
    """Every id that is there."""
    return frozenset(str(pk) for label in TABLES for pk in apps.get_model(label).objects.values_list("pk", flat=True))


def after(world: World, person: Person, url: str, variant: str, sent: dict) -> tuple[int, dict]:
    """What the tables hold after a write, which is then undone."""
    known, factory = known_ids(), RequestFactory()
    factory.cookies.load(person.cookies)
    request = factory.post(path_of(url, arguments(world, url, variant), "en"), sent)
    request._dont_enforce_csrf_checks = True
    with transaction.atomic():
        answer = application().get_response(request)
        held = rows(known)
        transaction.set_rollback(True)
    return answer.status_code, held


@pytest.mark.parametrize(("url", "variant", "name", "state"), WRITES)
def test_no_column_is_written_that_the_form_does_not_have(world, url, variant, name, state):
    if state:
        Issue.objects.filter(pk=world.ids["issue:A"]).update(state=state)
    sent = body(world, url, variant)
    if url == "desk:join":
        sent["username"] = "newcomer"
    added = extra(world, sent)

    plain = after(world, world.people[name], url, variant, sent)
    loaded = after(world, world.people[name], url, variant, {**added, **sent})

    assert len(added) > 60
    assert plain[0] in {200, 302}, "the write itself is taken"
    assert loaded == plain


def test_the_comparison_notices_a_column_that_follows_the_form(world, monkeypatch):
    from spean.voices.operations import answers

    real = answers.commit

    def careless(actor, pk, **given):
        real(actor, pk, **given)
        Issue.objects.filter(pk=pk).update(kind="other")

    path, sent = ("desk:issue_act", "commit"), body(world, "desk:issue_act", "commit")
    Issue.objects.filter(pk=world.ids["issue:A"]).update(state="raised")
    before = after(world, world.people["focal_person@own"], *path, sent)
    monkeypatch.setattr(answers, "commit", careless)

    assert after(world, world.people["focal_person@own"], *path, sent) != before


# -- revoked in the middle of a session ----------------------------------------------------------------------


def _status(world: World, name: str, url: str = "desk:concern", variant: str = "") -> int:
    return ask(world.people[name], "GET", path_of(url, arguments(world, url, variant), "en")).status_code


def test_a_membership_that_ends_signs_out_at_the_next_request(world):
    assert _status(world, "case_worker@own") == 200

    operations.end_membership(SYSTEM, world.ids["membership:case_worker@own"])

    assert _status(world, "case_worker@own") == 302
    assert _status(world, "case_worker@own", "desk:concern_file") == 302


def test_a_key_that_is_taken_back_reads_nothing_at_the_next_request(world):
    team, worker = world.teams["A1"], world.people["case_worker@own"]
    assert _status(world, "case_worker@own", "desk:concern_file") == 200

    keys.revoke_team(team.id, worker.user.pk)

    assert _status(world, "case_worker@own", "desk:concern_file") == 404


def test_a_concern_that_is_passed_on_is_gone_at_the_next_request(world):
    Concern.objects.filter(pk=world.ids["concern:A"]).update(team=world.teams["B1"])

    assert _status(world, "case_worker@own") == 404
    assert _status(world, "supervisor@own", "desk:concern_file") == 404


def test_a_role_that_changes_changes_the_doors_at_the_next_request(world):
    Membership.objects.filter(pk=world.ids["membership:supervisor@own"]).update(role="analyst")

    assert _status(world, "supervisor@own") == 404
    assert _status(world, "supervisor@own", "desk:team") == 404


def test_somebody_who_is_put_out_of_service_is_signed_out(world):
    from spean.accounts.models import User

    User.objects.filter(pk=world.people["supervisor@own"].user.pk).update(is_active=False)

    assert _status(world, "supervisor@own") == 302


def test_a_cookie_opens_nobody_elses_session(world):
    """The session of one and the opened keys of another."""
    mixed = {**world.people["keyless"].cookies, "unlock": world.people["case_worker@own"].cookies["unlock"]}
    world.people["mixed"] = Person("mixed", cookies=mixed)

    assert _status(world, "mixed", "desk:concern_file") == 302
    assert (
        ask(world.people["mixed"], "GET", path_of("desk:concern_file", arguments(world, "desk:concern_file"), "en"))
        .headers["Location"]
        .startswith("/en/desk/unlock/")
    )


# -- forms from elsewhere --------------------------------------------------------------------------------------


def test_every_form_of_the_desk_wants_its_token(world):
    posts = sorted({(line.url, line.variant) for line in table.lines() if "POST" in line.methods and table.is_guarded(line.url)})
    taken = []
    for url, variant in posts:
        path = path_of(url, arguments(world, url, variant), "en")
        answer = ask(world.people["supervisor@own"], "POST", path, body(world, url, variant), csrf=True)
        if answer.status_code != 403:
            taken.append((url, variant, answer.status_code))

    assert len(posts) > 40
    assert taken == []


def test_a_form_with_its_token_is_taken(world):
    """The control of the test above: the same form, with the token of its page."""
    person, path = world.people["supervisor@own"], path_of("desk:me", {}, "en")
    secret = "a" * 32
    with_token = Person("x", cookies={**person.cookies, "csrf": secret})

    assert ask(with_token, "POST", path, {**body(world, "desk:me"), "csrfmiddlewaretoken": secret}, csrf=True).status_code == 302
