"""Referrals in the demo: to a lawyer's desk, one that waits, to a house without an account; a way home on two sides; danger."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from spean.cases.models import WayStep
from spean.cases.operations import consent, outside, receiving, referring, two_sides, unasked
from spean.demo.people import Cast
from spean.handed.operations import opening
from spean.kernel import clock

FROM = UUID("5b0f0a52-3d51-4f0e-8a53-2f6c1b7d9e10")
HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True)
class Sent:
    """A referral of one of the invented cases: days ago, to which desk, what was agreed to and what is asked."""

    case: int
    ago: int
    desk: str
    need: str
    urgency: str
    fields: frozenset[str]
    needs: str
    handed: bool = False


SENT = (
    Sent(0, 3, "", "law", "days", frozenset({"age_sex", "name", "story", "needs"}),
         "គាត់ត្រូវការមេធាវី ដើម្បីទាមទារប្រាក់ខែ និងលិខិតឆ្លងដែនវិញ។ (សាកល្បង)", handed=True),
    Sent(1, 0, "03", "shelter", "hours", frozenset({"age_sex", "needs"}), "កន្លែងស្នាក់នៅមានសុវត្ថិភាព សម្រាប់ស្ត្រីម្នាក់ (សាកល្បង)"),
)  # fmt: skip


def furnish(cast: Cast, cases: list[UUID], now: datetime) -> int:
    """Consents, offers, and the one that was accepted and handed over. Returns how many."""
    for sent in SENT:
        with clock.at(now - timedelta(days=sent.ago)):
            _send(cast, cases[sent.case], sent)
    with clock.at(now - timedelta(days=2)):
        _outside(cast, cases[0])
    with clock.at(now - timedelta(hours=3)):
        _in_danger(cast, cases[1])
    with clock.at(now - timedelta(days=1)):
        _home(cast, cases[0])
    return len(SENT) + 2


def _send(cast: Cast, case: UUID, sent: Sent) -> None:
    worker, desk = cast.desks["14"].worker.actor, cast.desks[sent.desk]
    until = clock.today() + HALF_A_YEAR
    given = consent.Given("referral", sent.fields, until, "thumb", recipient=desk.team.organisation_id)
    consent.give(worker, case, given, uuid5(FROM, f"{sent.case}.consent"))
    asked = referring.Offer(desk.team.id, "service", sent.need, sent.urgency, sent.fields, until, needs=sent.needs)
    pk = referring.offer(worker, case, asked, uuid5(FROM, f"{sent.case}.offer"))
    if sent.handed:
        receiving.accept(desk.worker.actor, pk)
        referring.hand(worker, pk)


def _home(cast: Cast, case: UUID) -> None:
    """A partner sees the fisher's way home, and says how the steps over there stand."""
    worker, desk, until = cast.desks["14"].worker.actor, cast.desks[""], clock.today() + HALF_A_YEAR
    fields = frozenset({"age_sex", "name", "way"})
    given = consent.Given("return", fields, until, "thumb", recipient=desk.team.organisation_id)
    consent.give(worker, case, given, uuid5(FROM, "home.consent"))
    asked = referring.Offer(desk.team.id, "service", "home", "days", fields, until)
    pk = referring.offer(worker, case, asked, uuid5(FROM, "home.offer"))
    receiving.accept(desk.worker.actor, pk)
    referring.hand(worker, pk)
    steps = dict(WayStep.objects.filter(way__case=case).values_list("code", "id"))
    planned = two_sides.PartnerSays("planned", clock.today() + timedelta(days=20))
    for code, says in (("paper", two_sides.PartnerSays("blocked", waits_for="answer")), ("trip", planned)):
        two_sides.say(desk.worker.actor, pk, steps[code], says, uuid5(FROM, f"home.{code}"))


def _outside(cast: Cast, case: UUID) -> None:
    """To a house that has no account: the packet was opened with its code, and they help."""
    worker, fields, until = cast.desks["14"].worker.actor, frozenset({"age_sex", "name", "needs"}), clock.today() + HALF_A_YEAR
    given = consent.Given("referral", fields, until, "thumb", named="ផ្ទះដើមត្នោត (សាកល្បង)")
    named = consent.give(worker, case, given, uuid5(FROM, "outside.consent"))
    needs = "ត្រូវការគ្រែមួយ រយៈពេលពីរសប្ដាហ៍ (សាកល្បង)"
    asked = outside.Outside(named, "service", "shelter", "days", fields, until, call="ដារ៉ា ០១២ ០០០ ១១១ (សាកល្បង)", needs=needs)
    pk = outside.ask(worker, case, asked, uuid5(FROM, "outside.ask"))
    laid = outside.hand(worker, pk, uuid5(FROM, "outside.hand"))
    opening.open_once(laid.link, laid.code)
    opening.answer(laid.link, laid.code, "serve")


def _in_danger(cast: Cast, case: UUID) -> None:
    """A life was in danger and nobody could be asked: two of us decided, it was told, and the person is still to hear of it."""
    desk = cast.desks["14"]
    said = {"named": "ប៉ុស្តិ៍នគរបាលសាកល្បង", "reason": "គេឃុំគាត់ក្នុងអគារ ហើយគំរាមសម្លាប់នៅយប់នេះ (សាកល្បង)"}
    wanted = unasked.Wanted(**said, why="held", fields=frozenset({"name", "home"}))
    pk = unasked.ask(desk.worker.actor, case, wanted, uuid5(FROM, "unasked"))
    unasked.agree(desk.supervisor.actor, case, pk)
    unasked.tell(desk.worker.actor, case, pk)
