"""When a case's time is over nothing sealed of it is left in any table; a table that is new tomorrow is asked too."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.apps import apps

from spean.kernel import clock
from spean.privacy.fields import SealedField

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)


def sealed():
    """(model, name) of everything that is sealed in this app, and in that of its packets for who has no account."""
    models = [model for app in ("cases", "handed") for model in apps.get_app_config(app).get_models()]
    return [(model, field.name) for model in models for field in model._meta.get_fields() if isinstance(field, SealedField)]


def left():
    """Of each, how many rows still hold something."""
    return {f"{m.__name__}.{name}": m.objects.exclude(**{name: b""}).count() for m, name in sealed()}


def worked_on(town, case):
    """Something of everything that can be written of one person."""
    parts = (spoke, kept_papers, went_to_law, planned, referred, came_home, handed_outside, visited)
    for part in parts:
        part(town, case)


def spoke(town, case):
    """A note, a task, a screening, a way home, people who sat together, a photo, what an authority was asked."""
    from spean.cases.operations import conferring, homecoming, identifying, keeping, screening, working
    from spean.collect.uploads import CleanFile

    worker, today = town.actor("worker"), clock.today()
    working.note(worker, case.id, "A note", uuid4(), kind="note")
    working.task(worker, case.id, "Call", uuid4(), kind="call", response="day")
    gate = frozenset({"alone", "willing", "language"})
    screening.screen(worker, case.id, screening.Asked("adult_labour", gate, answers={"D501": "yes"}), uuid4())
    homecoming.plan(worker, case.id, "TH", homecoming.Planned("self"), uuid4())
    identifying.ask(worker, case.id, "court", today, identifying.Paper("12"), uuid4())
    keeping.add(worker, case.id, CleanFile("image", "image/png", b"drawn"), uuid4(), about="proof")
    met = conferring.Held(today, frozenset({"worker"}), "there")
    conferring.confer(worker, case.id, met, conferring.Words(decided="A bed"), uuid4())


def kept_papers(town, case):
    """A passport that is asked back, its receipt, wages that are owed."""
    from spean.cases.operations import documents, letters, money

    worker, today = town.actor("worker"), clock.today()
    kept = documents.take(worker, case.id, documents.Taken("passport", "captain"), documents.Words("A captain"), uuid4())
    documents.demand(worker, case.id, kept, "us", today, "Please", uuid4())
    receipt = letters.Chosen("receipt", kept, "name")
    letters.write(worker, case.id, receipt, letters.Text("បង្កាន់ដៃ", "A receipt"), uuid4())
    owed = money.begin(worker, case.id, {"kind": "wages", "currency": "THB", "other": "employer"}, "A captain", "", uuid4())
    money.add(worker, case.id, owed, "promised", Decimal(900), today, "", uuid4())


def went_to_law(town, case):
    """A charge with its hearing and protection, and a court that may be told."""
    from spean.cases.operations import consent, hearings, law

    worker, today = town.actor("worker"), clock.today()
    charge = law.consider(worker, case.id, "charge", "court", law.Words("A captain"), uuid4())
    hearings.plan(worker, case.id, charge, hearings.Planned(today, "court", "trial"), hearings.Words("Room 3"), uuid4())
    told = consent.Given("authority", frozenset({"name", "story"}), today, "thumb", named="A court")
    consent.give(worker, case.id, told, uuid4())
    law.protect(worker, case.id, charge, "screen", "court", today, "Afraid", uuid4())


def came_home(town, case):
    """A follow-up, something promised, a stall that tools were given for, what it brought, a training course."""
    from spean.cases.operations import enrolling, following, livelihoods, promises, trainings

    worker, today = town.actor("worker"), clock.today()
    following.start(worker, case.id, following.Told("visit", "It goes"), uuid4())
    promises.add(worker, case.id, "A bicycle", uuid4())
    stall = livelihoods.consider(worker, case.id, "business", "A stall", uuid4())
    livelihoods.support(worker, case.id, stall, livelihoods.Given("tools", today, words="A cart"), uuid4())
    livelihoods.earn(worker, case.id, today, Decimal(5), "USD", "", uuid4())
    kept = trainings.Kept("motor", today, today, 1, "state", provider="A centre")
    learns = enrolling.offer(worker, case.id, trainings.write(worker, kept, "14010101", uuid4()), "Engines", uuid4())
    for verb in ("enrol", "begin", "finish"):
        enrolling.move(worker, case.id, learns, verb)
    enrolling.attend(worker, case.id, learns, enrolling.Tally(today, today, 1, 1))
    enrolling.certify(worker, case.id, learns, "state", today, "K-77")


def visited(town, case):
    """A card that a volunteer has, and what was told of another."""
    from spean.cases.operations import consent, visits

    worker, volunteer, today = town.actor("worker"), town.actor("volunteer"), clock.today()
    consent.give(worker, case.id, consent.Given("visit", frozenset({"home"}), today, "thumb"), uuid4())
    for kind in ("look_in", "message"):
        made = visits.ask(worker, case.id, visits.Wanted(volunteer.id, kind, today, "Bicycle", safe=True), uuid4())
    visits.tell(volunteer, made, "met", "All is well", uuid4())


def planned(town, case):
    """Needs, and a plan that was returned once and approved; another one waits."""
    from spean.cases.operations import assessing, planning

    worker, boss = town.actor("worker"), town.actor("supervisor")
    assessing.assess(worker, case.id, assessing.Asked({"bed": "now"}), uuid4())
    planning.wish(worker, case.id, "A wish")
    planning.goal(worker, case.id, planning.GoalDraft("work", "A goal", clock.today()), uuid4())
    planning.submit(worker, case.id)
    planning.approve(boss, case.id, case.care_plan.revision)
    planning.wish(worker, case.id, "Another wish")
    case.care_plan.refresh_from_db()
    planning.send_back(boss, case.id, case.care_plan.revision, "Who pays?")


def referred(town, case):
    """A packet that lies at the partner's, and a refusal with words."""
    from spean.cases.operations import consent, receiving, referring

    worker, partner = town.actor("worker"), town.teams["partner"]
    until, fields = clock.today() + timedelta(days=9), frozenset({"name"})
    consent.give(worker, case.id, consent.Given("referral", fields, until, "thumb", recipient=partner.organisation_id), uuid4())
    given, refused = (
        referring.offer(worker, case.id, referring.Offer(partner.id, "service", "law", "days", fields, until), uuid4())
        for _n in range(2)
    )
    receiving.accept(town.actor("stranger"), given)
    referring.hand(worker, given)
    receiving.refuse(town.actor("stranger"), refused, "full", "No room")


def handed_outside(town, case):
    """A packet that waits for its code; and what somebody asked to tell without consent."""
    from spean.cases.operations import consent, outside, unasked

    worker, until, fields = town.actor("worker"), clock.today() + timedelta(days=9), frozenset({"name"})
    named = consent.give(worker, case.id, consent.Given("referral", fields, until, "thumb", named="A house"), uuid4())
    asked = outside.Outside(named, "service", "law", "days", fields, until, call="Dara")
    outside.hand(worker, outside.ask(worker, case.id, asked, uuid4()), uuid4())
    unasked.ask(worker, case.id, unasked.Wanted("An office", "held", "A danger", fields), uuid4())


def test_nothing_sealed_is_left_of_an_erased_case(town):
    from spean.cases.operations import closing, retention

    with clock.at(START):
        case = town.case()
        worked_on(town, case)
        assert [name for name, rows in left().items() if not rows] == [], "write something of it above"
        closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
        closing.close(town.actor("supervisor"), case.id)
    with clock.at(START + timedelta(days=6 * 365)):
        assert retention.erase_expired() == 1
    assert {name: rows for name, rows in left().items() if rows} == {}
