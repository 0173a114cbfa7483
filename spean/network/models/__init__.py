"""Tables: `members` and who answers for them."""

from spean.network.models.members import Focal, Member, MemberCode

__all__ = ["Focal", "Member", "MemberCode"]
