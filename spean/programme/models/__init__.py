"""Tables: programmes and their projects (`programmes`), what these want to reach and how far they came (`results`)."""

from spean.programme.models.programmes import Programme, Project, ProjectPartner, ProjectPlace, ProjectTeam
from spean.programme.models.results import Indicator, Result, Target, Value, ValuePart

__all__ = [
    "Indicator",
    "Programme",
    "Project",
    "ProjectPartner",
    "ProjectPlace",
    "ProjectTeam",
    "Result",
    "Target",
    "Value",
    "ValuePart",
]
