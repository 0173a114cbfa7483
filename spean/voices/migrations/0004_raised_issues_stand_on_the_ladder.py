"""Issues raised before there was a ladder stand on its first rung, the commune's."""

from typing import Any

from django.db import migrations
from django.db.models import F


def put_on_the_ladder(apps: Any, schema_editor: Any) -> None:
    """Their level, the day on which they were asked, and the day on which the rule takes them up."""
    issues = apps.get_model("voices", "Issue").objects.filter(raised_on__isnull=False)
    issues.update(level="commune", asked_on=F("raised_on"), climbs_on=F("due_on"))
    for issue in issues.filter(committee__isnull=False).iterator(chunk_size=1000):
        issue.steps.filter(state="raised", committee=None).update(committee=issue.committee, level="commune")


class Migration(migrations.Migration):
    """A data move of its own."""

    dependencies = (("voices", "0003_ladder"),)
    operations = (migrations.RunPython(put_on_the_ladder, migrations.RunPython.noop),)
