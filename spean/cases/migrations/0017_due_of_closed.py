"""Of a closed case only follow-ups are due: a day that a task left there is taken away."""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    """No follow-up was planned before this."""
    apps.get_model("cases", "Case").objects.filter(state="closed").exclude(due_on=None).update(due_on=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_follow_ups")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
