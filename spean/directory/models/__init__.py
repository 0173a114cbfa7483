"""Tables of the directory: the help directory, the register of recruiters, and the numbers of both."""

from spean.directory.models.free import FreePlaces
from spean.directory.models.lists import ListedRow, RecruiterList
from spean.directory.models.phones import Phone, TestCall
from spean.directory.models.recruiters import Correction, LicenceClaim, Recruiter, RecruiterVersion
from spean.directory.models.services import (
    Entry,
    Location,
    Provider,
    Schedule,
    Service,
    ServiceArea,
    ServiceLanguage,
    ServiceNeed,
    Version,
)

__all__ = [
    "Correction",
    "Entry",
    "FreePlaces",
    "LicenceClaim",
    "ListedRow",
    "Location",
    "Phone",
    "Provider",
    "Recruiter",
    "RecruiterList",
    "RecruiterVersion",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceLanguage",
    "ServiceNeed",
    "TestCall",
    "Version",
]
