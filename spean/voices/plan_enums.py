"""Words of travel plans, and the MOVES table: which state may follow which, by which verb."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanState(TextChoices):
    """Where a plan stands."""

    RUNNING = "running", _("Under way")
    ASKED = "asked", _("Check-in missed: the trusted person was written to")
    MISSED = "missed", _("Check-in missed: somebody has to call")
    RAISED = "raised", _("Alarm: a concern was raised")
    CLOSED = "closed", _("Ended")


#: a check-in was missed, or the person said that they are not safe
ALARM = frozenset({PlanState.ASKED, PlanState.MISSED, PlanState.RAISED})
#: people have to do something
CALLING = frozenset({PlanState.MISSED, PlanState.RAISED})
LIVE = frozenset(set(PlanState) - {PlanState.CLOSED})

#: verb -> (states it may leave, state it enters). An alarm that was raised is ended by people only: who holds the telephone
#: may not be its owner.
PLAN_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "check_in": (frozenset({PlanState.RUNNING, PlanState.ASKED, PlanState.MISSED}), PlanState.RUNNING),
    "ask": (frozenset({PlanState.RUNNING}), PlanState.ASKED),
    "miss": (frozenset({PlanState.RUNNING, PlanState.ASKED}), PlanState.MISSED),
    "raise": (frozenset(PlanState), PlanState.RAISED),  # also from an ended one: who ended it may not be its owner
    "safe": (ALARM, PlanState.RUNNING),
    "close": (frozenset(LIVE), PlanState.CLOSED),  # by the person, with the number
    "end": (CALLING, PlanState.CLOSED),  # by the team
    "finish": (frozenset({PlanState.RUNNING}), PlanState.CLOSED),  # by the rule, when no date is left
}


class PlanStepKind(TextChoices):
    """What happened to a plan, for its course."""

    MADE = "made", _("The plan was made")
    CHANGED = "changed", _("The person changed the plan")
    CHECKED_IN = "checked_in", _("Checked in")
    ASKED = "asked", _("A check-in was missed: an e-mail went to the trusted person")
    UNSENT = "unsent", _("The e-mail to the trusted person could not be sent")
    MISSED = "missed", _("A check-in was missed: somebody has to call")
    RAISED = "raised", _("A concern was raised: nobody reached the person in time")
    UNSAFE = "unsafe", _("The person said that they are not safe: a concern was raised")
    REACHED = "reached", _("The trusted person was reached, and has no news yet")
    UNREACHED = "unreached", _("The trusted person was not reached")
    SAFE = "safe", _("The person is safe")
    WANTED = "wanted", _("One keeper asks to open the plan")
    AGREED = "agreed", _("A second keeper agreed: the plan can be opened")
    CLOSED = "closed", _("Ended by the person")
    ENDED = "ended", _("Ended by the team")
    FINISHED = "finished", _("Ended: no date was left")
    ERASING = "erasing", _("The person asked to erase the plan while an alarm is on")


class Why(TextChoices):
    """Why an alarm became a concern."""

    MISSED = "missed", _("A check-in was missed")
    UNSAFE = "unsafe", _("The person said that they are not safe")


class Grace(TextChoices):
    """How long after the day of a check-in it still counts."""

    HALF_DAY = "12", _("Half a day")
    DAY = "24", _("One day")
    TWO_DAYS = "48", _("Two days")
    THREE_DAYS = "72", _("Three days")


class OpenFor(TextChoices):
    """Why keepers want to open a plan."""

    SEARCH = "search", _("To look for the person: nobody can reach them")
    UNSAFE = "unsafe", _("The person said that they are not safe")
    OFFICE = "office", _("An office that searches needs to know the way and the employer")


class Sign(TextChoices):
    """The two signs of a check-in. They look alike to whoever watches; only the person knows which one asks for help."""

    SUN = "1", _("Sun")
    RAIN = "2", _("Rain")
