"""Who helps in the demo: invented helpers with numbers that nobody has, and beside them the real list, checked by nobody."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from spean.demo.land import Land
from spean.demo.people import Cast
from spean.directory.drafts import Draft
from spean.directory.models import Phone
from spean.directory.operations import calling, seeding, telling, writing
from spean.kernel import clock

SOURCE = "Demonstration"
OFFICE = {"hours": "week", "days": ("MO", "TU", "WE", "TH", "FR"), "opens": "08:00", "closes": "17:00"}
#: days ago that it was published, and its words; the place is the first district of the tour
HELPERS: tuple[tuple[int, dict[str, Any]], ...] = (
    (20, {
        "provider_km": "បណ្ដាញគោម (សាកល្បង)", "provider_en": "Lantern Line (demo)",
        "name_km": "ទូរស័ព្ទបន្ទាន់ទាំងយប់ទាំងថ្ងៃ", "name_en": "Telephone for urgent help, day and night",
        "about_km": "មានគេឆ្លើយគ្រប់ពេល ហើយរកអ្នកជួយនៅជិតអ្នក។", "about_en": "Somebody answers at any hour and looks for help near you.",
        "needs": ("danger", "missing", "shelter", "child", "health"), "areas": ("KH",), "languages": ("km", "en", "vi"),
        "numbers": ("000 000 11",), "hours": "always", "fee": "free",
    }),
    (40, {
        "provider_km": "ការិយាល័យច្បាប់ស្ពានឈើ (សាកល្បង)", "provider_en": "Wooden Bridge Law Office (demo)",
        "name_km": "មេធាវី និងពាក្យបណ្ដឹង", "name_en": "Lawyers, and help with a complaint",
        "how_km": "ហៅមុន ហើយណាត់ថ្ងៃ។", "how_en": "Call first, and agree on a day.",
        "needs": ("law", "work", "papers"), "languages": ("km",), "papers": ("identity", "contract"), "numbers": ("000 000 22",),
        "fee": "free", "place": "district", "address_km": "ទល់មុខផ្សារសាកល្បង", "address_en": "Opposite the demo market", **OFFICE,
    }),
    (60, {
        "provider_km": "ផ្ទះសំណាក់ព្រះច័ន្ទ (សាកល្បង)", "provider_en": "Moon Demo Shelter",
        "name_km": "កន្លែងស្នាក់នៅសម្រាប់ស្ត្រី និងកូន", "name_en": "A place to stay for women and their children",
        "needs": ("shelter", "health"), "languages": ("km",), "women_only": True, "capacity": 12, "confidential": True,
        "numbers": ("000 000 33",), "hours": "always", "fee": "free",
    }),
    (90, {
        "provider_km": "មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលរំដួល (សាកល្បង)", "provider_en": "Romduol Demo Training Centre",
        "name_km": "រៀនមុខរបរ", "name_en": "Learning a trade", "needs": ("training",), "age_from": 15, "languages": ("km",),
        "papers": ("identity", "family"), "capacity": 40, "fee": "paid", "place": "province", "numbers": ("000 000 44",),
        **OFFICE,
    }),
    (430, {
        "provider_km": "ផ្ទះព័ត៌មានចំណាកស្រុក (សាកល្បង)", "provider_en": "Migration Information House (demo)",
        "name_km": "សំណួរមុនចេញទៅធ្វើការ", "name_en": "Questions before leaving for work", "needs": ("migrate", "work"),
        "languages": ("km",), "fee": "free", "numbers": ("000 000 55",), **OFFICE,
    }),
)  # fmt: skip
CHANGE = {"name_km": "រៀនមុខរបរ និងរកការងារ", "name_en": "Learning a trade and finding work"}


def furnish(cast: Cast, land: Land, now: datetime) -> None:
    """Seeds that wait for somebody; invented helpers that two people published; one that waits, one that is overdue."""
    seeding.load_seeds()
    manager, network = cast.office["manager"].actor, cast.office["network"].actor
    district, province = land.communes[0].district.code, land.communes[0].province.code
    for days, words in HELPERS:
        place = {"district": district, "province": province, "": ""}[words.get("place", "")]
        draft = Draft(**{"areas": (province,), **words, "place": place, "source": SOURCE, "demonstration": True})
        with clock.at(now - timedelta(days=days)):
            pk = writing.write(manager, draft, uuid4())
            writing.publish(network, pk, 1)
            _call(network, pk)
        if draft.confidential:
            _free(cast, pk, now)
        if "training" in draft.needs:
            writing.propose(manager, pk, Draft.of({**draft.body(), **CHANGE}))


def _free(cast: Cast, entry: UUID, now: datetime) -> None:
    """The desk that runs the shelter told two days ago how many places are free."""
    desk = cast.desks["03"]
    with clock.at(now - timedelta(days=2)):
        telling.name_desk(cast.office["network"].actor, entry, desk.team.id)
        telling.tell_free(desk.worker.actor, entry, 3, clock.today(), uuid4())


def _call(actor: Any, entry: Any) -> None:
    """In the demo nobody is called: these numbers lead nowhere, and each page that shows them says so."""
    for phone in Phone.objects.filter(entry=entry):
        words = "Demonstration: nobody was called"
        calling.record(actor, phone.id, heard="right", on=clock.today(), words=words, sent_id=uuid4())
