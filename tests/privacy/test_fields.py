"""The kinds of field, the check that allows no other, and migrations that do not know the codes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter

from spean.privacy.checks import is_protected, people_are_protected
from spean.privacy.fields import CountedField, CountedNumber, DayField, OpaqueField, PublicTextField, SealedField


class Colour(models.TextChoices):
    """Two codes."""

    RED = "red"
    BLUE = "blue"


Many = models.TextChoices("Many", {f"C{n}": f"c{n}" for n in range(51)})


def model(**fields: Any) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "privacy", "apps": Apps()})
    return type("Thing", (models.Model,), {"__module__": __name__, "Meta": meta, "people_matters": True, **fields})


@pytest.fixture
def thing(db: None) -> Iterator[type[models.Model]]:
    made = model(colour=CountedField(Colour, blank=True), told=SealedField("c", "p", "r", null=True), on=DayField(null=True))
    columns = [
        f'"{f.column}" {f.db_type(connection)} {"PRIMARY KEY" if f.primary_key else ""} {f.db_type_suffix(connection) or ""}'
        for f in made._meta.local_fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE privacy_thing ({', '.join(columns)})")
    return made


@pytest.mark.parametrize(
    "field",
    [
        models.CharField(max_length=5),
        models.TextField(),
        models.FileField(),
        models.ImageField(),
        models.BinaryField(),
        models.DateField(),
        models.DateTimeField(),
        models.TimeField(),
        models.JSONField(),
        models.IntegerField(),
        models.FloatField(),
        models.DecimalField(max_digits=9, decimal_places=6),
        models.EmailField(),
        models.URLField(),
        models.SlugField(),
        models.GenericIPAddressField(),
        models.DurationField(),
        models.FilePathField(),
        models.PositiveIntegerField(),
        models.SmallIntegerField(),
        models.GeneratedField(expression=models.F("x"), output_field=models.CharField(max_length=9), db_persist=True),
    ],
    ids=lambda f: type(f).__name__,
)
def test_other_fields_are_refused_on_a_model_about_people(field):
    assert not is_protected(field)


@pytest.mark.parametrize(
    "field",
    [
        SealedField("c", "p", "r"),
        CountedField(Colour),
        CountedNumber(),
        DayField(),
        PublicTextField(max_length=9),
        OpaqueField(max_length=9),
        models.UUIDField(),
        models.BooleanField(),
        models.BigAutoField(primary_key=True),
        models.ForeignKey("privacy.UserKey", models.CASCADE),
        models.ManyToManyField("privacy.UserKey"),
        models.GeneratedField(expression=models.Value(1), output_field=models.SmallIntegerField(), db_persist=True),
    ],
    ids=lambda f: type(f).__name__,
)
def test_ours_are_allowed(field):
    assert is_protected(field)


def test_the_check_names_the_field():
    made = model(name=models.CharField(max_length=5), colour=CountedField(Colour))
    config = type("Config", (), {"get_models": lambda *_, **__: [made]})()
    (error,) = people_are_protected([config])
    assert (error.id, error.obj.name) == ("privacy.E001", "name")


def test_a_model_that_is_not_about_people_is_left_alone():
    made = model(name=models.CharField(max_length=5), people_matters=False)
    assert people_are_protected([type("Config", (), {"get_models": lambda *_, **__: [made]})()]) == []


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (SealedField("c", "p"), "privacy.E002"),
        (CountedField(), "privacy.E003"),
        (CountedField(Many), "privacy.E004"),
    ],
)
def test_half_described_fields_are_refused(field, code):
    made = model(thing=field)
    assert code in [e.id for e in made._meta.get_field("thing").check()]


def test_each_field_says_how_it_is_protected():
    kinds = (SealedField, CountedField, CountedNumber, DayField, PublicTextField, OpaqueField)
    assert [k.protection for k in kinds] == ["sealed", "counted", "counted", "day", "public", "opaque"]


def test_migrations_know_the_class_of_a_sealed_field_and_no_code_of_a_counted_one():
    sealed, _ = MigrationWriter.serialize(SealedField("told", "help", "5y", null=True))
    counted, _ = MigrationWriter.serialize(CountedField(Colour, default=Colour.RED))
    assert sealed == "spean.privacy.fields.SealedField(cls='told', null=True, purpose='help', retention='5y')"
    assert counted == "spean.privacy.fields.CountedField(default='red', max_length=40)"


def test_fields_are_cloned_whole():
    field = CountedField(Colour, blank=True)
    field.set_attributes_from_name("colour")
    again = field.clone()
    assert again.max_length == 40
    assert again.blank


@pytest.mark.parametrize("value", ["green", "she said that", None, "RED"])
def test_what_is_not_a_code_does_not_reach_the_database(thing, value):
    with pytest.raises(ValueError, match="not a code"):
        thing(colour=value).save()
    with pytest.raises(ValueError, match="not a code"):
        thing.objects.update(colour=value)


def test_codes_expressions_and_bytes_pass(thing):
    made = thing.objects.create(colour=Colour.RED, told=b"\x00\x01", on=date(2026, 1, 2))
    thing.objects.update(colour=models.F("colour"))
    found = thing.objects.get(pk=made.pk)
    assert (found.colour, found.told, found.on) == ("red", b"\x00\x01", date(2026, 1, 2))
    assert thing.objects.filter(colour=Colour.RED).count() == 1


def test_a_day_forgets_the_time(thing):
    made = thing.objects.create(colour="", on=datetime(2026, 1, 2, 5, 6, tzinfo=UTC))
    assert thing.objects.get(pk=made.pk).on == date(2026, 1, 2)
