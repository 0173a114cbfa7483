"""Referrals in the demo: one that was handed to a lawyer's desk of another organisation, one that waits for an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from spean.cases.operations import consent, receiving, referring
from spean.demo.people import Cast
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
    return len(SENT)


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
