"""Cases in the demo: six people who do not exist, from a fisher whose passport is held to a woman a year after coming home."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from spean.accounts.access import Actor
from spean.cases.corridors import corridor_of
from spean.cases.models import Arrival, WayStep
from spean.cases.operations import (
    assessing,
    border,
    closing,
    counting,
    documents,
    homecoming,
    identifying,
    money,
    opening,
    planning,
    reading,
    screening,
    working,
)
from spean.cases.operations.counting import Told
from spean.cases.operations.identifying import Paper
from spean.cases.operations.opening import Facts, Person
from spean.cases.operations.screening import Asked
from spean.checks.screening.tables import gate
from spean.demo import homecomers, keeping, legal, papers, rebuilding, referring, training, visiting
from spean.demo.land import Land
from spean.demo.people import Cast
from spean.kernel import clock
from spean.places.models import Place

FROM = UUID("7a1c52d4-5c0b-4f5e-9f0a-6a0b8c1d2e3f")  # the demo's own ids: the same town has the same numbers


LOOKED_AT, CLOSED = 30, 100  # days: of older ones the screening was looked at, and the end agreed to


@dataclass(frozen=True)
class Story:
    """Somebody who is invented: days ago that they came, what is known, what is to do, what was written and asked."""

    ago: int
    person: Person
    facts: Facts
    tasks: tuple[tuple[str, str, str], ...] = ()  # kind, words, how soon
    done: int = 0  # of the tasks
    notes: tuple[tuple[str, str], ...] = ()
    profile: str = "adult_labour"
    answers: Mapping[str, str] = field(default_factory=dict)
    urgent: frozenset[str] = frozenset()
    told: Told = field(default_factory=Told)
    asked: tuple[str, str] = ("", "")  # which authority, and what it answered
    ends: str = ""
    word: str = ""
    home: str = ""  # the mode of a way home that is planned; steps[:at_step] of it are done
    at_step: int = 0
    needs: Mapping[str, str] = field(default_factory=dict)  # what is needed: now, later; what is not named was not said
    wants: str = ""  # in the person's words
    year: bool = False  # whether a year of follow-ups is told
    goals: tuple[tuple[str, str, str], ...] = ()  # domain, words, who pays; the first is reached where a case ends


STORIES = (
    Story(
        40,
        Person("បុរសសាកល្បង ក", "Demo Fisher", ("តា សាកល្បង",), {"phone": "000 000 41", "may_call": "yes", "hours": "យប់ ក្រោយម៉ោង ៩"},
               story="ខ្ញុំធ្វើការលើទូកនេសាទ។ ថៅកែកាន់លិខិតឆ្លងដែនខ្ញុំ ហើយមិនទាន់បើកប្រាក់ខែបួនខែ។ (សាកល្បង)"),
        Facts("concern", "man", "25-59", "TH", "high"),
        (("papers", "សុំថៅកែប្រគល់លិខិតឆ្លងដែនវិញ (សាកល្បង)", "days"), ("wages", "រាប់ប្រាក់ខែដែលជំពាក់ (សាកល្បង)", "planned")),
        0,
        (("call", "គាត់សុខសប្បាយ ប៉ុន្តែចុះពីទូកមិនបាន។ (សាកល្បង)"),),
        told=Told("30-38", "KH", "fishing", "broker", "door", "2025", "6-12", {"labour": "yes", "crime": "no"},
                  {"papers": "yes", "earnings": "yes", "promises": "yes", "hours": "yes", "beaten": "unknown"}),
        answers={"D501": "yes", "D514": "yes", "D401": "yes", "D402": "yes", "D404": "yes", "D102": "yes", "D504": "no"},
        home="official",
        at_step=5,
        needs={"kept": "now", "wage": "now", "reach": "now", "word": "now", "home": "later", "bed": "not", "life": "not"},
        wants="ខ្ញុំចង់បានលិខិតឆ្លងដែនវិញ រួចទៅផ្ទះ។ ខ្ញុំមិនទាន់ចង់ប្តឹងទេ។ (សាកល្បង)",
        goals=(
            ("papers", "លិខិតឆ្លងដែននៅក្នុងដៃគាត់វិញ (សាកល្បង)", "nobody"),
            ("money", "បានប្រាក់ខែបួនខែដែលជំពាក់ (សាកល្បង)", "employer"),
            ("family", "មកដល់ផ្ទះជាមួយគ្រួសារ (សាកល្បង)", "partner"),
        ),
    ),
    Story(
        3,
        Person("នារីសាកល្បង ខ", "Demo Keyboard", (), {"phone": "000 000 42", "may_call": "no", "how": "កុំហៅ។ គាត់នឹងផ្ញើសារមកបងស្រី។"},
               story="គេប្រាប់ថាការងារកុំព្យូទ័រ។ ឥឡូវគេឃុំក្នុងអគារ ឱ្យបោកលុយគេតាមអ៊ីនធឺណិត។ (សាកល្បង)"),
        Facts("hotline", "woman", "18-24", "KH", "now"),
        (("safety", "ហៅទៅមន្ត្រីដែលទទួលបន្ទុក (សាកល្បង)", "hour"), ("shelter", "រកកន្លែងស្នាក់នៅ (សាកល្បង)", "hours")),
        1,
        (("note", "ត្រូវសរសេរថា គាត់ត្រូវគេបង្ខំ ដើម្បីកុំឱ្យគេដាក់ទោសគាត់។ (សាកល្បង)"),),
        told=Told("21-23", "KH", "fraud", "online", "online_advert", "2026", "1-6", {"crime": "yes", "labour": "unknown"},
                  {"confined": "yes", "threats": "yes", "promises": "yes", "papers": "refused"}),
        asked=("anti_trafficking", ""),
        answers={"D506": "yes", "D503": "yes", "D505": "yes", "D101": "yes", "D102": "yes", "D206": "unknown"},
        urgent=frozenset({"confined"}),
        needs={"threat": "now", "bed": "now", "accused": "now", "doctor": "not", "life": "not_said", "home": "later"},
        wants="កុំឱ្យគេដឹងថាខ្ញុំប្រាប់។ (សាកល្បង)",
        goals=(("safety", "ចេញពីអគារដោយសុវត្ថិភាព (សាកល្បង)", "state"), ("legal", "មិនត្រូវគេដាក់ទោស (សាកល្បង)", "not_known")),
    ),
    Story(
        15,
        Person("ក្មេងស្រីសាកល្បង គ", "Demo Child", (), {}, "នៅជាមួយយាយ (សាកល្បង)",
               "ធ្វើការផ្ទះគេនៅទីក្រុង មិនបានទៅរៀន។ (សាកល្បង)"),
        Facts("volunteer", "woman", "0-17", "KH", "some"),
        (("family", "ជួបយាយ និងសាលា (សាកល្បង)", "days"),),
        0,
        (("visit", "នាងនិយាយតិច។ នាងចង់ទៅរៀនវិញ។ (សាកល្បង)"),),
        "child",
        {"D402": "yes", "D404": "yes", "D409": "yes", "D401": "unknown"},
    ),
    Story(
        90,
        Person("បុរសសាកល្បង ឃ", "Demo Builder", (), {"phone": "000 000 44", "may_call": "yes"}, "ប្រពន្ធ និងកូនពីរ (សាកល្បង)",
               "គេបញ្ជូនមកវិញតាមច្រកប៉ោយប៉ែត។ ចង់ធ្វើការនៅផ្ទះ។ (សាកល្បង)"),
        Facts("border", "man", "25-59", "TH", "low"),
        (("work", "វគ្គជួសជុលម៉ូតូ (សាកល្បង)", "planned"), ("papers", "ធ្វើអត្តសញ្ញាណប័ណ្ណថ្មី (សាកល្បង)", "days")),
        1,
        (("visit", "គ្រួសារសុខសប្បាយ។ (សាកល្បង)"),),
        home="mass",
        at_step=16,
        told=Told("27-29", "KH", "building", "neighbour", "friends", "2025", "6-12", {"labour": "yes"}, {"debt": "yes"}),
        goals=(("work", "មានការងារជួសជុលម៉ូតូជិតផ្ទះ (សាកល្បង)", "us"), ("papers", "មានអត្តសញ្ញាណប័ណ្ណថ្មី (សាកល្បង)", "family")),
        wants="ខ្ញុំចង់ធ្វើការនៅផ្ទះ ជាមួយប្រពន្ធកូន។ (សាកល្បង)",
        ends="reached",
        word="ឥឡូវខ្ញុំមានការងារជិតផ្ទះ។ អរគុណ។ (សាកល្បង)",
    ),
    Story(
        200,
        Person("នារីសាកល្បង ង", "Demo Bride", (), {}, "", "រៀបការនៅប្រទេសឆ្ងាយ ហើយបានត្រឡប់មកវិញ។ (សាកល្បង)"),
        Facts("authority", "woman", "18-24", "CN", "low"),
        (("family", "សម្រុះសម្រួលក្នុងគ្រួសារ (សាកល្បង)", "days"),),
        1,
        told=Told("21-23", "KH", "no_work", "broker", "family", "2024", "12-24", {"marriage": "yes"}, {"promises": "yes"}),
        asked=("social", "identified"),
        ends="wish",
    ),
    Story(
        420,
        Person("នារីសាកល្បង ច", "Demo Seamstress", (), {"phone": "000 000 46", "may_call": "yes"}, "កូនស្រីម្នាក់ (សាកល្បង)",
               "ធ្វើការផ្ទះគេនៅប្រទេសម៉ាឡេស៊ី ហើយមកវិញជាមួយអង្គការ។ (សាកល្បង)"),
        Facts("partner", "woman", "25-59", "MY", "some"),
        notes=(("visit", "នាងចង់រៀនកាត់ដេរ។ (សាកល្បង)"),),
        home="assisted",
        at_step=16,
        goals=(("work", "រៀនកាត់ដេររយៈពេលបីខែ (សាកល្បង)", "us"), ("money", "សងបំណុលម្ចាស់ដី (សាកល្បង)", "person")),
        wants="ខ្ញុំចង់នៅជិតកូន ហើយរកស៊ីដោយខ្លួនឯង។ (សាកល្បង)",
        year=True,
    ),
)  # fmt: skip


def furnish(cast: Cast, land: Land, now: datetime) -> int:
    """The six, of the team of the tour. Returns how many."""
    village = land.communes[0].villages[0]
    place = Place.objects.select_related("parent").get(code=village.code, until=None)
    told = [_tell(cast, story, place, now, str(at)) for at, story in enumerate(STORIES)]
    referring.furnish(cast, told, now)
    training.furnish(cast.desks["14"].worker.actor, told, village.code, now)
    visiting.furnish(cast, told, now)
    homecomers.furnish(cast.desks["14"], place, now)
    _come(cast, now)
    return len(STORIES)


def _now(answers: Mapping[str, str]) -> list[str]:
    """What is needed now and was not written down as a task before: those two are told by hand above."""
    return [code for code, said in answers.items() if said == "now" and code not in {"kept", "wage", "threat", "bed"}]


def _come(cast: Cast, now: datetime) -> None:
    """Seven people who came over a border this morning: two come first, one was taken from the queue already."""
    desk, names = cast.desks["14"], ("ក", "ខ", "គ", "ឃ", "ង", "ច", "ឆ")
    marks: dict[int, dict[str, bool]] = {1: {"danger": True}, 3: {"child": True}, 4: {"sick": True}}
    with clock.at(now):
        for n, letter in enumerate(names):
            sex, age = ("woman", "18-24") if n % 2 else ("man", "25-59")
            arriving = border.Arriving("poipet", clock.today(), sex, age, **marks.get(n, {}))
            person = Person(f"អ្នកធ្វើដំណើរសាកល្បង {letter}", contact={"phone": f"000 000 {50 + n}"})
            border.register(desk.worker.actor, desk.team.id, person, arriving, uuid5(FROM, f"border.{n}"))
        border.take(desk.worker.actor, Arrival.objects.get(team=desk.team.id, number=2).id)


def _tell(cast: Cast, story: Story, place: Place, now: datetime, at: str) -> UUID:
    desk = cast.desks["14"]
    worker, supervisor = desk.worker.actor, desk.supervisor.actor

    def made(name: str) -> UUID:
        return uuid5(FROM, f"{at}.{name}")

    with clock.at(now - timedelta(days=story.ago)):
        pk = opening.open_case(worker, desk.team.id, story.person, story.facts, made("case"), place=place)
        for n, (kind, words, soon) in enumerate(story.tasks):
            due = clock.today() + timedelta(days=story.ago + 20)
            working.task(worker, pk, words, made(f"task.{n}"), kind=kind, response=soon, due_on=due)
    with clock.at(now - timedelta(days=max(story.ago - 2, 0))):
        for n, (kind, words) in enumerate(story.notes):
            working.note(worker, pk, words, made(f"note.{n}"), kind=kind)
        for task in sorted(reading.read(worker, pk).tasks, key=str)[: story.done]:
            working.finish(worker, pk, task)
        if story.answers:
            asked = Asked(story.profile, frozenset(gate()), story.urgent, story.answers, story.person.story)
            kept = screening.screen(worker, pk, asked, made("screening"))
            if story.ago > LOOKED_AT:
                screening.review(supervisor, pk, kept)
        if story.home:
            _bring_home(worker, pk, story, made)
        _count(cast, story, pk, made)
        _ask_needs(cast, story, pk, made("needs"))
        _plan(cast, story, pk, made("plan"))
    if story.year:
        rebuilding.a_year(worker, pk, now, made)
    if story.ends:
        with clock.at(now - timedelta(days=1)):
            _end(cast, story, pk, made("end"))
    return pk


def _end(cast: Cast, story: Story, pk: UUID, sent: UUID) -> None:
    """Closing is asked for; of an older case another person agreed."""
    closing.ask(cast.desks["14"].worker.actor, pk, story.ends, story.word, sent)
    if story.ago > CLOSED:
        closing.close(cast.desks["14"].supervisor.actor, pk)


def _bring_home(worker: Actor, pk: UUID, story: Story, made: Callable[[str], UUID]) -> None:
    corridor = corridor_of(story.facts.country)
    planned = homecoming.Planned(story.home, where="ទៅជួបម្ដាយ (សាកល្បង)", text="កុំប្រាប់ថៅកែចាស់។ (សាកល្បង)")
    way = homecoming.plan(worker, pk, corridor, planned, made("way"))
    steps = WayStep.objects.filter(way=way).order_by("position")
    for step in steps[: story.at_step]:
        homecoming.write_step(worker, pk, step.id, homecoming.StepIs("done", who="ដៃគូសាកល្បង"))
    if story.at_step < len(steps) - 2:  # the next one waits for somebody
        due = clock.today() + timedelta(days=story.ago + 9)
        now = homecoming.StepIs("to_do", worker.id, due, "family", text="មីងសុំពេលគិត។ (សាកល្បង)")
        homecoming.write_step(worker, pk, steps[story.at_step].id, now)
    else:
        homecoming.set_out(worker, pk)
        homecoming.arrive(worker, pk)


def _documents(cast: Cast, pk: UUID, made: Callable[[str], UUID]) -> None:
    """The fisher's passport: kept by a captain, asked back twice, promised."""
    worker = cast.desks["14"].worker.actor
    since = (clock.today() - timedelta(days=150)).replace(day=1)
    taken = documents.Taken("passport", "captain", country="TH", pretext="stay", since=since)
    words = documents.Words(papers.CAPTAIN, "សាកល្បង ០០០", "ផែសាកល្បង", "គេថានឹងប្រគល់វិញ ពេលចប់កិច្ចសន្យា។ (សាកល្បង)")
    kept = documents.take(worker, pk, taken, words, made("passport"))
    for at, (way, outcome) in enumerate((("self", "refused"), ("us", "promised"))):
        asked = documents.demand(worker, pk, kept, way, clock.today(), "(សាកល្បង)", made(f"demand.{at}"))
        documents.hear(worker, pk, kept, asked, outcome, clock.today())
    papers.of_a_passport(worker, pk, kept, made)


def _wages(cast: Cast, pk: UUID, made: Callable[[str], UUID]) -> None:
    """The fisher's wages: promised, paid in part, claimed."""
    worker, first = cast.desks["14"].worker.actor, clock.today().replace(day=1)
    about = {"kind": "wages", "currency": "THB", "other": "captain"}
    owed = money.begin(worker, pk, about, papers.CAPTAIN, "ប្រាក់ខែ ១២,០០០ បាត (សាកល្បង)", made("wages"))
    for at, (what, amount) in enumerate((("promised", 60_000), ("paid", 12_000), ("claimed", 48_000), ("received", 12_000))):
        money.add(worker, pk, owed, what, Decimal(amount), first, "(សាកល្បង)", made(f"amount.{at}"))


def _count(cast: Cast, story: Story, pk: UUID, made: Callable[[str], UUID]) -> None:
    """What is counted of it, and what an authority was asked."""
    worker = cast.desks["14"].worker.actor
    if story.told != Told():
        counting.count(worker, pk, story.told, revision=0)
    if story.told.sector == "fishing":
        _documents(cast, pk, made)
        _wages(cast, pk, made)
        keeping.keep(cast.desks["14"].worker.actor, pk, made)
    if story.told.sector == "building":
        papers.of_the_same_captain(worker, pk, made)
    legal.furnish(worker, story.told.sector, pk, made)
    authority, answer = story.asked
    if authority:
        asked = identifying.ask(worker, pk, authority, clock.today(), Paper("សាកល្បង ០០០"), made("asked"))
        if answer:
            identifying.answer(worker, pk, asked, answer, clock.today(), Paper(words="(សាកល្បង)"))


def _ask_needs(cast: Cast, story: Story, pk: UUID, sent: UUID) -> None:
    desk = cast.desks["14"]
    if story.needs:
        asked = assessing.Asked(story.needs, story.facts.risk, story.wants, taken=dict.fromkeys(_now(story.needs)))
        kept = assessing.assess(desk.worker.actor, pk, asked, sent)
        if story.ago > LOOKED_AT:
            assessing.agree(desk.supervisor.actor, pk, kept)


def _plan(cast: Cast, story: Story, pk: UUID, sent: UUID) -> None:
    """The plan of an older case is approved, that of a newer one waits."""
    worker, supervisor = cast.desks["14"].worker.actor, cast.desks["14"].supervisor.actor
    if not story.goals:
        return
    planning.wish(worker, pk, story.wants)
    target = clock.today() + timedelta(days=story.ago + 60)
    drafts = [planning.GoalDraft(domain, words, target, payer) for domain, words, payer in story.goals]
    goals = [planning.goal(worker, pk, draft, uuid5(sent, draft.words)) for draft in drafts]
    planning.submit(worker, pk)
    if story.ago > LOOKED_AT:
        planning.approve(supervisor, pk, len(goals) + 1)
        if story.ends:
            planning.reach(worker, pk, goals[0])
