"""Complaints about one of us: in the clear which team it is about and which looks at it; the words are sealed to that one."""

from typing import ClassVar

from django.db import models

from spean.kernel.ids import new_id
from spean.privacy.fields import CountedField, DayField, SealedField
from spean.programme import complaint_enums as codes
from spean.programme.models.programmes import USER
from spean.programme.models.volunteers import CARE


class Complaint(models.Model):
    """One complaint. `desk` is outside of the line of `about`: see docs/decisions/0035."""

    people_matters = True
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent_id = models.UUIDField(unique=True, editable=False)
    about = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    desk = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    kind = CountedField(codebook=codes.ComplaintKind)
    state = CountedField(codebook=codes.ComplaintState, default=codes.ComplaintState.RECEIVED)
    outcome = CountedField(codebook=codes.ComplaintOutcome, blank=True, default="")
    on = DayField()
    moved_on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="complaint.words", purpose=CARE, retention="2 years after it was closed")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["desk", "state", "on"], name="complaint_desk")]
