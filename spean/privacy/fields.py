"""The five kinds of field that a model about people may have, each saying how its content is protected."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core import checks
from django.db import models

from spean.kernel.clock import PHNOM_PENH

MOST_CODES = 50
CODE_LENGTH = 40


class SealedField(models.BinaryField):
    """Ciphertext (SEAL1) of one class of content, kept for one purpose for as long as its retention class says."""

    protection = "sealed"

    def __init__(self, cls: str = "", purpose: str = "", retention: str = "", **kwargs: Any) -> None:
        self.cls, self.purpose, self.retention = cls, purpose, retention
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        """As Django asks, with the class, the purpose and the retention."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "cls": self.cls, "purpose": self.purpose, "retention": self.retention}

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Nothing is sealed without saying what for and for how long."""
        missing = [n for n in ("cls", "purpose", "retention") if not getattr(self, n)]
        found = [checks.Error(f"A sealed field needs {', '.join(missing)}.", obj=self, id="privacy.E002")] if missing else []
        return [*super().check(**kwargs), *found]

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        """Bytes, whatever the database's driver gives."""
        return None if value is None else bytes(value)


class CountedField(models.CharField):
    """One code of a short codebook; anything else is refused on the way to the database."""

    protection = "counted"

    def __init__(self, codebook: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.codebook = codebook
        self.codes = frozenset(codebook.values) if codebook is not None else frozenset()
        kwargs.setdefault("max_length", CODE_LENGTH)
        if codebook is not None:
            kwargs["choices"] = codebook.choices
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        """Without the codebook: a new code is no migration."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """A codebook of at most 50 codes, so that a code says little about one person."""
        found = super().check(**kwargs)
        if self.codebook is None:
            found.append(checks.Error("A counted field needs a codebook.", obj=self, id="privacy.E003"))
        elif len(self.codebook) > MOST_CODES:
            hint = f"{len(self.codebook)} codes; at most {MOST_CODES}."
            found.append(checks.Error("A codebook this long identifies people.", hint=hint, obj=self, id="privacy.E004"))
        return found

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Refuse what is not a code: no free text, even past the forms."""
        if not hasattr(value, "as_sql") and self.codebook is not None and not self._is_code(value):
            raise ValueError(f"{self.name}: not a code of {self.codebook.__name__}")
        return super().get_db_prep_save(value, connection)

    def _is_code(self, value: Any) -> bool:
        if value is None or value == "":
            return self.null if value is None else self.blank
        return value in self.codes


class CountedNumber(models.PositiveIntegerField):
    """A tally: how many, never which."""

    protection = "counted"


class DayField(models.DateField):
    """A day. Never a time of day, which would tell when somebody reached for help."""

    protection = "day"

    def to_python(self, value: Any) -> date | None:
        """A date; of a moment, the day that it is in Phnom Penh."""
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(PHNOM_PENH).date()
        return super().to_python(value)


class PublicTextField(models.CharField):
    """Text written for publication, which a second person has approved."""

    protection = "public"


class OpaqueField(models.CharField):
    """A hash, a locator, a random token; never what somebody typed."""

    protection = "opaque"


KINDS: Sequence[type[models.Field]] = (
    SealedField,
    CountedField,
    CountedNumber,
    DayField,
    PublicTextField,
    OpaqueField,
)
