"""The words of stories, for the public search. PostgreSQL: pg_trgm is used where this user may create it."""

from django.db import migrations

from spean.kernel.finding import Index

STORIES = Index("evidence_story_search")


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: STORIES.create(editor.connection), lambda _apps, editor: STORIES.drop(editor.connection)
        ),
    ]
