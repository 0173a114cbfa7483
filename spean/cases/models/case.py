"""The case itself, its course, notes and tasks: who the person is is sealed; state, risk, days and tasks are counted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.cases import enums
from spean.cases.step_enums import StepDetail, StepKind
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.enums import Age, Sex
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople

PROTECT = "work with one person for their safety, return and recovery"


class Case(AboutPeople):
    """Our work with one person and their dependants. The case is the subject of everything that is sealed in it."""

    org_id = models.UUIDField(editable=False)  # the organisation under whose name it is sealed; never changes
    number = CountedNumber()  # of its organisation: it tells nothing of the others
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", db_index=False)
    assigned_to = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    opened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    concern = models.ForeignKey("voices.Concern", models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")  # a commune or larger
    source = CountedField(codebook=enums.Source)
    state = CountedField(codebook=enums.CaseState, default=enums.CaseState.OPEN)
    sex = CountedField(codebook=Sex, default=Sex.NOT_SAID)
    age = CountedField(codebook=Age, default=Age.NOT_SAID)
    country = CountedField(codebook=enums.Country, default=enums.Country.NOT_KNOWN)  # where it happened, or happens
    risk = CountedField(codebook=enums.Risk, default=enums.Risk.NOT_KNOWN)
    indicated = CountedField(codebook=enums.Indicated, blank=True, default="")  # by the newest screening
    opened_on = DayField()
    moved_on = DayField()
    due_on = DayField(null=True)  # of the first that is to do, see `course.reckon_due`
    closed_for = CountedField(codebook=enums.CloseFor, blank=True, default="")
    closing_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # who asked to close it
    revision = CountedNumber(default=0)  # of what is sealed of the person: who changes an old one is told
    person = SealedField(cls="case.person", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["org_id", "number"], name="one_case_a_number")]
        indexes: ClassVar = [
            # what every list of cases is made of: see `queries/cases.py`
            models.Index(fields=["team", "state", "-moved_on", "id"], name="case_moved"),
            models.Index(fields=["team", "state", "due_on", "id"], name="case_due"),
            models.Index(fields=["assigned_to", "state", "-moved_on", "id"], name="case_mine"),
            models.Index(fields=["assigned_to", "team", "state", "due_on", "id"], name="case_mine_due"),
            # the columns of the board, and who has how many
            models.Index(fields=["team", "state", "risk", "due_on", "id", "assigned_to"], name="case_load"),
        ]


class Step(AboutPeople):
    """What happened with a case, and who did it: its course, without a word of content."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    position = CountedNumber()
    kind = CountedField(codebook=StepKind)
    detail = CountedField(codebook=StepDetail, blank=True, default="")
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reason = CountedField(codebook=enums.OpenFor, blank=True, default="")
    desk = models.ForeignKey(
        "accounts.Team", models.PROTECT, null=True, related_name="+", db_index=False
    )  # of who did it, if not ours

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "position"], name="one_case_step_a_position")]
        indexes: ClassVar = [
            models.Index(fields=["on", "case"], name="case_step_seen", condition=Q(kind="seen")),
            models.Index(fields=["case"], name="case_step_alike", condition=Q(kind="alike")),
        ]


class Note(AboutPeople):
    """What somebody wrote down about a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes", db_index=False)
    position = CountedNumber()  # what was written first: a day alone does not say
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    kind = CountedField(codebook=enums.NoteKind)
    readers = CountedField(codebook=enums.NoteFor)
    said = SealedField(cls="case.note", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "position"], name="one_case_note_a_position")]


class Task(AboutPeople):
    """What is to be done for a person, by whom, until when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    kind = CountedField(codebook=enums.TaskKind)
    response = CountedField(codebook=enums.Response)
    state = CountedField(codebook=enums.TaskState, default=enums.TaskState.TO_DO)
    made_on = DayField()
    due_on = DayField()
    done_on = DayField(null=True)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    goal = models.ForeignKey("cases.Goal", models.PROTECT, null=True, related_name="tasks")
    words = SealedField(cls="case.task", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "state", "due_on"], name="case_task_due")]
