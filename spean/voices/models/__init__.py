"""Tables: concerns and issues (`voiced`), whom these are about (`ties`), travel plans (`plans`).

What people told is sealed, the rest is counted.
"""

from spean.voices.models.base import A_WEEK, CARE, FIVE_YEARS, USER, AboutPeople
from spean.voices.models.plans import Plan, PlanDay, PlanPaper, PlanRequest, PlanStep
from spean.voices.models.ties import IssueRecruiter
from spean.voices.models.voiced import (
    Answer,
    Attachment,
    Concern,
    Deadline,
    ImportPart,
    Issue,
    IssueAvoid,
    IssueConcern,
    IssueFact,
    IssuePlace,
    Letter,
    Meeting,
    Message,
    Minute,
    Proof,
    Reading,
    Receipt,
    SheetImport,
    Step,
    Tally,
    urgency_rule,
)

__all__ = [
    "A_WEEK",
    "CARE",
    "FIVE_YEARS",
    "USER",
    "AboutPeople",
    "Answer",
    "Attachment",
    "Concern",
    "Deadline",
    "ImportPart",
    "Issue",
    "IssueAvoid",
    "IssueConcern",
    "IssueFact",
    "IssuePlace",
    "IssueRecruiter",
    "Letter",
    "Meeting",
    "Message",
    "Minute",
    "Plan",
    "PlanDay",
    "PlanPaper",
    "PlanRequest",
    "PlanStep",
    "Proof",
    "Reading",
    "Receipt",
    "SheetImport",
    "Step",
    "Tally",
    "urgency_rule",
]
