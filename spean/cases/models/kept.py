"""Files of a case, and its conferences."""

from typing import ClassVar

from django.db import models

from spean.cases import enums, kept_enums
from spean.cases.models.case import PROTECT, Case
from spean.privacy.fields import CountedField, DayField, OpaqueField, SealedField
from spean.voices.enums import FileKind
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class CaseFile(AboutPeople):
    """A cleaned photo or recording; its bytes are sealed in a file named by its id. What was taken away leaves its row."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    kind = CountedField(codebook=FileKind)
    about = CountedField(codebook=kept_enums.FileAbout)
    readers = CountedField(codebook=enums.NoteFor)
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    gone_on = DayField(null=True)
    gone_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    header = SealedField(cls="case.file", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Conference(AboutPeople):
    """People sat together about a case: which kinds of people, and how the person took part. Names and words are sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="conferences")
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    took_part = CountedField(codebook=kept_enums.TookPart)
    by_name = models.BooleanField(default=False)  # whether the others heard who it is about
    words = SealedField(cls="case.conference", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class ConferencePresent(AboutPeople):
    """One kind of people who were there."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="present")
    who = CountedField(codebook=kept_enums.Present)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["conference", "who"], name="one_kind_a_conference")]
