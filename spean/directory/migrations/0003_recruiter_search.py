"""The names of recruiters, for the search of the public door. PostgreSQL: pg_trgm is used where this user may create it."""

from django.db import migrations

from spean.kernel.finding import Index

RECRUITERS = Index("directory_recruiter_search")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_recruiters'),
    ]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: RECRUITERS.create(editor.connection), lambda _apps, editor: RECRUITERS.drop(editor.connection)
        ),
    ]
