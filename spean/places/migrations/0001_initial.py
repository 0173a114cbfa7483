"""The tables of places: loads, places with their history, rows set apart."""

import django.db.models.deletion
from django.db import migrations, models

import spean.kernel.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Load",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=30)),
                ("version", models.CharField(max_length=40)),
                ("loaded_at", models.DateTimeField(default=spean.kernel.clock.now)),
                ("digest", models.CharField(max_length=64)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [models.Index(fields=["source", "-id"], name="places_load_latest")],
            },
        ),
        migrations.CreateModel(
            name="ApartRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("country", "Country"),
                            ("province", "Province"),
                            ("district", "District"),
                            ("commune", "Commune"),
                            ("village", "Village"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("parent_code", models.CharField(max_length=12)),
                ("name_km", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("repeated-code", "The code stands on more than one row"),
                            ("code-malformed", "The code has the wrong form"),
                            ("code-outside-province", "The code does not begin with the code of its province"),
                            ("code-outside-district", "The code does not begin with the code of its district"),
                            ("code-outside-commune", "The code does not begin with the code of its commune"),
                            ("parent-missing", "The place it should lie in is not in the list"),
                        ],
                        max_length=24,
                    ),
                ),
                ("raw", models.JSONField()),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="apart_rows", to="places.load"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=30)),
                ("code", models.CharField(max_length=12)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("country", "Country"),
                            ("province", "Province"),
                            ("district", "District"),
                            ("commune", "Commune"),
                            ("village", "Village"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("capital", "Capital"),
                            ("province", "Province"),
                            ("khan", "Khan"),
                            ("krong", "Municipality"),
                            ("srok", "District"),
                            ("sangkat", "Sangkat"),
                            ("khum", "Commune"),
                            ("phum", "Village"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name_km", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                ("folded", models.CharField(max_length=260)),
                ("sound", models.CharField(max_length=130)),
                ("path", models.CharField(db_index=True, max_length=64)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="places.place",
                    ),
                ),
                (
                    "since",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opened", to="places.load"
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed",
                        to="places.load",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "code"], name="places_place_history")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("source", "code"),
                        name="places_place_one_current",
                    ),
                    models.CheckConstraint(condition=models.Q(("path__endswith", "/")), name="places_place_path_ends"),
                ],
            },
        ),
    ]
