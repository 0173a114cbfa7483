"""The words of programmes and projects, and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.accounts.enums import WorkLevel

#: levels at which several countries work together: the network coordinator's
NETWORK = (WorkLevel.REGIONAL, WorkLevel.INTERNATIONAL)


class ProjectState(TextChoices):
    """A programme, or a project, is planned, runs and ends; or is dropped before it began."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
    DROPPED = "dropped", _("Dropped")


#: verb -> (states that it leaves, state that it enters); of programmes and of projects
PROJECT_MOVES = {
    "start": (frozenset({ProjectState.PLANNED}), ProjectState.RUNNING),
    "end": (frozenset({ProjectState.RUNNING}), ProjectState.ENDED),
    "drop": (frozenset({ProjectState.PLANNED}), ProjectState.DROPPED),
}
#: in these, something can still be done and written
LIVE = frozenset({ProjectState.PLANNED, ProjectState.RUNNING})


class PartnerRole(TextChoices):
    """What an organisation does in a project: the four roles of IATI's list OrganisationRole, 2.03."""

    FUNDING = "funding", _("Funds it")
    ACCOUNTABLE = "accountable", _("Answers for it")
    EXTENDING = "extending", _("Passes the money on and looks after it")
    IMPLEMENTING = "implementing", _("Does the work")
