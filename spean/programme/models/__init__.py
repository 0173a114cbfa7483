"""Tables: programmes and their projects (`programmes`)."""

from spean.programme.models.programmes import Programme, Project, ProjectPartner, ProjectPlace, ProjectTeam

__all__ = [
    "Programme",
    "Project",
    "ProjectPartner",
    "ProjectPlace",
    "ProjectTeam",
]
