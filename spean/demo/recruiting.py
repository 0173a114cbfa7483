"""Who recruits in the demo: invented agencies, which look invented, with what invented offices say of their licences."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from spean.demo.land import Land
from spean.demo.people import Cast
from spean.directory.models import Correction, Phone, Recruiter
from spean.directory.operations import calling, correcting, registering
from spean.directory.operations.registering import RECRUITERS
from spean.directory.recruiting import Licence, RecruiterDraft
from spean.kernel import clock
from spean.voices.operations import tying

SOURCE = "Demonstration"
#: days ago that it was published, its words, and what is said of its licence: (claimant, what, number, good for days from then)
AGENCIES: tuple[tuple[int, dict[str, Any], tuple[tuple[str, str, str, int], ...]], ...] = (
    (20, {
        "name_km": "ទីភ្នាក់ងារសាកល្បង ផ្កាយ", "name_en": "Demo Agency Star", "aliases": ("Phkay Demo",), "countries": ("TH", "MY"),
        "numbers": ("000 000 66",), "place": "district", "address_km": "ក្បែរផ្សារសាកល្បង", "address_en": "Beside the demo market",
    }, (("ministry", "licensed", "DEMO-01", 700),)),
    (30, {
        "name_km": "ទីភ្នាក់ងារសាកល្បង ព្រះច័ន្ទ", "name_en": "Demo Agency Moon", "countries": ("JP",), "numbers": ("000 000 77",),
    }, (("ministry", "suspended", "DEMO-02", 0),)),
    (40, {"name_km": "ទីភ្នាក់ងារសាកល្បង ភ្លៀង", "name_en": "Demo Agency Rain", "countries": ("KR",)}, (
        ("ministry", "licensed", "DEMO-03", 10),
    )),
    (50, {"name_km": "ទីភ្នាក់ងារសាកល្បង ខ្យល់", "name_en": "Demo Agency Wind", "countries": ("MY",)}, (
        ("ministry", "licensed", "DEMO-04", 400), ("court", "revoked", "DEMO-04", 0),
    )),
    (260, {"name_km": "ទីភ្នាក់ងារសាកល្បង ពពក", "name_en": "Demo Agency Cloud", "countries": ("TH",)}, (
        ("ministry", "licensed", "DEMO-05", 900),
    )),
    (15, {"name_km": "និយោជកសាកល្បង ថ្ម", "name_en": "Demo Employer Stone", "kind": "employer", "country": "TH"}, ()),
)  # fmt: skip


def furnish(cast: Cast, land: Land, now: datetime) -> None:
    """Licensed, suspended, ended, disputed, checked too long ago, not checked; a change and a request that wait."""
    manager, network = cast.office["manager"].actor, cast.office["network"].actor
    district, made = land.communes[0].district.code, {}
    for days, words, claims in AGENCIES:
        place = district if words.get("place") else ""
        draft = RecruiterDraft(**{**words, "place": place, "source": SOURCE, "demonstration": True})
        with clock.at(now - timedelta(days=days)):
            pk = made[draft.name_en] = RECRUITERS.write(manager, draft, uuid4())
            RECRUITERS.publish(network, pk, 1)
            _call(network, pk)
            for claim in claims:
                registering.publish(network, registering.say(manager, pk, _licence(*claim), uuid4()))
    waits = _licence("ministry", "licensed", "DEMO-03", 700)
    registering.say(manager, made["Demo Agency Rain"], waits, uuid4())
    asked = "លេខអាជ្ញាបណ្ណមិនត្រឹមត្រូវ (សាកល្បង)"
    correcting.ask(made["Demo Agency Moon"], wrong=asked, proof="", sent_id=uuid4())
    correcting.answer(manager, Correction.objects.get(recruiter=made["Demo Agency Moon"]).pk, outcome="kept")


#: days ago that a team went through its issues and said whom they are about; each of these recruiters was published before
TIED_DAYS = 45
#: recruiter -> about how many of a team's settled issues it is: so many that a number may be shown, and so few that none may
TIED = {"Demo Agency Wind": 3, "Demo Agency Cloud": 1}


def tie(worker: Any, issues: list[UUID]) -> None:
    """The first of these issues are about one invented recruiter, the next about another; for the rest nobody is named."""
    found = iter(issues)
    for name, number in TIED.items():
        recruiter = Recruiter.objects.get(title_en=name, demonstration=True).pk
        for issue in islice(found, number):
            tying.tie(worker.actor, issue, recruiter)


def _licence(claimant: str, says: str, number: str, good_for: int) -> Licence:
    today = clock.today()
    return Licence(claimant, says, SOURCE, today, number, today + timedelta(days=good_for) if good_for else None)


def _call(actor: Any, recruiter: Any) -> None:
    """In the demo nobody is called: these numbers lead nowhere, and each page that shows them says so."""
    for phone in Phone.objects.filter(recruiter=recruiter):
        words = "Demonstration: nobody was called"
        calling.record(actor, phone.id, heard="right", on=clock.today(), words=words, sent_id=uuid4())
