"""Activities in the demo: the day in December 2014 as the programme told of it, and beside it what is invented and says so."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from spean.accounts.access import Actor
from spean.demo.people import Cast
from spean.kernel import clock
from spean.programme.operations import activities, events
from spean.programme.operations.activities import Kept

FROM = UUID("6a0a5bb4-2a3e-4d0e-8a6f-27a1d3c1e954")
FIRST, LAST = date(2014, 12, 11), date(2014, 12, 12)
#: what the programme itself told of that day, and no more
ABOUT_EN = (
    "Parades and events in two provinces close the programme SMART (Safe Migration and Reduced Trafficking) of CARE Cambodia "
    "with Cambodian Women for Peace and Development. More than 1,500 people are expected."
)
ABOUT_KM = (
    "ក្បួនដង្ហែ និងព្រឹត្តិការណ៍នៅខេត្តពីរ បិទកម្មវិធី SMART (ចំណាកស្រុកដោយសុវត្ថិភាព និងកាត់បន្ថយការជួញដូរ) របស់ឃែរ កម្ពុជា "
    "ជាមួយអង្គការស្ត្រីកម្ពុជាដើម្បីសន្តិភាព និងអភិវឌ្ឍន៍។ រំពឹងថាមានមនុស្សជាង ១.៥០០ នាក់។"
)
DAY_KM, DAY_EN = "ទិវាប្រឆាំងការជួញដូរមនុស្ស", "Anti-Human-Trafficking Day"
PLACES = (
    ("14", "ក្បួនដង្ហែ និងព្រឹត្តិការណ៍ ព្រៃវែង", "Parade and event, Prey Veng"),
    ("03", "ក្បួនដង្ហែ និងព្រឹត្តិការណ៍ កំពង់ចាម", "Parade and event, Kampong Cham"),
)
#: minutes, Khmer, English, who in Khmer, who in English: invented
ITEMS = (
    (30, "ជួបជុំ ចែកទឹក", "People gather, water is handed out", "អ្នកស្ម័គ្រចិត្ត", "Volunteers"),
    (45, "ក្បួនដង្ហែ", "Parade", "សាលារៀន និងអ្នកស្ម័គ្រចិត្ត", "Schools and volunteers"),
    (15, "ពាក្យស្វាគមន៍", "Words of welcome", "គណៈកម្មាធិការខេត្ត", "Provincial committee"),
    (30, "ល្ខោនអំពីការចេញទៅធ្វើការ", "A play about leaving for work", "ក្រុមល្ខោន", "Theatre group"),
    (30, "សំណួរ និងចម្លើយ", "Questions and answers", "មន្ត្រីការងារ", "Labour officials"),
)
#: a line of each list of the invented event
LINES: dict[str, dict[str, Any]] = {
    "costs": {"kind": "sound", "currency": "USD", "planned": Decimal(300), "spent": Decimal(0)},
    "invitations": {
        "whom": "District education office (invented)", "kind": "teacher", "number": 12, "reply": "coming", "coming": 9,
    },
    "risks": {
        "risk": "A child is lost in the crowd",
        "action": "A meeting point, two volunteers, a call over the loudspeaker",
        "who": "Volunteers",
    },
    "shifts": {"starts": time(6), "ends": time(9), "task": "Gate", "number": 3, "member": None},
    "todos": {"what": "Ask the commune for the road", "who": "Programme", "state": "to_do"},
}  # fmt: skip


def furnish(cast: Cast, now: datetime) -> None:
    """What was told of 2014; one event to come and one session that was held, both invented."""
    with clock.at(now - timedelta(minutes=3)):
        _of_2014(cast.office["manager"].actor)
        _to_come(cast.office["manager"].actor)
        _session(cast)


def _sent(name: str) -> UUID:
    return uuid5(FROM, name)


def _of_2014(manager: Actor) -> None:
    """Held; how many came was not written, so that nobody counted it here."""
    names = {"name_km": DAY_KM, "name_en": DAY_EN, "about_km": ABOUT_KM, "about_en": ABOUT_EN}
    whole = activities.write(
        manager, Kept("event", FIRST, LAST, **names, topics=("safe_migration", "trafficking")), "KH", _sent("2014")
    )
    for code, km, en in PLACES:
        part = Kept("event", FIRST, LAST, name_km=km, name_en=en, part_of=whole)
        activities.move(manager, activities.write(manager, part, code, _sent(code)), "hold")
    for number, name in enumerate(("European Union", "CARE Austria", "Cambodian Women for Peace and Development")):
        task = "Funds the programme" if number < 2 else "Carries the programme out with CARE"  # noqa: PLR2004 - the first two
        activities.add(manager, whole, "partners", {"name": name, "task": task, "state": "done"}, _sent(name))
    activities.move(manager, whole, "hold")
    events.publish(manager, whole)


def _to_come(manager: Actor) -> None:
    """An invented event in nine days, with everything that one has."""
    on = clock.today() + timedelta(days=9)
    names = {"name_km": "ទិវាសាកល្បង (ប្រឌិត)", "name_en": "A demonstration day (invented)"}
    presides = {"presides_km": "អភិបាលរងខេត្ត (ប្រឌិត)", "presides_en": "A deputy governor (invented)"}
    venue = {"venue_km": "ទីធ្លាសាលា", "venue_en": "School yard", "starts": time(7), "ends": time(10)}
    kept = Kept("event", on, **names, **presides, **venue, topics=("papers", "offers"))
    pk = activities.write(manager, kept, "14", _sent("day"))
    begins = datetime.combine(on, time(7))
    for number, (minutes, *said) in enumerate(ITEMS):
        words = dict(zip(("what_km", "what_en", "who_km", "who_en"), said, strict=True))
        item = {"on": on, "starts": begins.time(), "minutes": minutes, **words}
        activities.add(manager, pk, "items", item, _sent(f"item {number}"))
        begins += timedelta(minutes=minutes)
    days = {"shifts": {"on": on}, "todos": {"due_on": on - timedelta(days=4)}}
    for name, line in LINES.items():
        activities.add(manager, pk, name, {**line, **days.get(name, {})}, _sent(name))
    for kind in ("student", "official"):
        events.make_codes(manager, pk, kind, 24, _sent(f"codes {kind}"))


def _session(cast: Cast) -> None:
    """Of the volunteer of the tour, last week: counted and reported."""
    going = cast.desks["14"].volunteers[0]
    place = going.place.code if going.place else "14"
    names = {"name_km": "មុនចេញទៅធ្វើការ (ប្រឌិត)", "name_en": "Before you leave for work (invented)"}
    kept = Kept(
        "outreach",
        clock.today() - timedelta(days=6),
        **names,
        setting="village",
        audience="new",
        topics=("papers", "help"),
        starts=time(8),
        ends=time(9, 30),
    )
    pk = activities.write(going.actor, kept, place, _sent("session"))
    counted = {"sex": {"women": 27, "men": 14}, "kind": {"family": 20, "migrant": 8, "leader": 13}}
    activities.count(going.actor, pk, counted, 41)
    asked = {"topic": "papers", "words": "តើធ្វើលិខិតឆ្លងដែនអស់ប៉ុន្មាន? (ប្រឌិត)", "answered": True}
    activities.add(going.actor, pk, "questions", asked, _sent("question"))
    activities.move(going.actor, pk, "report")
