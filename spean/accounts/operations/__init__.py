"""Every change to organisations, teams and people: found, invite, join, give a key, hand over, end, recover."""

from spean.accounts.operations.members import end_membership, hand_over, join
from spean.accounts.operations.organisations import add_team, found_organisation
from spean.accounts.operations.own import (
    change_password,
    describe_oneself,
    new_recovery_code,
    recover,
    set_password,
)
from spean.accounts.operations.reminding import choose_digest, end_feed, new_feed, owner_of
from spean.accounts.operations.teamkeys import grant_key, rotate_key, start_team_key, tend_keys, vouch
from spean.accounts.operations.welcome import (
    INVITATION_DAYS,
    accept_as,
    accept_invitation,
    find_invitation,
    invite,
    withdraw_invitation,
)

__all__ = [
    "INVITATION_DAYS",
    "accept_as",
    "accept_invitation",
    "add_team",
    "change_password",
    "choose_digest",
    "describe_oneself",
    "end_feed",
    "end_membership",
    "find_invitation",
    "found_organisation",
    "grant_key",
    "hand_over",
    "invite",
    "join",
    "new_feed",
    "new_recovery_code",
    "owner_of",
    "recover",
    "rotate_key",
    "set_password",
    "start_team_key",
    "tend_keys",
    "vouch",
    "withdraw_invitation",
]
