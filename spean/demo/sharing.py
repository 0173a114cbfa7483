"""Good practices, a request for advice and a mentoring in the demo, with a partner in another country. All of it is invented."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from spean.accounts.access import Actor
from spean.demo.people import Cast
from spean.kernel import clock
from spean.network.operations import advice, practices
from spean.network.operations.practices import Came, Judged, Told

FROM = UUID("0d7f64b2-4f0e-4a55-9f0c-6b9c1a2e7d38")
CALLS = {
    "title_km": "ទូរស័ព្ទពីរដងមុនពេលចេញទៅ (ប្រឌិត)",
    "title_en": "Two calls before somebody leaves (invented)",
    "about_km": "គ្រួសារបង់ប្រាក់ឱ្យឈ្មួញកណ្តាលដែលគ្មានអ្នកណាស្គាល់។",
    "about_en": "Families paid brokers whom nobody knew, days before somebody left.",
    "did_km": "អ្នកស្ម័គ្រចិត្តទូរស័ព្ទទៅគ្រួសារពីរដង៖ ម្តងនៅពេលឮដំណឹង ម្តងទៀតមុនពេលចេញទៅ ហើយសុំមើលកិច្ចសន្យា។",
    "did_en": "A volunteer telephoned each family twice, and asked to see the contract before the day.",
    "result_km": "ក្នុងចំណោម ៤០ គ្រួសារ មាន ១៧ គ្រួសារបានសុំកិច្ចសន្យា (លេខប្រឌិត)។",
    "result_en": "Of 40 families, 17 asked for a contract (invented numbers).",
    "why_km": "វាមានតម្លៃថោក ហើយគ្រួសារចូលចិត្ត។",
    "why_en": "It is cheap, and families liked it.",
}
BOARD = {
    "title_km": "ក្តារព័ត៌មាននៅសាលាឃុំ (ប្រឌិត)",
    "title_en": "A board of licensed agencies at the commune hall (invented)",
    "about_km": "មនុស្សមិនដឹងថាភ្នាក់ងារណាមានអាជ្ញាបណ្ណ។",
    "about_en": "People did not know which agencies have a licence.",
    "did_km": "យើងបិទបញ្ជីនៅសាលាឃុំរៀងរាល់ខែ។",
    "did_en": "We put the list up at the commune hall each month.",
    "result_km": "គ្មានអ្នកណាអានវាទេ ក្រោយខែដំបូង។",
    "result_en": "After the first month nobody read it.",
    "why_km": "ក្តារតែមួយមុខមិនជួយទេ។ ត្រូវមានមនុស្សពន្យល់។",
    "why_en": "A board alone does not help. Somebody has to explain it.",
}
GUIDE = {
    "title_km": "បណ្ណទូរស័ព្ទតូចនៅព្រំដែន (ប្រឌិត)",
    "title_en": "Small cards with telephone numbers at the border (invented)",
    "about_en": "People cross without knowing whom to call.",
    "did_en": "We handed out cards of the size of a SIM card.",
    "result_en": "Eleven people called in the first month (an invented number).",
    "why_en": "Next time with a number that answers at night.",
}


def furnish(cast: Cast, now: datetime) -> None:
    """Two practices, one of them a failure, tried elsewhere; a third that waits for judgement; a request; a mentoring."""
    with clock.at(now - timedelta(minutes=1)):
        one, other, abroad = cast.desks["03"].supervisor.actor, cast.desks[""].supervisor.actor, cast.office["partner"].actor
        network = cast.office["network"].actor
        calls = _practice(one, "calls", _told(CALLS, "yes", "counted", "village", "leaving", towards="TH", **_cost(900)))
        board = _practice(other, "board", _told(BOARD, "no", "told", "office", "all"))
        for pk, judges in ((calls, (other, abroad)), (board, (one, abroad))):
            for actor in judges:
                practices.judge(actor, pk, Judged("yes", "yes", "yes"))
            practices.move(network, pk, "publish")
        _practice(abroad, "guide", _told(GUIDE, "but", "told", "border", "abroad", country="TH", towards="KH"))
        _tried(cast.desks["14"].supervisor.actor, abroad, calls)
        _asked(abroad, one, calls)


def _told(words: dict[str, str], again: str, sure: str, ground: str, whom: str, **more: Any) -> Told:
    return Told(
        **{"problem": "fees", "country": "KH", "again": again, "sure": sure, "ground": ground, "whom": whom, **words, **more}
    )


def _cost(amount: int) -> dict[str, Any]:
    return {"cost": Decimal(amount), "currency": "USD", "cost_year": clock.today().year}


def _practice(writer: Actor, name: str, told: Told) -> UUID:
    pk = practices.write(writer, told, uuid5(FROM, name), demonstration=True)
    practices.move(writer, pk, "send")
    return pk


def _tried(home: Actor, abroad: Actor, calls: UUID) -> None:
    since = clock.today() - timedelta(days=120)
    row = practices.try_it(home, calls, "KH", since, "យើងទៅលេងដោយផ្ទាល់ (ប្រឌិត)។", uuid5(FROM, "tried at home"))
    practices.tell(home, calls, row, Came("worked", "counted", "២២ គ្រួសារក្នុងចំណោម ៣៥ បានសុំកិច្ចសន្យា (លេខប្រឌិត)។"))
    changed = "In Thai and Khmer, to families already in Thailand (invented)."
    row = practices.try_it(abroad, calls, "TH", since, changed, uuid5(FROM, "tried abroad"))
    practices.tell(abroad, calls, row, Came("not", "told", "Nobody answers a number that they do not know (invented)."))


def _asked(abroad: Actor, one: Actor, calls: UUID) -> None:
    title, words = "How do you find families before they leave? (invented)", "We have six volunteers and two districts."
    asked = advice.ask(abroad, advice.Asked("fees", title, words), uuid5(FROM, "asked"), demonstration=True)
    answer = advice.answer(
        one, asked, "Ask the village chief for a meeting each month (invented).", calls, uuid5(FROM, "answered")
    )
    advice.mark(abroad, asked, answer)
    open_one = advice.Asked("referral", "Who receives people at night at the border? (invented)", "We close at six.")
    advice.ask(abroad, open_one, uuid5(FROM, "asked again"), demonstration=True)
    said = advice.Proposed(
        practices.org_of(one),
        we_start=True,
        problem="volunteers",
        words="A call each month about volunteers (invented).",
        starts_on=clock.today() - timedelta(days=30),
        ends_on=clock.today() + timedelta(days=180),
    )
    pair = advice.propose(abroad, said, uuid5(FROM, "pair"))
    advice.move_pair(one, pair, "agree")
    met = "About the first visit; next, the code of conduct (invented)."
    advice.meet(one, pair, clock.today() - timedelta(days=9), met, uuid5(FROM, "met"))
