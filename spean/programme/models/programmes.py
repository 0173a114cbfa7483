"""Programmes and projects, with their places, partners and teams. Nothing here is about a person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spean.accounts.enums import WorkLevel
from spean.accounts.models import Named
from spean.kernel.ids import new_id
from spean.programme.enums import PartnerRole, ProjectState

USER = settings.AUTH_USER_MODEL
LONGEST_NAME, LONGEST_CODE = 160, 24


class Planned(Named):
    """What an organisation set out to do from one day until another."""

    people_matters = False
    objects: ClassVar[models.Manager]
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: made by the form that was sent: the same again makes nothing
    sent_id = models.UUIDField(unique=True, default=new_id, editable=False)
    code = models.CharField(max_length=LONGEST_CODE)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=ProjectState, default=ProjectState.PLANNED)
    made_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Programme(Planned):
    """What an organisation wants to reach over some years, at one level. Its partners and places are those of its projects."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=WorkLevel)
    strategy_km = models.TextField(blank=True)
    strategy_en = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code"], name="a_programme_code_once"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="a_programme_ends_after_it_begins"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-starts_on", "id"], name="programme_latest")]


class Project(Planned):
    """One part of a programme, or one by itself: with dates, teams, places, donors and partners."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="projects")
    about_km = models.TextField(blank=True)
    about_en = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code"], name="a_project_code_once"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="a_project_ends_after_it_begins"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-starts_on", "id"], name="project_latest")]


class ProjectPlace(models.Model):
    """A place, by its official code, where a project works."""

    people_matters = False
    project = models.ForeignKey(Project, models.CASCADE, related_name="places")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    path = models.CharField(max_length=64, db_index=True)  # of the place, so that a search needs no join

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "place"], name="a_place_of_a_project_once")]


class ProjectPartner(models.Model):
    """Who funds, answers for, passes on or does a project: an organisation that works here, or one by its names."""

    people_matters = False
    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    role = models.CharField(max_length=12, choices=PartnerRole)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    name_km = models.CharField(max_length=LONGEST_NAME, blank=True)
    name_en = models.CharField(max_length=LONGEST_NAME, blank=True)
    #: its identifier in IATI's lists, as XI-IATI-EC_INTPA; "" for none
    identifier = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, name_km="", name_en="")
                | (Q(organisation__isnull=True) & ~Q(name_km="") & ~Q(name_en="")),
                name="a_partner_is_known_or_named",
            ),
            models.UniqueConstraint(fields=["project", "role", "organisation"], name="a_partner_in_a_role_once"),
        ]


class ProjectTeam(models.Model):
    """A team that works for a project."""

    people_matters = False
    project = models.ForeignKey(Project, models.CASCADE, related_name="teams")
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "team"], name="a_team_of_a_project_once")]
