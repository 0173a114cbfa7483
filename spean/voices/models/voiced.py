"""Concerns and their messages; issues and their answers. What people told is sealed, the rest is counted."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, Value, When

from spean.kernel.ids import new_id
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, PublicTextField, SealedField
from spean.voices import enums
from spean.voices.models.base import A_WEEK, CARE, FIVE_YEARS, USER, AboutPeople


def urgency_rule() -> Case:
    """0 for danger now, 1 for words that ask for help, else 2: the first are read first."""
    now, words = When(danger=enums.Danger.NOW, then=Value(0)), When(urgent_words=True, then=Value(1))
    return Case(now, words, default=Value(2), output_field=models.SmallIntegerField())


class Concern(AboutPeople):
    """One thing somebody told us."""

    thread_id = models.UUIDField(default=new_id, unique=True, editable=False)
    org_id = models.UUIDField(editable=False)  # the organisation under whose name it was first sealed; never changes
    # what stands first in an index below has no second one of its own: a report is written in as few places as can be
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")  # a commune or larger
    kind = CountedField(codebook=enums.Kind)
    danger = CountedField(codebook=enums.Danger)
    happened = CountedField(codebook=enums.When)
    answer_wish = CountedField(codebook=enums.AnswerWish)
    channel = CountedField(codebook=enums.Channel)
    sex = CountedField(codebook=enums.Sex, default=enums.Sex.NOT_SAID)
    age = CountedField(codebook=enums.Age, default=enums.Age.NOT_SAID)
    state = CountedField(codebook=enums.ConcernState, default=enums.ConcernState.NEW)
    received_on = DayField()
    moved_on = DayField()
    assigned_to = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    reported_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    sent_hash = OpaqueField(max_length=64, unique=True)
    told = SealedField(cls="concern.told", purpose=CARE, retention=FIVE_YEARS)
    urgent_words = models.BooleanField(default=False)  # its words ask for help at once
    sealed_in_page = models.BooleanField(default=False)  # nobody on this side could compare its words
    alike = models.UUIDField(null=True, editable=False)  # the same for equal words of one day: see `alike.py`
    aside_for = CountedField(codebook=enums.AsideFor, blank=True, default="")
    #: computed by the database itself, so that no write can forget it: see `urgency_rule`
    urgency = models.GeneratedField(expression=urgency_rule(), output_field=models.SmallIntegerField(), db_persist=True)

    class Meta:
        indexes: ClassVar = [
            # what every list of concerns is made of: see `queries/concerns.py`
            models.Index(fields=["team", "state", "urgency", "received_on", "id"], name="concern_queue"),
            models.Index(fields=["team", "kind", "state", "urgency", "received_on", "id"], name="concern_kind"),
            models.Index(
                fields=["assigned_to", "team", "state", "urgency", "received_on", "id"],
                name="concern_mine",
                condition=Q(assigned_to__isnull=False),
            ),
            models.Index(fields=["team", "-received_on", "-id"], name="concern_team_newest"),
            models.Index(fields=["alike"], name="concern_alike", condition=Q(alike__isnull=False)),
            models.Index(fields=["reported_by", "received_on"]),
        ]


class Message(AboutPeople):
    """One message between the team and the person, in either direction."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="messages")
    position = CountedNumber()
    direction = CountedField(codebook=enums.Direction)
    kind = CountedField(codebook=enums.MessageKind)
    on = DayField()
    author = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    sent_hash = OpaqueField(max_length=64, unique=True)
    said = SealedField(cls="thread.message", purpose=CARE, retention=FIVE_YEARS)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["concern", "position"], name="one_message_a_position")]


class Attachment(AboutPeople):
    """A cleaned photo or recording; its bytes are sealed in a file named by its id."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="attachments")
    in_thread = models.BooleanField(default=False)  # sealed with the thread's key, not with the concern's
    kind = CountedField(codebook=enums.FileKind)
    header = SealedField(cls="file.header", purpose=CARE, retention=FIVE_YEARS)


class Receipt(AboutPeople):
    """What a receipt number needs to open its thread, or its travel plan: nothing here opens it without the number."""

    concern = models.OneToOneField(Concern, models.PROTECT, null=True, related_name="receipt")
    plan = models.OneToOneField("voices.Plan", models.CASCADE, null=True, related_name="receipt")
    locator = OpaqueField(max_length=6, unique=True)
    salt = OpaqueField(max_length=64)
    verifier = OpaqueField(max_length=64)
    public_key = OpaqueField(max_length=64)
    sealed_private = OpaqueField(max_length=1200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(concern__isnull=False, plan__isnull=True) | Q(concern__isnull=True, plan__isnull=False),
                name="receipt_of_one_thing",
            ),
        ]


class Issue(AboutPeople):
    """A cause behind several concerns, in words that are safe for everybody to read."""

    number = CountedNumber(unique=True)
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    kind = CountedField(codebook=enums.Kind)
    state = CountedField(codebook=enums.IssueState, default=enums.IssueState.DRAFT)
    title_km = PublicTextField(max_length=160)
    title_en = PublicTextField(max_length=160)
    summary_km = PublicTextField(max_length=1500)
    summary_en = PublicTextField(max_length=1500)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    opened_on = DayField()
    moved_on = DayField()
    committee = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    raised_on = DayField(null=True)
    due_on = DayField(null=True)
    level = CountedField(codebook=enums.Level, blank=True)  # of the committee that is asked now
    asked_on = DayField(null=True)  # the day on which that committee was asked
    reminded_on = DayField(null=True)
    climbs_on = DayField(null=True)  # the day on which the rule sends it up, unless something is done before
    crosses_border = models.BooleanField(default=False)
    from_cases = models.BooleanField(default=False)  # from the case work of an organisation, by counts alone
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="split_off")
    named = SealedField(cls="issue.named", purpose=CARE, retention=FIVE_YEARS, default=b"")  # agencies and brokers, for joining
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "state", "moved_on"]),
            models.Index(fields=["team", "-moved_on", "id"], name="issue_team_moved"),
            models.Index(fields=["team", "due_on", "id"], name="issue_team_due"),
            models.Index(fields=["team", "-raised_on", "id"], name="issue_team_raised"),
            models.Index(fields=["team", "-number", "id"], name="issue_team_number"),
            models.Index(fields=["team", "kind", "level", "id"], name="issue_team_kind"),
            models.Index(fields=["organisation", "-number", "id"], name="issue_org_number"),
            models.Index(fields=["organisation", "-moved_on", "id"], name="issue_org_moved"),
            models.Index(fields=["organisation", "due_on", "id"], name="issue_org_due"),
            models.Index(fields=["organisation", "-raised_on", "id"], name="issue_org_raised"),
            models.Index(fields=["organisation", "kind", "level", "id"], name="issue_org_kind"),
            models.Index(fields=["committee", "state", "due_on"]),
            models.Index(fields=["climbs_on"], name="issue_climbs"),
            models.Index(fields=["due_on"], name="issue_due"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("written_by")), name="approved_by_another"
            ),
        ]


class IssuePlace(AboutPeople):
    """A village or commune that an issue concerns."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="places")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "place"], name="one_place_an_issue")]


class IssueConcern(AboutPeople):
    """That a concern is part of an issue."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="joined")
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="joined")
    joined_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    on = DayField()
    left_on = DayField(null=True)  # it belongs to another issue since this day

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "concern"], name="joined_once")]


class IssueFact(AboutPeople):
    """One counted fact of an issue."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="facts")
    fact = CountedField(codebook=enums.Fact)
    number = CountedNumber()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "fact"], name="one_number_a_fact")]


class Answer(AboutPeople):
    """What a committee said: a commitment with a role and a date, or why not."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="answers")
    position = CountedNumber(default=0)  # days alone do not order two answers of one day
    committee = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    kind = CountedField(codebook=enums.AnswerKind)
    what = PublicTextField(max_length=600)
    office = CountedField(codebook=enums.Office, blank=True)
    why_not = CountedField(codebook=enums.WhyNot, blank=True)
    until = DayField(null=True)
    given_on = DayField()
    given_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    done_on = DayField(null=True)
    done_note = PublicTextField(max_length=600, blank=True)
    cleared_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # the text may be published


class Proof(AboutPeople):
    """A cleaned photo of what was done, sealed to the team that holds the issue; who sends it cannot open it again."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="proofs")
    kind = CountedField(codebook=enums.FileKind)
    header = SealedField(cls="proof.header", purpose=CARE, retention=FIVE_YEARS)
    on = DayField()


class Reading(AboutPeople):
    """A volunteer read the answer back to the village, and this is what the community said."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="readings")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    volunteer = models.ForeignKey(USER, models.PROTECT, related_name="+")
    outcome = CountedField(codebook=enums.Outcome)
    women = CountedNumber(default=0)
    men = CountedNumber(default=0)
    on = DayField()


class Step(AboutPeople):
    """One dated move of an issue, for its ladder."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="steps")
    position = CountedNumber()
    state = CountedField(codebook=enums.IssueState)
    on = DayField()
    kind = CountedField(codebook=enums.StepKind, default=enums.StepKind.MOVED)
    level = CountedField(codebook=enums.Level, blank=True)
    committee = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    why = CountedField(codebook=enums.Why, blank=True)
    by_rule = models.BooleanField(default=False)
    other = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="+")  # the other side of a merge or split

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "position"], name="one_step_a_position")]


class Deadline(AboutPeople):
    """The days that an organisation gives to a level; without one, `enums.DEADLINES` holds."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    level = CountedField(codebook=enums.Level)
    answer_days = CountedNumber()
    remind_days = CountedNumber()
    grace_days = CountedNumber()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "level"], name="one_deadline_a_level")]


class IssueAvoid(AboutPeople):
    """A level whose official is complained of: it is not asked, and never learns of the issue."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="avoided")
    level = CountedField(codebook=enums.Level)
    on = DayField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "level"], name="avoided_once")]


class Tally(AboutPeople):
    """How many people of a group raised an issue in one village meeting: a number, never names."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="tallies")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    on = DayField()
    counted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    sent_hash = OpaqueField(max_length=64)
    group = CountedField(codebook=enums.Group)
    number = CountedNumber()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "sent_hash", "group"], name="tallied_once")]


class Meeting(AboutPeople):
    """A meeting of a committee, whose agenda is made of the issues that wait there."""

    committee = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    on = DayField()
    state = CountedField(codebook=enums.MeetingState, default=enums.MeetingState.PLANNED)
    planned_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # nobody: by the rule
    repeats_months = CountedNumber(default=0)  # the rule plans the next one so many months later; 0: it does not
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["committee", "on"], name="meeting_committee_day"),
            models.Index(fields=["committee", "on"], name="meeting_repeats", condition=Q(repeats_months__gt=0)),
        ]


class Minute(AboutPeople):
    """What a meeting said of one issue, and who wrote it down; a team may do so from the office's paper."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="minutes")
    decision = CountedField(codebook=enums.Decision)
    on = DayField()
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False)  # by the team, from the office's paper

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "issue"], name="one_minute_an_issue")]


class Letter(AboutPeople):
    """A letter about an issue to the office that is asked, as it was printed. Its words name nobody."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="letters")
    committee = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    kind = CountedField(codebook=enums.LetterKind)
    number = CountedNumber()  # of the organisation that writes, from 1
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    text_km = PublicTextField(max_length=3000)
    text_en = PublicTextField(max_length=3000)
    on = DayField()
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "number"], name="one_letter_a_number")]


class SheetImport(AboutPeople):
    """A sheet of concerns that somebody of a team uploaded. Its rows are sealed, and gone once it is imported or discarded."""

    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")
    org_id = models.UUIDField(editable=False)
    state = CountedField(codebook=enums.ImportState, default=enums.ImportState.PREVIEW)
    uploaded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    on = DayField()
    moved_on = DayField()
    source_hash = OpaqueField(max_length=64)  # of the team and the list's name, keyed: whether it was imported from before
    sent_hash = OpaqueField(max_length=64, unique=True)
    rows = CountedNumber(default=0)
    faulty = CountedNumber(default=0)
    known = CountedNumber(default=0)  # imported before
    imported = CountedNumber(default=0)
    head = SealedField(cls="import.head", purpose=CARE, retention=A_WEEK)  # the list's name, the headings, which is which

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "on", "id"], name="import_team_day"),
            models.Index(fields=["state", "moved_on"], name="import_state_day"),
        ]


class ImportPart(AboutPeople):
    """Some rows of a sheet, imported in one transaction."""

    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="parts")
    position = CountedNumber()
    number = CountedNumber()  # of its rows
    faulty = CountedNumber(default=0)
    is_done = models.BooleanField(default=False)
    rows = SealedField(cls="import.rows", purpose=CARE, retention=A_WEEK)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "position"], name="one_part_a_position")]
