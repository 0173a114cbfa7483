"""Facts with every version of theirs; ways to go with their steps; questions about the law; which page uses which fact."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spean.kernel.claims import ClaimState
from spean.kernel.ids import new_id
from spean.library import enums

USER = settings.AUTH_USER_MODEL
LONGEST_KEY = 80
LONGEST_NAME = 160
LONGEST_WORDS = 600


class Claim(models.Model):
    """What somebody claims of a subject: the value, who says so, from when it is, until when it may be shown unchecked."""

    name_km = models.CharField(max_length=LONGEST_NAME)
    name_en = models.CharField(max_length=LONGEST_NAME)
    amount = models.CharField(max_length=40, blank=True)  # a number, a span like 337-400, or a code of CorridorState
    unit = models.CharField(max_length=20, choices=enums.Unit)
    words_km = models.CharField(max_length=LONGEST_WORDS, blank=True)
    words_en = models.CharField(max_length=LONGEST_WORDS, blank=True)
    claimant_km = models.CharField(max_length=LONGEST_NAME)
    claimant_en = models.CharField(max_length=LONGEST_NAME)
    source_tag = models.CharField(max_length=20)
    source_text = models.CharField(max_length=300)
    as_of = models.CharField(max_length=10)  # 2025, 2025-02 or 2025-02-01: as exact as the source
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


#: the fields of a claim, which a version keeps
CLAIM = tuple(field.name for field in Claim._meta.fields)


class Fact(Claim):
    """One claim, as it is shown now. Several about one subject stand side by side."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    subject = models.CharField(max_length=LONGEST_KEY, db_index=True)
    state = models.CharField(max_length=12, choices=ClaimState, default=ClaimState.UNVERIFIED)
    checked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    checked_for = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    demonstration = models.BooleanField(default=False)  # checked by nobody: marked so that a demonstration has something to show
    waiting = models.BooleanField(default=False)  # a version of it waits for a second person
    proposed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # who wrote that version; null: a seed

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=ClaimState.VERIFIED) | Q(checked_by__isnull=False, checked_on__isnull=False),
                name="verified_by_somebody_on_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "key"], name="fact_state"),
            models.Index(fields=["state", "valid_until", "key"], name="fact_due"),
            models.Index(fields=["key"], name="fact_waiting", condition=Q(waiting=True)),
        ]


class FactVersion(Claim):
    """One wording of a fact. None is ever changed or thrown away."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=enums.VersionState, default=enums.VersionState.WAITING)
    written_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # null: it came with the seeds
    written_on = models.DateField()
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    sent_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["fact"], condition=Q(state="waiting"), name="one_version_waits"),
            models.CheckConstraint(  # whoever wrote a wording may take it back
                condition=Q(state="refused")
                | Q(decided_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(decided_by=F("written_by")),
                name="nobody_publishes_their_own_wording",
            ),
        ]


class Way(models.Model):
    """A corridor (where, what work) and how to go it; or what looks like a way and is a warning."""

    slug = models.SlugField(max_length=LONGEST_KEY, unique=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=enums.Kind)
    destination = models.CharField(max_length=10, choices=enums.Destination)
    works = models.JSONField()  # codes of Work
    title_km = models.CharField(max_length=LONGEST_NAME)
    title_en = models.CharField(max_length=LONGEST_NAME)
    lede_km = models.TextField()
    lede_en = models.TextField()
    state_subject = models.CharField(max_length=LONGEST_KEY, blank=True)  # the subject of the facts on whether it is open
    glance = models.JSONField()  # official, brokers, wage, age_from, age_to, contract -> subjects
    trouble_km = models.TextField()
    trouble_en = models.TextField()
    media = models.JSONField(default=dict)  # picture and readings, as `media.normal` makes them


class Step(models.Model):
    """One step of a way, in order."""

    way = models.ForeignKey(Way, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=20, blank=True)  # of a step that several ways share: its small picture
    title_km = models.CharField(max_length=LONGEST_NAME)
    title_en = models.CharField(max_length=LONGEST_NAME)
    text_km = models.TextField()
    text_en = models.TextField()
    authority_km = models.CharField(max_length=LONGEST_NAME)
    authority_en = models.CharField(max_length=LONGEST_NAME)
    documents = models.JSONField()  # pairs of Khmer and English
    gives = models.JSONField()  # codes of the papers that this step ends with
    media = models.JSONField(default=dict)  # picture and readings, as `media.normal` makes them

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["way", "position"], name="one_step_of_a_way_a_position")]


class LawQuestion(models.Model):
    """A question that a person would ask, and its answer in plain words."""

    slug = models.SlugField(max_length=LONGEST_KEY, unique=True)
    position = models.PositiveIntegerField()
    question_km = models.CharField(max_length=LONGEST_NAME)
    question_en = models.CharField(max_length=LONGEST_NAME)
    answer_km = models.TextField()
    answer_en = models.TextField()
    media = models.JSONField(default=dict)  # picture and readings, as `media.normal` makes them


class Text(models.Model):
    """A way, a warning or a question as people edit it. What readers see of it stands in `Way` and `LawQuestion`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=enums.PageKind)
    slug = models.SlugField(max_length=LONGEST_KEY)
    title_km = models.CharField(max_length=LONGEST_NAME, blank=True)  # of the latest version, for lists
    title_en = models.CharField(max_length=LONGEST_NAME, blank=True)
    state = models.CharField(max_length=12, choices=enums.TextState, default=enums.TextState.NEW)
    by_people = models.BooleanField(default=False)  # somebody wrote or withdrew it: no file changes it any more
    drafted = models.BooleanField(default=False)  # a version of it is a draft
    waiting = models.BooleanField(default=False)  # a version of it waits for a second person
    proposed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # who wrote that version

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "slug"], name="one_text_a_page")]
        indexes: ClassVar = [models.Index(fields=["kind", "slug"], name="text_waiting", condition=Q(waiting=True))]


class TextVersion(models.Model):
    """One wording of a text, whole. None is ever changed or thrown away."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=enums.VersionState, default=enums.VersionState.DRAFT)
    body = models.JSONField()  # as `texts.normal` makes it
    written_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")  # null: it came with the files
    written_on = models.DateField()
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    sent_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="one_text_version_a_number"),
            models.UniqueConstraint(
                fields=["text", "state"], condition=Q(state__in=["draft", "waiting", "published"]), name="one_text_version_each"
            ),
            models.CheckConstraint(  # what came with the files was decided by nobody here
                condition=~Q(state="published") | Q(written_by__isnull=True) | Q(decided_by__isnull=False),
                name="a_second_person_publishes_a_text",
            ),
            models.CheckConstraint(
                condition=Q(state="refused")
                | Q(decided_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(decided_by=F("written_by")),
                name="nobody_publishes_their_own_text",
            ),
        ]


class MediaFile(models.Model):
    """A picture or a recorded reading, under the name of what is in it. Its bytes are on the disk before this row is."""

    name = models.CharField(max_length=70, primary_key=True)
    size = models.PositiveIntegerField()  # bytes
    wide = models.PositiveSmallIntegerField(default=0)  # of a picture, in pixels
    high = models.PositiveSmallIntegerField(default=0)
    kept_on = models.DateField()  # when it was last chosen: what no text names is thrown away some days later


class FileUse(models.Model):
    """A public page that shows a file: without such a page nobody outside is given it."""

    file = models.ForeignKey(MediaFile, models.PROTECT, related_name="uses")
    page_kind = models.CharField(max_length=10, choices=enums.PageKind)
    page_slug = models.CharField(max_length=LONGEST_KEY)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "page_kind", "page_slug"], name="one_file_use_a_page"),
        ]


class FactUse(models.Model):
    """A page that tells of a subject: it shows every published fact about it, and changes with each."""

    subject = models.CharField(max_length=LONGEST_KEY)
    page_kind = models.CharField(max_length=10, choices=enums.PageKind)
    page_slug = models.CharField(max_length=LONGEST_KEY)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "page_kind", "page_slug"], name="one_use_a_page"),
        ]
