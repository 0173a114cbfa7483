"""Whether today's date can be believed, before something is destroyed for ever because of it."""

from datetime import date, timedelta

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max

from spean.kernel import clock, errors
from spean.privacy.keystore import keystore
from spean.privacy.models import Checkpoint

#: the daily work may miss a long weekend; a longer leap has to be confirmed by a person who has looked at the clock
MOST_DAYS = 4
_NAME = "daily"


class WrongClock(errors.Conflict):
    """The clock says a day that does not follow from the last one."""

    def __init__(self, today: date, last: date) -> None:
        super().__init__(f"the clock says {today}, and the last daily work was done on {last}.")


def passed(*, confirmed: bool = False) -> date:
    """The day up to which time has surely passed: that of the last daily work. WrongClock where today does not follow it.

    What is due by then may be destroyed: a clock that leaps between two runs destroys nothing early.
    """
    today, last = clock.today(), _last()
    if confirmed:
        return today
    if not last - timedelta(days=1) <= today <= last + timedelta(days=MOST_DAYS):
        raise WrongClock(today, last)
    return min(last, today)


def note_today() -> None:
    """The daily work is done."""
    keystore().note(_NAME, clock.today().isoformat())


def _last() -> date:
    """Noted in the keystore; at the first run, the day on which the tables were made or a head was last signed."""
    noted = keystore().noted(_NAME)
    if noted:
        return date.fromisoformat(noted)
    made = MigrationRecorder.Migration.objects.aggregate(at=Max("applied"))["at"]
    signed = Checkpoint.objects.aggregate(at=Max("made_at"))["at"]
    known = [moment for moment in (made, signed) if moment is not None]
    return max(known).astimezone(clock.PHNOM_PENH).date() if known else clock.today()
