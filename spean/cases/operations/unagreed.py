"""Whether an agreement between the two organisations lets a referral go, and what is said where none does: decision 37.

What allows a referral is the person's consent to this very one. An agreement settles how the other side keeps what it is told.
Where none is in force nothing goes by default; somebody says why, both trails keep it, and the packet lives a month at most.
"""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.models import Team
from spean.cases.models import Case
from spean.cases.referral_enums import AGREED_FOR, CANNOT_WAIT, WhyUnagreed
from spean.directory.enums import Need
from spean.kernel import clock
from spean.network.agreement_enums import AgreedData
from spean.network.queries import agreements

A_MONTH = timedelta(days=30)
SAY_WHY = _("No agreement on referrals is in force between your organisation and theirs. Say why it goes all the same.")


def agreed(case: Case, desk: Team, need: str) -> bool:
    """Whether it may go without a reason: within one organisation, or by an agreement that is in force today."""
    if case.org_id == desk.organisation_id:
        return True
    purposes = AGREED_FOR[need] if need in Need else ()
    return agreements.covers(case.org_id, desk.organisation_id, AgreedData.REFERRAL, purposes)


def may_say_head(actor: Actor, case: Case) -> bool:
    """That the head agreed is said by a supervisor of the team, who answers for it."""
    return any(seat.team == case.team_id for seat in actor.having([Role.SUPERVISOR]))


def reason(actor: Actor, case: Case, asked: Any, wrong: dict[str, Any]) -> str:
    """The reason that was said, once it fits; what does not is written into `wrong`."""
    why = asked.unagreed
    if why not in WhyUnagreed:
        wrong["unagreed"] = SAY_WHY
    elif why == WhyUnagreed.URGENT and asked.urgency not in CANNOT_WAIT:
        wrong["unagreed"] = _("What can wait more than a day can wait for an agreement, or for the head to agree to this one.")
    elif why == WhyUnagreed.HEAD and not may_say_head(actor, case):
        wrong["unagreed"] = _("That the head agreed, a supervisor says. Ask yours to offer it.")
    if asked.until > clock.today() + A_MONTH:
        wrong["until"] = _("Without an agreement they have it 30 days at most.")
    return str(why)
