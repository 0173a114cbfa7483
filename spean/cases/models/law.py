"""Legal matters of a case, their hearings, and the protection that was asked for."""

from typing import ClassVar

from django.db import models

from spean.cases import law_enums
from spean.cases.models.case import PROTECT, Case, Task
from spean.privacy.fields import CountedField, DayField, OpaqueField, SealedField
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople


class Matter(AboutPeople):
    """One complaint of the person, or a charge against them. Against whom, the file's number and all words are sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="matters")
    kind = CountedField(codebook=law_enums.MatterKind)
    office = CountedField(codebook=law_enums.Office)
    state = CountedField(codebook=law_enums.MatterState, default=law_enums.MatterState.CONSIDERED)
    outcome = CountedField(codebook=law_enums.Outcome, blank=True, default="")
    written_on = DayField()
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_on = DayField(null=True)  # the newest time that it was brought before an office
    moved_on = DayField(null=True)  # since when it stands as it stands
    answer_by = DayField(null=True)
    aid_state = CountedField(codebook=law_enums.AidState, default=law_enums.AidState.NONE)
    aid_on = DayField(null=True)
    aid_by = models.ForeignKey("directory.Entry", models.PROTECT, null=True, related_name="+")  # who helps; the lawyer is sealed
    words = SealedField(cls="case.matter", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class OfficeTold(AboutPeople):
    """An office that a matter was brought before: it knows of the person, also when the matter went on to another one."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="told")
    office = CountedField(codebook=law_enums.Office)
    on = DayField()


class Hearing(AboutPeople):
    """One day on which the person is heard. The hour, the room and who else goes along are sealed."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="hearings", db_index=False)
    on = DayField()
    place = CountedField(codebook=law_enums.HearingPlace)
    purpose = CountedField(codebook=law_enums.HearingFor)
    state = CountedField(codebook=law_enums.HearingState, default=law_enums.HearingState.PLANNED)
    goes = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # who of us goes with the person
    tell = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")  # the task of telling the person
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.hearing", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["matter", "state", "on"], name="hearing_due")]


class Measure(AboutPeople):
    """One protection that an office was asked for, and what it answered."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="measures")
    kind = CountedField(codebook=law_enums.MeasureKind)
    office = CountedField(codebook=law_enums.Office)
    state = CountedField(codebook=law_enums.MeasureState, default=law_enums.MeasureState.ASKED)
    asked_on = DayField()
    answered_on = DayField(null=True)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.measure", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)
