"""The words of issues, for the search of the desk. PostgreSQL: pg_trgm is used where this user may create it."""

from django.db import migrations

from spean.kernel.finding import Index

ISSUES = Index("voices_issue_search")


class Migration(migrations.Migration):

    dependencies = [
        ('voices', '0009_sheet_import'),
    ]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: ISSUES.create(editor.connection), lambda _apps, editor: ISSUES.drop(editor.connection)
        ),
    ]
