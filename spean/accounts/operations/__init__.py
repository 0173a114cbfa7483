"""Every change to organisations, teams and people: found, invite, join, give a key, hand over, end, recover."""

from spean.accounts.operations.custody import (
    confirm_custodian,
    end_custodian,
    healthy_custodians,
    keepers_for,
    leave_with_custodians,
    name_custodian,
)
from spean.accounts.operations.devices import (
    end_device,
    end_other_devices,
    end_sessions,
    forget_device,
    forget_old_devices,
    note_device,
    renew_device,
)
from spean.accounts.operations.members import end_membership, hand_over, join
from spean.accounts.operations.organisations import add_team, found_organisation
from spean.accounts.operations.own import (
    change_password,
    describe_oneself,
    new_recovery_code,
    recover,
    set_password,
)
from spean.accounts.operations.recovering import (
    finish_practice,
    finish_request,
    open_request,
    owner_of_secret,
    release_share,
    start_practice,
    stop_old_requests,
    stop_request,
    take_up,
    taken_up,
)
from spean.accounts.operations.reminding import choose_digest, end_feed, new_feed, owner_of
from spean.accounts.operations.secondstep import note_passkey
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
    "confirm_custodian",
    "describe_oneself",
    "end_custodian",
    "end_device",
    "end_feed",
    "end_membership",
    "end_other_devices",
    "end_sessions",
    "find_invitation",
    "finish_practice",
    "finish_request",
    "forget_device",
    "forget_old_devices",
    "found_organisation",
    "grant_key",
    "hand_over",
    "healthy_custodians",
    "invite",
    "join",
    "keepers_for",
    "leave_with_custodians",
    "name_custodian",
    "new_feed",
    "new_recovery_code",
    "note_device",
    "note_passkey",
    "open_request",
    "owner_of",
    "owner_of_secret",
    "recover",
    "release_share",
    "renew_device",
    "rotate_key",
    "set_password",
    "start_practice",
    "start_team_key",
    "stop_old_requests",
    "stop_request",
    "take_up",
    "taken_up",
    "tend_keys",
    "vouch",
    "withdraw_invitation",
]
