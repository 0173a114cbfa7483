"""What every table of this app has in common."""

from django.conf import settings
from django.db import models

from spean.kernel.ids import new_id

CARE = "answer the person and raise what they tell"
FIVE_YEARS = "5 years after closing"
A_WEEK = "until it is imported or discarded, 7 days at most"
USER = settings.AUTH_USER_MODEL


class AboutPeople(models.Model):
    """A table that holds people's matters: only protected fields are allowed on it."""

    people_matters = True
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
