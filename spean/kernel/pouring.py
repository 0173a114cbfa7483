"""Many rows at once, the way each database takes them fastest: COPY into PostgreSQL, one prepared statement into SQLite.

For loading only: no signal, no default and no check of a field is run. The caller's transaction holds it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db import connection, models

AT_ONCE = 20_000


def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """The columns to be given, in order: all but those that the database makes itself."""
    return tuple(f.attname for f in _fields(model))


def pour(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows, each as long as `columns_of`; returns how many."""
    fields, quote = _fields(model), connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(f.column) for f in fields)})"
    if connection.vendor == "postgresql":
        return _copy(into, rows)
    marks = ", ".join("?" * len(fields))
    connection.ensure_connection()
    made, insert = 0, f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 - names of tables and columns
    ways = [(n, way) for n, f in enumerate(fields) if (way := _way(f)) is not None]
    for part in _parts(rows):
        made += connection.connection.executemany(insert, (_adapted(r, ways) for r in part)).rowcount
    return made


def _adapted(row: Sequence[Any], ways: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for n, way in ways:
        if values[n] is not None:
            values[n] = way(values[n])
    return values


def _copy(into: str, rows: Iterable[Sequence[Any]]) -> int:
    made = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            made += 1
    return made


def _fields(model: type[models.Model]) -> list[Any]:
    return [
        f for f in model._meta.concrete_fields if not f.generated and not isinstance(f, models.AutoField | models.BigAutoField)
    ]


def _parts(rows: Iterable[Any]) -> Iterator[Iterable[Any]]:
    """So many at a time, none of them kept."""
    left = iter(rows)
    for first in left:
        yield chain([first], islice(left, AT_ONCE - 1))


def _way(field: Any) -> Callable[[Any], Any] | None:
    """How SQLite keeps a value of this field, as Django does."""
    while field.is_relation:
        field = field.target_field
    if isinstance(field, models.UUIDField):
        return attrgetter("hex")
    if isinstance(field, models.DateTimeField):
        return _moment
    return str if isinstance(field, models.DateField) else None


def _moment(at: datetime) -> str:
    return str(at.astimezone(UTC).replace(tzinfo=None))
