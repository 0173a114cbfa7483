"""Tables: `members`, `agreements` and who signed them, good `practices` and where they were tried, `advice` and mentors."""

from spean.network.models.advice import Advice, Answer, Pair, PairMeeting
from spean.network.models.agreements import Agreement, AgreementCode, Party
from spean.network.models.members import Focal, Member, MemberCode
from spean.network.models.practices import GoodPractice, PracticeReview, PracticeVersion, Trial

__all__ = [
    "Advice",
    "Agreement",
    "AgreementCode",
    "Answer",
    "Focal",
    "GoodPractice",
    "Member",
    "MemberCode",
    "Pair",
    "PairMeeting",
    "Party",
    "PracticeReview",
    "PracticeVersion",
    "Trial",
]
