"""Passwords: one Argon2id derivation, labelled apart from the one that opens keys; and what is strong enough."""

import base64
import hmac
import secrets
from hashlib import sha256
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from zxcvbn import zxcvbn

from spean.privacy.keys import derive

SHORTEST = 12
#: zxcvbn's best score; it looks at no more than the first 72 letters
STRONGEST, LOOKED_AT = 4, 72


class LabelledArgon2Hasher(BasePasswordHasher):
    """Stores SHA-256 of the verifier half of the derivation (protection.md 2a.4): it never reveals the key half."""

    algorithm = "spean-argon2"

    def salt(self) -> str:
        """16 random bytes, as text."""
        return base64.urlsafe_b64encode(secrets.token_bytes(16)).decode()

    def encode(self, password: str, salt: str) -> str:
        """`algorithm$salt$hash`."""
        verifier = derive(password, base64.urlsafe_b64decode(salt)).verifier
        return f"{self.algorithm}${salt}${sha256(verifier).hexdigest()}"

    def decode(self, encoded: str) -> dict[str, str]:
        """The parts of an encoded password."""
        algorithm, salt, digest = encoded.split("$", 2)
        return {"algorithm": algorithm, "salt": salt, "hash": digest}

    def verify(self, password: str, encoded: str) -> bool:
        """Whether `password` is the one that was encoded."""
        return hmac.compare_digest(encoded, self.encode(password, self.decode(encoded)["salt"]))

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        """What may be shown of a stored password: its algorithm."""
        return {"algorithm": self.decode(encoded)["algorithm"]}

    def must_update(self, encoded: str) -> bool:
        """Parameters are the same for all, so never."""
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Every derivation costs the same: nothing to even out."""


class StrongEnough:
    """Refuses what a list of common passwords and patterns would find (zxcvbn below 4), since it guards keys."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when `password` could be guessed offline."""
        words = [user.username, user.name] if user else []
        if len(password) < SHORTEST or zxcvbn(password[:LOOKED_AT], user_inputs=words)["score"] < STRONGEST:
            raise ValidationError(
                _("This password could be guessed. Use four or more words that have nothing to do with each other."),
                code="guessable",
            )

    def get_help_text(self) -> Any:
        """The rule, for the form."""
        return _("Four or more words that have nothing to do with each other. At least 12 characters.")
