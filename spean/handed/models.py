"""A packet for somebody without an account. Nothing in its row opens it: the code is told by telephone and stored nowhere."""

from typing import ClassVar

from django.db import models

from spean.handed import enums
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField


class Packet(models.Model):
    """What is handed over. Its id is the subject of its key, and that of the thing for which it was laid."""

    people_matters = True

    id = models.UUIDField(primary_key=True, editable=False)
    org_id = models.UUIDField(editable=False)
    state = CountedField(codebook=enums.PacketState, default=enums.PacketState.WAITING)
    laid_on = DayField()
    until = DayField()
    opened_on = DayField(null=True)
    answered_on = DayField(null=True)
    tries = CountedNumber(default=0)  # since the last right code
    locator = OpaqueField(max_length=64, unique=True)  # a hash of what stands in the link
    salt = OpaqueField(max_length=64)
    verifier = OpaqueField(max_length=64)
    public_key = OpaqueField(max_length=64)
    sealed_private = OpaqueField(max_length=1200)
    said = SealedField(
        cls="handed.packet", purpose="that who has no account helps", retention="until it is opened, or ends", default=b""
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "until"], name="handed_days")]

    def __str__(self) -> str:
        return str(self.id)
