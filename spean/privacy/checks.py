"""A system check: a model about people has protected fields only. Default deny, so that a new kind of field is refused."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from spean.privacy.fields import KINDS

#: they hold ids and yes or no; a foreign key and a many-to-many relation are ids too
PLAIN = (models.UUIDField, models.BooleanField, models.AutoField, models.BigAutoField, models.SmallAutoField)


@register("privacy")
def people_are_protected(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Every field of a model that says `people_matters = True` is one of the five kinds, an id, or yes or no."""
    configs = app_configs if app_configs is not None else apps.get_app_configs()
    found = [model for config in configs for model in config.get_models(include_auto_created=True)]
    return [error for model in found if getattr(model, "people_matters", False) for error in _errors(model)]


def _errors(model: type[models.Model]) -> list[CheckMessage]:
    hint = "Use SealedField, CountedField, CountedNumber, DayField, PublicTextField or OpaqueField of spean.privacy.fields."
    return [
        Error(f"{model.__name__}.{field.name} is about people and unprotected.", hint=hint, obj=field, id="privacy.E001")
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and not is_protected(field)
    ]


def is_protected(field: Any) -> bool:
    """Whether a field may stand on a model about people."""
    return bool(field.is_relation) or isinstance(field, (*KINDS, *PLAIN)) or _is_a_rank(field)


def _is_a_rank(field: Any) -> bool:
    """A small number that the database computes from the other, protected fields of the row: it holds nothing of its own."""
    return isinstance(field, models.GeneratedField) and type(field.output_field) is models.SmallIntegerField
