"""Travel plans in the demo: people who do not exist, who left from the town. One is well, one missed a day, one pressed Rain."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from spean.demo.land import Land
from spean.kernel import clock
from spean.places.models import Place
from spean.voices.operations import plan_rounds, plan_signs, plans
from spean.voices.operations.plans import Draft, Trusted

FROM = UUID("3d0c5f0e-9f7e-4c5b-8f5e-0b6f5a1d7c10")  # the demo's own ids: the same town has the same numbers
#: days ago that it was made; what is written
PLANS = (
    (10, "TH", {"way": "ឡានក្រុងទៅព្រំដែន ជាមួយបងស្រី (សាកល្បង)", "crossing": "ច្រកសាកល្បង", "employer": "រោងចក្រសាកល្បង"}),
    (16, "MY", {"way": "យន្តហោះ ជាមួយទីភ្នាក់ងារ (សាកល្បង)", "employer": "Demo Electronics", "broker": "Demo Agency"}),
    (5, "TH", {"way": "ជិះឡានតូចពេលយប់ ជាមួយមេខ្យល់ (សាកល្បង)", "broker": "មេខ្យល់សាកល្បង", "broker_phone": "000 000 77"}),
)
WELL, MISSED, RAIN = range(3)


def furnish(land: Land, now: datetime) -> int:
    """Three plans of the first village of the tour, each with somebody whom nobody can call; returns how many."""
    village = land.communes[0].villages[0]
    place = Place.objects.select_related("parent__parent__parent").get(code=village.code, until=None)
    left = [_leave(place, now, at, *about) for at, about in enumerate(PLANS)]
    with clock.at(now):
        plan_signs.by_link(left[WELL].link, "1")
        plan_signs.by_link(left[RAIN].link, "2")
        plan_rounds.hour()
    return len(left)


def _leave(place: Place, now: datetime, at: int, ago: int, destination: str, words: dict[str, str]) -> plans.Left:
    made = now - timedelta(days=ago)
    with clock.at(made):
        first = clock.today() + timedelta(days=7)
        mother = Trusted(name="ម្ដាយ (សាកល្បង)", phone="000 000 88", how="ពេលល្ងាច ប្រាប់ថាជាមិត្ត")
        draft = Draft(
            destination=destination, leaves_on=clock.today(), days=[first + timedelta(days=7 * n) for n in range(8)],
            words=words | {"name": "ដារ៉ា (សាកល្បង)"}, people=[mother], place=place,
        )  # fmt: skip
        return plans.leave(draft, uuid5(FROM, str(at)))
