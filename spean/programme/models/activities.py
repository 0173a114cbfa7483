"""Activities with what belongs to them. Nothing is about a person: attendances are counts, who speaks is a role or one of us."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spean.kernel.ids import new_id
from spean.kernel.paging import in_either
from spean.programme import activity_enums as codes
from spean.programme.enums import PartnerRole
from spean.programme.models.programmes import LONGEST_NAME, USER, ProjectPartner

WORDS = 400
MOST, WHOLE = 1_000_000, 100


class Activity(models.Model):
    """An outreach session, training, meeting, event or campaign. A part of an event is one as well, with a place and day."""

    people_matters = False
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: made by the form that was sent: the same again makes nothing
    sent_id = models.UUIDField(unique=True, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    project = models.ForeignKey("programme.Project", models.PROTECT, null=True, related_name="activities")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    kind = models.CharField(max_length=10, choices=codes.ActivityKind)
    setting = models.CharField(max_length=12, choices=codes.Setting, blank=True)
    audience = models.CharField(max_length=6, choices=codes.Audience, blank=True)
    state = models.CharField(max_length=10, choices=codes.ActivityState, default=codes.ActivityState.DRAFT)
    cancelled_for = models.CharField(max_length=16, choices=codes.WhyCancelled, blank=True)
    name_km = models.CharField(max_length=LONGEST_NAME, blank=True)
    name_en = models.CharField(max_length=LONGEST_NAME, blank=True)
    about_km = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    path = models.CharField(max_length=64)  # of the place, so that a search needs no join
    venue_km = models.CharField(max_length=LONGEST_NAME, blank=True)
    venue_en = models.CharField(max_length=LONGEST_NAME, blank=True)
    presides_km = models.CharField(max_length=LONGEST_NAME, blank=True)
    presides_en = models.CharField(max_length=LONGEST_NAME, blank=True)
    on = models.DateField()
    until = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    attended = models.PositiveIntegerField(null=True)  # all who were counted by hand; no number until somebody counted
    public = models.BooleanField(default=False)  # everybody may read what, where and when
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(on__lte=F("until")), name="an_activity_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(name_km="") | ~Q(name_en=""), name="an_activity_has_a_name"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-on", "id"], name="activity_latest"),
            models.Index(fields=["path"], name="activity_path"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else the other one."""
        return in_either(self.name_km, self.name_en)


class ActivityTopic(models.Model):
    """One topic of an activity."""

    people_matters = False
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=16, choices=codes.Topic)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "topic"], name="a_topic_of_an_activity_once")]


class Attendances(models.Model):
    """How many of one group came, counted by hand: along one axis, so that no cell joins sex, age and kind of anybody."""

    people_matters = False
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    axis = models.CharField(max_length=4, choices=codes.Axis)
    code = models.CharField(max_length=10)
    number = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "axis", "code"], name="a_count_of_an_activity_once")]


class Line(models.Model):
    """One line of a list that an activity has: made by a form that was sent, the same again makes nothing."""

    people_matters = False
    objects: ClassVar[models.Manager]
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent_id = models.UUIDField(unique=True, editable=False)

    class Meta:
        abstract = True


class Leader(Line):
    """Who leads an activity or speaks there: by role, and one of us by name."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="leaders")
    role = models.CharField(max_length=10, choices=codes.Facilitator)
    member = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")


class Handed(Line):
    """Material that is handed out or used, with how much of it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="materials")
    material = models.CharField(max_length=10, choices=codes.Material)
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=WORDS, blank=True)


class Question(Line):
    """Something that people asked, in words without names."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="questions")
    topic = models.CharField(max_length=16, choices=codes.Topic)
    words = models.CharField(max_length=WORDS)
    answered = models.BooleanField(default=False)


class Quiz(Line):
    """One question of a quiz: how many answered, and how many rightly, before and after."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="quizzes")
    topic = models.CharField(max_length=16, choices=codes.Topic)
    words = models.CharField(max_length=WORDS)
    before = models.PositiveIntegerField()
    right_before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    right_after = models.PositiveIntegerField()

    def clean(self) -> None:
        """Nobody answers rightly who did not answer."""
        more = _("No more can be right than answered.")
        wrong = {n: more for n in ("before", "after") if (getattr(self, f"right_{n}") or 0) > (getattr(self, n) or 0)}
        if wrong:
            raise ValidationError({f"right_{name}": message for name, message in wrong.items()})


class Cost(Line):
    """One line of the budget: what was planned, and what was spent."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="costs")
    kind = models.CharField(max_length=10, choices=codes.CostKind)
    words = models.CharField(max_length=WORDS, blank=True)
    currency = models.CharField(max_length=3, choices=codes.Money)
    planned = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    spent = models.DecimalField(max_digits=14, decimal_places=2, default=0)


class Share(Line):
    """How much of the costs a donor of the project bears, in per cent; those of an activity make 100 together."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="shares")
    donor = models.ForeignKey("programme.ProjectPartner", models.PROTECT, related_name="shares")
    per_cent = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])

    def clean(self) -> None:
        """A donor of the project, once, and no more than 100 in all."""
        donors = ProjectPartner.objects.filter(project=self.activity.project_id, role=PartnerRole.FUNDING)
        others = list(Share.objects.filter(activity=self.activity).exclude(pk=self.pk))
        if not donors.filter(pk=self.donor_id).exists() or self.donor_id in {other.donor_id for other in others}:
            raise ValidationError({"donor": _("Choose a donor of the project that is not there yet.")})
        if sum(other.per_cent for other in others) + (self.per_cent or 0) > WHOLE:
            raise ValidationError({"per_cent": _("These have to make 100 together.")})


class Item(Line):
    """One item of the programme of an event, by the minute."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="items")
    on = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    what_km = models.CharField(max_length=WORDS, blank=True)
    what_en = models.CharField(max_length=WORDS, blank=True)
    who_km = models.CharField(max_length=LONGEST_NAME, blank=True)  # a role or an organisation
    who_en = models.CharField(max_length=LONGEST_NAME, blank=True)
    where_km = models.CharField(max_length=LONGEST_NAME, blank=True)
    where_en = models.CharField(max_length=LONGEST_NAME, blank=True)

    def clean(self) -> None:
        """It happens on a day of the event, and is called something."""
        if not (self.what_km or self.what_en):
            raise ValidationError({"what_km": _("Write what happens, in Khmer or in English.")})
        if self.on and not self.activity.on <= self.on <= self.activity.until:
            raise ValidationError({"on": _("Choose a day of the event.")})


class Partner(Line):
    """An organisation that helps with an event, and its task."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="partners")
    name = models.CharField(max_length=LONGEST_NAME)
    task = models.CharField(max_length=WORDS)
    state = models.CharField(max_length=6, choices=codes.Done, default=codes.Done.TO_DO)


class Invitation(Line):
    """An organisation or a role that is invited: how many people, and what was answered. No name, number or address."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="invitations")
    whom = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField(max_length=8, choices=codes.Attendee)
    number = models.PositiveIntegerField()
    reply = models.CharField(max_length=10, choices=codes.Reply, default=codes.Reply.WAITING)
    coming = models.PositiveIntegerField(default=0)

    def clean(self) -> None:
        """Who does not come is nobody."""
        if self.reply != codes.Reply.COMING and self.coming:
            raise ValidationError({"coming": _("Only who comes can be counted here.")})


class Risk(Line):
    """What could go wrong or hurt somebody, what we do about it, and who."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="risks")
    risk = models.CharField(max_length=WORDS)
    action = models.CharField(max_length=WORDS)
    who = models.CharField(max_length=LONGEST_NAME)


class Shift(Line):
    """When volunteers work at an event, where, and at what."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="shifts")
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    task = models.CharField(max_length=WORDS)
    number = models.PositiveSmallIntegerField()
    member = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    def clean(self) -> None:
        """It ends after it begins."""
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("It cannot end before it begins.")})


class Todo(Line):
    """Something to do before the event, until a day."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="todos")
    what = models.CharField(max_length=WORDS)
    who = models.CharField(max_length=LONGEST_NAME, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=codes.Done, default=codes.Done.TO_DO)


class Ticket(models.Model):
    """A random code on paper for one entry: of a kind of people, never of a person. A short part says of which event it is."""

    people_matters = False
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="tickets")
    code = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=8, choices=codes.Attendee)
    sheet = models.UUIDField()  # made together, printed together
    position = models.PositiveSmallIntegerField()  # on its sheets

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "position"], name="a_ticket_in_its_place")]


class CheckIn(models.Model):
    """One tap at a gate. Its id is made on the phone; it has no time, for the minute in which somebody came is nobody's."""

    people_matters = False
    id = models.UUIDField(primary_key=True, editable=False)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="check_ins")  # an event, or the part with this gate
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=codes.Attendee)
    counts = models.BooleanField()  # not where the same code was counted before
    undoes = models.UUIDField(null=True, editable=False)  # the tap that this one takes back
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "ticket"], condition=Q(counts=True, ticket__isnull=False), name="a_code_counts_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["activity", "counts", "kind"], name="check_in_counts")]
