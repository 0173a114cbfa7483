"""Who can open what: users' keys, certificates, team epochs, data keys and their wraps."""

from spean.privacy.derivation import Derived, derive
from spean.privacy.keys.certificates import certified_among, certify_user, is_certified
from spean.privacy.keys.ring import KeyRing, ReceiptRing
from spean.privacy.keys.subjects import (
    Reader,
    erase_subject,
    finish_erasures,
    new_subject,
    readers,
    share_subject,
    withdraw_subject,
)
from spean.privacy.keys.teams import (
    current_epoch,
    grant_team,
    has_team_key,
    holders,
    holds_team_key,
    is_stale,
    make_team_key,
    revoke_team,
    rewrap_some,
    rotate_team,
    team_waiting,
)
from spean.privacy.keys.users import (
    change_password,
    fingerprint,
    has_keys,
    make_user_keys,
    new_recovery_code,
    replace_user_keys,
    unlock,
    unlock_with_recovery,
)

__all__ = [
    "Derived",
    "KeyRing",
    "Reader",
    "ReceiptRing",
    "certify_user",
    "change_password",
    "current_epoch",
    "derive",
    "erase_subject",
    "fingerprint",
    "finish_erasures",
    "grant_team",
    "has_keys",
    "has_team_key",
    "holders",
    "holds_team_key",
    "is_certified",
    "is_stale",
    "make_team_key",
    "make_user_keys",
    "new_recovery_code",
    "new_subject",
    "readers",
    "replace_user_keys",
    "revoke_team",
    "rewrap_some",
    "rotate_team",
    "share_subject",
    "team_waiting",
    "unlock",
    "unlock_with_recovery",
    "withdraw_subject",
]
