"""Kinds of steps that are details of one kind now: what was asked back, what became of a document."""

from typing import Any

from django.db import migrations
from django.db.models import F

KIND, DETAILS = "document", ("demanded", "document_moved")


def to_details(apps: Any, schema_editor: Any) -> None:
    """Each kind that went becomes the detail of its step."""
    apps.get_model("cases", "Step").objects.filter(kind__in=DETAILS).update(detail=F("kind"), kind=KIND)


def to_kinds(apps: Any, schema_editor: Any) -> None:
    """And back."""
    apps.get_model("cases", "Step").objects.filter(detail__in=DETAILS).update(kind=F("detail"), detail="")


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_step_detail")]

    operations = [migrations.RunPython(to_details, to_kinds)]
