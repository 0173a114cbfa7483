"""The audit trail takes new entries and no change."""

from typing import Any

from django.db import migrations

from spean.privacy import triggers


def install(_apps: Any, editor: Any) -> None:
    """Add the triggers."""
    triggers.install(editor.connection)


def remove(_apps: Any, editor: Any) -> None:
    """Take the triggers away."""
    triggers.remove(editor.connection)


class Migration(migrations.Migration):
    """Triggers of the audit trail."""

    dependencies = [("privacy", "0001_tables")]
    operations = [migrations.RunPython(install, remove)]
