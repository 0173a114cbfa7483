"""Releases and published issues."""

import django.db.models.deletion
from django.db import migrations, models

import spean.privacy.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', spean.privacy.fields.CountedField(max_length=40)),
                ('period', spean.privacy.fields.DayField()),
                ('released_on', spean.privacy.fields.DayField()),
                ('threshold', spean.privacy.fields.CountedNumber()),
                ('cells', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table', 'period'), name='released_once')],
            },
        ),
        migrations.CreateModel(
            name='PublishedIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', spean.privacy.fields.CountedNumber(unique=True)),
                ('kind', spean.privacy.fields.CountedField(max_length=40)),
                ('title_km', spean.privacy.fields.PublicTextField(max_length=160)),
                ('title_en', spean.privacy.fields.PublicTextField(max_length=160)),
                ('summary_km', spean.privacy.fields.PublicTextField(max_length=1500)),
                ('summary_en', spean.privacy.fields.PublicTextField(max_length=1500)),
                ('committee_km', spean.privacy.fields.PublicTextField(max_length=160)),
                ('committee_en', spean.privacy.fields.PublicTextField(max_length=160)),
                ('state', spean.privacy.fields.CountedField(max_length=40)),
                ('raised_on', spean.privacy.fields.DayField()),
                ('due_on', spean.privacy.fields.DayField(null=True)),
                ('moved_on', spean.privacy.fields.DayField()),
                ('answers', models.JSONField()),
                ('district', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('province', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['-moved_on', 'number'], name='story_latest'), models.Index(fields=['province', '-moved_on', 'number'], name='story_province'), models.Index(fields=['district', '-moved_on', 'number'], name='story_district')],
            },
        ),
    ]
