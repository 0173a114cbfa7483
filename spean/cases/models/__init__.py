"""The tables of this app."""

from spean.cases.models.arrivals import Arrival
from spean.cases.models.asked import Assessment, Consent, ConsentField, Screening
from spean.cases.models.case import Case, Note, Step, Task
from spean.cases.models.counted import Exploitation, ExploitationForm, ExploitationMeans, Identification
from spean.cases.models.kept import CaseFile, Conference, ConferencePresent
from spean.cases.models.law import Hearing, Matter, Measure, OfficeTold
from spean.cases.models.ledgers import Demand, Document, Money, MoneyAmount
from spean.cases.models.letters import CaseLetter
from spean.cases.models.livelihoods import Income, Livelihood, Support
from spean.cases.models.plans import CarePlan, Goal, PlanVersion
from spean.cases.models.rebuild import FollowUp, Promise
from spean.cases.models.referrals import Referral, ReferralField, Reply
from spean.cases.models.trainings import Attendance, Enrolment, Training
from spean.cases.models.unasked import Unasked, UnaskedField
from spean.cases.models.visits import Visit, VisitWord
from spean.cases.models.ways import WayHome, WayStep, WayWord

__all__ = [
    "Arrival",
    "Assessment",
    "Attendance",
    "CarePlan",
    "Case",
    "CaseFile",
    "CaseLetter",
    "Conference",
    "ConferencePresent",
    "Consent",
    "ConsentField",
    "Demand",
    "Document",
    "Enrolment",
    "Exploitation",
    "ExploitationForm",
    "ExploitationMeans",
    "FollowUp",
    "Goal",
    "Hearing",
    "Identification",
    "Income",
    "Livelihood",
    "Matter",
    "Measure",
    "Money",
    "MoneyAmount",
    "Note",
    "OfficeTold",
    "PlanVersion",
    "Promise",
    "Referral",
    "ReferralField",
    "Reply",
    "Screening",
    "Step",
    "Support",
    "Task",
    "Training",
    "Unasked",
    "UnaskedField",
    "Visit",
    "VisitWord",
    "WayHome",
    "WayStep",
    "WayWord",
]
