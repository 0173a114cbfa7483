"""Tables of the mechanism: keys, certificates, wraps, unlocked sessions, the audit tree. They hold ids and ciphertext."""

from django.db import models


class UserKey(models.Model):
    """A user's key pairs; the private parts are sealed twice, under the password's key and the recovery code's."""

    user = models.UUIDField(primary_key=True)
    salt = models.BinaryField(max_length=16)
    public_box = models.BinaryField(max_length=32)
    public_sign = models.BinaryField(max_length=32)
    sealed_by_password = models.BinaryField(max_length=256)
    sealed_by_recovery = models.BinaryField(max_length=256)


class Certificate(models.Model):
    """A signed statement that these public keys belong to this user or team of this organisation."""

    class Kind(models.TextChoices):
        """Whose keys they are."""

        USER = "user"
        TEAM = "team"

    kind = models.CharField(max_length=8, choices=Kind)
    owner = models.UUIDField()
    epoch = models.PositiveIntegerField(default=0)
    org = models.UUIDField()
    public_box = models.BinaryField(max_length=32)
    public_sign = models.BinaryField(max_length=32)
    issuer = models.UUIDField()
    issuer_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["org", "kind", "owner", "epoch"], name="certificate_owner")]


class TeamKey(models.Model):
    """One epoch of a team's key. Stale: somebody left; the next member who unlocks makes a new epoch."""

    team = models.UUIDField()
    org = models.UUIDField()
    epoch = models.PositiveIntegerField()
    public_box = models.BinaryField(max_length=32)
    stale = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "epoch"], name="one_key_per_epoch")]


class TeamWrap(models.Model):
    """The secret of one epoch of a team, sealed to one member."""

    team = models.UUIDField()
    epoch = models.PositiveIntegerField()
    user = models.UUIDField()
    blob = models.BinaryField(max_length=256)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team", "epoch"], name="one_wrap_per_member")]
        indexes = [models.Index(fields=["team", "epoch"], name="team_wrap_team")]


class DataKeyWrap(models.Model):
    """The secret of one subject, sealed to a team, a user or a receipt."""

    class To(models.TextChoices):
        """Who can open it."""

        TEAM = "team"
        USER = "user"
        RECEIPT = "receipt"

    subject = models.UUIDField()
    kind = models.CharField(max_length=8, choices=To)
    recipient = models.UUIDField()
    epoch = models.PositiveIntegerField(default=0)
    blob = models.BinaryField(max_length=256)
    granted_by = models.UUIDField(null=True)
    signature = models.BinaryField(max_length=64, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind", "recipient", "epoch"], name="one_wrap_per_reader"),
        ]
        indexes = [models.Index(fields=["recipient", "kind", "epoch", "id"], name="wrap_recipient")]


class ErasureDue(models.Model):
    """A subject whose erasure was decided but whose token may still be in the keystore."""

    subject = models.UUIDField(primary_key=True)


class UnlockSession(models.Model):
    """An unlocked key ring, sealed under a secret that only the reader's cookie holds."""

    session_hash = models.CharField(max_length=64, primary_key=True)
    secret_hash = models.CharField(max_length=64)
    user = models.UUIDField(db_index=True)
    box = models.BinaryField(max_length=512)
    opened_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    device = models.UUIDField(null=True, db_index=True)


class Deposit(models.Model):
    """A secret left with custodians (a user's keys, or a made-up one for practice), under a key that was split."""

    owner = models.UUIDField(primary_key=True)
    org = models.UUIDField(db_index=True)
    split = models.UUIDField()
    sealed = models.BinaryField(max_length=512)


class DepositShare(models.Model):
    """One share of that key, sealed to one custodian."""

    owner = models.UUIDField()
    custodian = models.UUIDField(db_index=True)
    blob = models.BinaryField(max_length=256)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "custodian"], name="one_share_a_custodian")]


class Ceremony(models.Model):
    """The one-time key to which custodians release shares; its private half is sealed under the asking browser's secret."""

    id = models.UUIDField(primary_key=True)
    public_key = models.BinaryField(max_length=32)
    sealed_private = models.BinaryField(max_length=256)


class ReleasedShare(models.Model):
    """One share, sealed anew by its custodian to a ceremony's one-time key."""

    ceremony = models.UUIDField()
    custodian = models.UUIDField()
    blob = models.BinaryField(max_length=256)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ceremony", "custodian"], name="one_release_a_custodian")]


class AuditEntry(models.Model):
    """One line of an organisation's audit trail. A trigger refuses any change to it."""

    org = models.UUIDField()
    index = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=36)
    verb = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=36)
    reason = models.CharField(max_length=40, blank=True)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "index"], name="one_entry_per_index")]
        indexes = [
            models.Index(fields=["org", "subject_id", "index"], name="audit_subject"),
            models.Index(fields=["org", "actor", "index"], name="audit_actor"),
        ]


class TreeHead(models.Model):
    """The signed head of an organisation's Merkle tree, and what is needed to append to it."""

    org = models.UUIDField(primary_key=True)
    size = models.PositiveBigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    signature = models.BinaryField(max_length=64, default=b"")


class Checkpoint(models.Model):
    """A signed head as it was given to witnesses (C2SP tlog-checkpoint)."""

    org = models.UUIDField()
    size = models.PositiveBigIntegerField()
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "size"], name="one_checkpoint_per_size")]
