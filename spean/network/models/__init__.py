"""Tables: `members` and who answers for them, `agreements` and who signed them."""

from spean.network.models.agreements import Agreement, AgreementCode, Party
from spean.network.models.members import Focal, Member, MemberCode

__all__ = ["Agreement", "AgreementCode", "Focal", "Member", "MemberCode", "Party"]
