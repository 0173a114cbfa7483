"""The tables of this app."""

from spean.cases.models.arrivals import Arrival
from spean.cases.models.asked import Assessment, Consent, ConsentField, Screening
from spean.cases.models.case import Case, Note, Step, Task
from spean.cases.models.counted import Exploitation, ExploitationForm, ExploitationMeans, Identification
from spean.cases.models.ledgers import Demand, Document, Money, MoneyAmount
from spean.cases.models.plans import CarePlan, Goal, PlanVersion
from spean.cases.models.referrals import Referral, ReferralField, Reply
from spean.cases.models.unasked import Unasked, UnaskedField
from spean.cases.models.ways import WayHome, WayStep

__all__ = [
    "Arrival",
    "Assessment",
    "CarePlan",
    "Case",
    "Consent",
    "ConsentField",
    "Demand",
    "Document",
    "Exploitation",
    "ExploitationForm",
    "ExploitationMeans",
    "Goal",
    "Identification",
    "Money",
    "MoneyAmount",
    "Note",
    "PlanVersion",
    "Referral",
    "ReferralField",
    "Reply",
    "Screening",
    "Step",
    "Task",
    "Unasked",
    "UnaskedField",
    "WayHome",
    "WayStep",
]
