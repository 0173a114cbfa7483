"""Notes have a position: a day alone does not say what was written first. Those of before stand in the order of their days."""

from itertools import groupby
from typing import Any

from django.db import migrations, models

import spean.privacy.fields


def number(apps: Any, _schema_editor: Any) -> None:
    """Give each note of a case its place."""
    note = apps.get_model("cases", "Note")
    rows = note.objects.order_by("case_id", "on", "id").only("id", "case_id", "position")
    for _case, notes in groupby(list(rows), key=lambda row: row.case_id):
        placed = list(notes)
        for position, row in enumerate(placed):
            row.position = position
        note.objects.bulk_update(placed, ["position"], batch_size=500)


class Migration(migrations.Migration):
    """The field, its numbers, and that no two are the same."""

    dependencies = [("cases", "0021_what_waits_and_load")]

    operations = [
        migrations.AddField("note", "position", spean.privacy.fields.CountedNumber(default=0), preserve_default=False),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AlterField(
            "note",
            "case",
            models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="notes", to="cases.case"),
        ),
        migrations.AddConstraint(
            "note", models.UniqueConstraint(fields=("case", "position"), name="one_case_note_a_position")
        ),
    ]
