"""Cases: who the person is is sealed; state, risk, days and tasks are counted. Nothing of a name stands in the clear."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.cases import enums
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
    due_on = DayField(null=True)  # of the first task that is to do
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
            models.Index(fields=["assigned_to", "state", "due_on", "id"], name="case_mine_due"),
        ]


class Step(AboutPeople):
    """What happened with a case, and who did it: its course, without a word of content."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    position = CountedNumber()
    kind = CountedField(codebook=enums.StepKind)
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reason = CountedField(codebook=enums.OpenFor, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "position"], name="one_case_step_a_position")]
        indexes: ClassVar = [models.Index(fields=["on", "case"], name="case_step_seen", condition=Q(kind="seen"))]


class Screening(AboutPeople):
    """One screening: the answers are sealed, the class that they give is counted, with the version of the table."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="screenings")
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    profile = CountedField(codebook=enums.Asked)
    indicated = CountedField(codebook=enums.Indicated)
    version = OpaqueField(max_length=40)  # of the table of weights
    answers = SealedField(cls="case.screening", purpose=PROTECT, retention=FIVE_YEARS)
    reviewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reviewed_on = DayField(null=True)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Note(AboutPeople):
    """What somebody wrote down about a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    kind = CountedField(codebook=enums.NoteKind)
    readers = CountedField(codebook=enums.NoteFor)
    said = SealedField(cls="case.note", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


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


class Consent(AboutPeople):
    """What the person agreed to: for one purpose, to one recipient, these fields, until a day. Its words are sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    purpose = CountedField(codebook=enums.Purpose)
    recipient = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    how = CountedField(codebook=enums.GivenHow)
    by = CountedField(codebook=enums.GivenBy)
    given_on = DayField()
    until = DayField()
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # in a child's interest, the second of us
    withdrawn_on = DayField(null=True)
    withdrawn_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    words = SealedField(cls="case.consent", purpose=PROTECT, retention=FIVE_YEARS)
    signature = OpaqueField(max_length=128)  # of who wrote it down, over what stands in the clear and what is sealed
    sent_hash = OpaqueField(max_length=64, unique=True)


class ConsentField(AboutPeople):
    """One kind of fact that may be told by a consent."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="fields", db_index=False)
    field = CountedField(codebook=enums.Shared)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["consent", "field"], name="one_consent_a_field")]


class Assessment(AboutPeople):
    """What a person needs, asked once: the answers are sealed, the danger that was seen is counted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments", db_index=False)
    number = CountedNumber()  # of its case
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    level = CountedField(codebook=enums.Risk)
    version = OpaqueField(max_length=40)  # of the table of needs
    answers = SealedField(cls="case.assessment", purpose=PROTECT, retention=FIVE_YEARS)
    reviewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reviewed_on = DayField(null=True)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_assessment_a_number")]


class CarePlan(AboutPeople):
    """What is worked towards with a person. What they wish is sealed; a supervisor other than who submitted it approves it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="care_plan")
    state = CountedField(codebook=enums.CarePlanState, default=enums.CarePlanState.DRAFT)
    revision = CountedNumber(default=0)  # who decides on an old one is told
    submitted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    submitted_on = DayField(null=True)
    wish = SealedField(cls="case.wish", purpose=PROTECT, retention=FIVE_YEARS, default=b"")
    returned = SealedField(cls="case.returned", purpose=PROTECT, retention=FIVE_YEARS, default=b"")  # why it was returned


class Goal(AboutPeople):
    """One goal. Its words never change: a changed one stays, and another stands in its place."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="goals")
    domain = CountedField(codebook=enums.NeedDomain)
    state = CountedField(codebook=enums.GoalState, default=enums.GoalState.OPEN)
    payer = CountedField(codebook=enums.Payer)
    target_on = DayField()
    made_on = DayField()
    ended_on = DayField(null=True)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    words = SealedField(cls="case.goal", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class PlanVersion(AboutPeople):
    """A plan as it was approved: it stays readable, whatever becomes of the goals."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="versions", db_index=False)
    number = CountedNumber()
    on = DayField()
    submitted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    content = SealedField(cls="case.plan_version", purpose=PROTECT, retention=FIVE_YEARS)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_a_number")]
