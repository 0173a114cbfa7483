"""Tables: programmes and their projects (`programmes`), what they want to reach (`results`), `activities`, `reports`."""

from spean.programme.models.activities import (
    Activity,
    ActivityTopic,
    Attendances,
    CheckIn,
    Cost,
    Handed,
    Invitation,
    Item,
    Leader,
    Line,
    Partner,
    Question,
    Quiz,
    Risk,
    Shift,
    Ticket,
    Todo,
)
from spean.programme.models.iati import ProjectMoney, Publishing
from spean.programme.models.programmes import Programme, Project, ProjectPartner, ProjectPlace, ProjectTeam
from spean.programme.models.reports import Report, ReportChapter
from spean.programme.models.results import Indicator, Result, Target, Value, ValuePart

__all__ = [
    "Activity",
    "ActivityTopic",
    "Attendances",
    "CheckIn",
    "Cost",
    "Handed",
    "Indicator",
    "Invitation",
    "Item",
    "Leader",
    "Line",
    "Partner",
    "Programme",
    "Project",
    "ProjectMoney",
    "ProjectPartner",
    "ProjectPlace",
    "ProjectTeam",
    "Publishing",
    "Question",
    "Quiz",
    "Report",
    "ReportChapter",
    "Result",
    "Risk",
    "Shift",
    "Target",
    "Ticket",
    "Todo",
    "Value",
    "ValuePart",
]
