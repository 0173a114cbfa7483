"""A referral names the organisation of its case itself, as a case does: the policies of PostgreSQL begin there."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_organisation(apps: Any, schema_editor: Any) -> None:
    """That of the case."""
    of_case = apps.get_model("cases", "Case").objects.filter(pk=OuterRef("case")).values("org_id")
    apps.get_model("cases", "Referral").objects.update(org_id=Subquery(of_case))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0028_visit_cards")]

    operations: ClassVar = [
        migrations.AddField("referral", "org_id", models.UUIDField(editable=False, null=True)),
        migrations.RunPython(name_organisation, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("referral", "org_id", models.UUIDField(editable=False)),
    ]
