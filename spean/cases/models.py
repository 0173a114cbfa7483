"""Cases: who the person is is sealed; state, risk, days and tasks are counted. Nothing of a name stands in the clear."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spean.cases import enums, fact_enums, ledger_enums, referral_enums, way_enums
from spean.directory.enums import Need
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, SealedField
from spean.voices.enums import Age, Sex
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople

PROTECT = "work with one person for their safety, return and recovery"
HELP = "that another desk helps the person, as they agreed"
A_PACKET = "until its day, what came of it, or its calling back"


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
        indexes: ClassVar = [
            models.Index(fields=["on", "case"], name="case_step_seen", condition=Q(kind="seen")),
            models.Index(fields=["case", "kind"], name="case_step_alike", condition=Q(kind__in=["alike", "compared"])),
        ]


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


class WayHome(AboutPeople):
    """How one person comes home: from where, in which way, and where it stands. Where home is, and with whom, is sealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="ways")
    corridor = CountedField(codebook=way_enums.Corridor)
    mode = CountedField(codebook=way_enums.ReturnMode)
    state = CountedField(codebook=way_enums.WayState, default=way_enums.WayState.PLANNED)
    made_on = DayField()
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    planned_for = DayField(null=True)
    arrived_on = DayField(null=True)
    words = SealedField(cls="case.way", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(state__in=("planned", "on_the_way")), name="one_way_home_a_case")
        ]


class WayStep(AboutPeople):
    """One step of a way home: who does it, until when, what it waits for."""

    way = models.ForeignKey(WayHome, models.PROTECT, related_name="steps", db_index=False)
    position = CountedNumber()
    code = CountedField(codebook=way_enums.HomeStep)
    state = CountedField(codebook=way_enums.StepState, default=way_enums.StepState.TO_DO)
    owner = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # one of us; who else does it is sealed
    waits_for = CountedField(codebook=way_enums.WaitsFor, blank=True, default="")
    due_on = DayField(null=True)
    done_on = DayField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    words = SealedField(cls="case.way_step", purpose=PROTECT, retention=FIVE_YEARS)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["way", "position"], name="one_way_step_a_position")]


class Exploitation(AboutPeople):
    """What is counted of what happened to a person. Nobody asked is a value of its own, and the first one."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="exploitation")
    age_band = CountedField(codebook=fact_enums.AgeBand, default=fact_enums.AgeBand.NOT_ASKED)
    citizenship = CountedField(codebook=fact_enums.Citizenship, default=fact_enums.Citizenship.NOT_ASKED)
    sector = CountedField(codebook=fact_enums.Sector, default=fact_enums.Sector.NOT_ASKED)
    recruiter = CountedField(codebook=fact_enums.Recruiter, default=fact_enums.Recruiter.NOT_ASKED)
    recruited = CountedField(codebook=fact_enums.Recruited, default=fact_enums.Recruited.NOT_ASKED)
    began = CountedField(codebook=fact_enums.Began, default=fact_enums.Began.NOT_ASKED)
    lasted = CountedField(codebook=fact_enums.Lasted, default=fact_enums.Lasted.NOT_ASKED)
    revision = CountedNumber(default=0)


class ExploitationForm(AboutPeople):
    """What was answered about one form of exploitation. Without a row, nobody asked."""

    exploitation = models.ForeignKey(Exploitation, models.CASCADE, related_name="forms", db_index=False)
    form = CountedField(codebook=fact_enums.Form)
    answer = CountedField(codebook=fact_enums.Answered)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exploitation", "form"], name="one_answer_a_form")]


class ExploitationMeans(AboutPeople):
    """What was answered about one means of control. Without a row, nobody asked."""

    exploitation = models.ForeignKey(Exploitation, models.CASCADE, related_name="means", db_index=False)
    means = CountedField(codebook=fact_enums.Means)
    answer = CountedField(codebook=fact_enums.Answered)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["exploitation", "means"], name="one_answer_a_means")]


class Identification(AboutPeople):
    """A state was asked to identify the person as a victim, and what it decided. Not our screening, and never changed by it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="identifications")
    authority = CountedField(codebook=fact_enums.Authority)
    state = CountedField(codebook=fact_enums.Identified, default=fact_enums.Identified.PENDING)
    asked_on = DayField()
    decided_on = DayField(null=True)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.identification", purpose=PROTECT, retention=FIVE_YEARS)  # the paper's number, and what was said
    sent_hash = OpaqueField(max_length=64, unique=True)


class Referral(AboutPeople):
    """A packet for another desk: offered by its codes alone, sealed under a key of its own once the desk has accepted.

    Its id is the subject of the packet's key. A key that was destroyed for it is never made again.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals", db_index=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="referrals")
    desk = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", db_index=False)
    kind = CountedField(codebook=referral_enums.ReferralKind)
    need = CountedField(codebook=Need)
    urgency = CountedField(codebook=enums.Response)
    age = CountedField(codebook=Age)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")  # a district or larger
    state = CountedField(codebook=referral_enums.ReferralState, default=referral_enums.ReferralState.OFFERED)
    until = DayField()
    offered_on = DayField()
    moved_on = DayField()
    given_on = DayField(null=True)
    offered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    refused_for = CountedField(codebook=referral_enums.WhyRefused, blank=True, default="")
    outcome = CountedField(codebook=referral_enums.Outcome, blank=True, default="")
    taken = models.ForeignKey(Case, models.PROTECT, null=True, related_name="came_by")  # the case that it became, or became again
    back_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # the transfer that is handed back
    needs = SealedField(cls="case.referral", purpose=PROTECT, retention=FIVE_YEARS)  # under the case's key
    packet = SealedField(cls="case.packet", purpose=HELP, retention=A_PACKET, default=b"")
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-moved_on", "id"], name="referral_of_case"),
            models.Index(fields=["desk", "state", "-moved_on", "id"], name="referral_to_desk"),
            models.Index(fields=["state", "moved_on"], name="referral_days"),
        ]


class ReferralField(AboutPeople):
    """One kind of fact that a referral tells."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="fields", db_index=False)
    field = CountedField(codebook=enums.Shared)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["referral", "field"], name="one_referral_a_field")]


class Reply(AboutPeople):
    """What the other desk says back, sealed to the sender's team alone, under a key of its own."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="replies")
    kind = CountedField(codebook=referral_enums.ReplyKind)
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    said = SealedField(cls="case.reply", purpose=HELP, retention=FIVE_YEARS)


class Arrival(AboutPeople):
    """Somebody who came over a border among many: a number in the queue of a day and a crossing, and who comes first."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="arrival")
    org_id = models.UUIDField(editable=False)  # which counts its numbers
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", db_index=False)
    crossing = CountedField(codebook=enums.Crossing)
    on = DayField()
    number = CountedNumber()
    rank = CountedNumber()  # 0 comes first: in danger, or a child
    child = models.BooleanField(default=False)  # is one, or brings one
    sick = models.BooleanField(default=False)
    state = CountedField(codebook=enums.ArrivalState, default=enums.ArrivalState.WAITING)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org_id", "crossing", "on", "number"], name="one_arrival_a_number")
        ]
        indexes: ClassVar = [models.Index(fields=["team", "crossing", "on", "state", "rank", "number"], name="arrival_queue")]


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


class Document(AboutPeople):
    """A document that somebody else keeps. Who keeps it, its number and place are sealed; kinds, month and state are counted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = CountedField(codebook=ledger_enums.DocumentKind)
    owner = CountedField(codebook=ledger_enums.Owner)
    holder_kind = CountedField(codebook=ledger_enums.HolderKind)
    country = CountedField(codebook=enums.Country)
    since = DayField(null=True)  # the first of its month
    pretext = CountedField(codebook=ledger_enums.Pretext)
    state = CountedField(codebook=ledger_enums.DocumentState, default=ledger_enums.DocumentState.HELD)
    moved_on = DayField()
    ended_on = DayField(null=True)
    receipt = CountedField(codebook=ledger_enums.Receipt, default=ledger_enums.Receipt.NONE)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.document", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Demand(AboutPeople):
    """One time that a document was asked back, and what was answered."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="demands")
    way = CountedField(codebook=ledger_enums.DemandWay)
    on = DayField()
    outcome = CountedField(codebook=ledger_enums.DemandOutcome, default=ledger_enums.DemandOutcome.WAITING)
    answered_on = DayField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.demand", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class Money(AboutPeople):
    """A matter of money between the person and one other side, in one currency. The amounts are sealed, their size is counted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="money")
    kind = CountedField(codebook=ledger_enums.MoneyKind)
    currency = CountedField(codebook=ledger_enums.Currency)
    other = CountedField(codebook=ledger_enums.HolderKind)
    open = CountedField(codebook=ledger_enums.Size, default=ledger_enums.Size.NOTHING)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = SealedField(cls="case.money", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


class MoneyAmount(AboutPeople):
    """One amount: what it is and its month are counted, how much is sealed. What was a mistake stays, and counts no more."""

    money = models.ForeignKey(Money, models.PROTECT, related_name="amounts")
    what = CountedField(codebook=ledger_enums.AmountKind)
    month = DayField()  # its first day
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    mistaken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    said = SealedField(cls="case.amount", purpose=PROTECT, retention=FIVE_YEARS)
    sent_hash = OpaqueField(max_length=64, unique=True)


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
