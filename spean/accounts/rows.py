"""Row-level security of PostgreSQL, the third net: a row of another organisation does not come out, whatever a query forgot.

An app says of its tables in whose organisation a row is (`keep`); the policies are made of that after each migration, and made
anew when what is said here changes. Tables hold them for their owner too (FORCE); a superuser and a role with BYPASSRLS pass.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from spean.privacy.fields import SealedField

POLICY = "spean_rows"
#: who is named by `app.user`, and the house; each is reckoned once a query, as it stands in a SELECT of its own
WHO = "current_setting('app.user', true)"
HOUSE = f"(SELECT {WHO} = 'house')"
ORGS = f"(SELECT spean_orgs({WHO}))::uuid[]"
TEAMS = f"(SELECT spean_teams({WHO}))::uuid[]"


def function(name: str, select: str) -> str:
    """SQL of a function that says which ids `who` reaches. Of PL/pgSQL a session keeps the plan, of SQL it does not."""
    return (
        f"CREATE OR REPLACE FUNCTION {name}(who text) RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL RESTRICTED"
        f" SET search_path FROM CURRENT AS $$ BEGIN RETURN array({select}); END $$"
    )


#: how an id is written
ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SEATS = (
    "FROM accounts_membership m JOIN accounts_team t ON t.id = m.team_id WHERE m.state = 'active'"
    f" AND m.user_id = CASE WHEN who ~ '^{ID}$' THEN who::uuid END"
)
_FUNCTIONS = {
    "spean_orgs": function("spean_orgs", f"SELECT DISTINCT t.organisation_id {_SEATS}"),
    "spean_teams": function(
        "spean_teams",
        f"SELECT team.id FROM accounts_team team WHERE team.organisation_id IN (SELECT t.organisation_id {_SEATS})",  # noqa: S608 - our own words
    ),
}
_CONDITIONS: dict[str, str] = {}


@dataclass(frozen=True)
class State:
    """What stands between the server and the rows: the tables that lack their policy, and the role that Spean connects as."""

    lacking: tuple[str, ...]
    role: str
    bypasses: bool
    owns: bool


def keep(conditions: dict[type[models.Model], str], functions: Iterable[tuple[str, str]] = ()) -> None:
    """In whose organisation the rows of these tables are, as SQL; and the functions that say so."""
    _FUNCTIONS.update(functions)
    _CONDITIONS.update({model._meta.db_table: condition for model, condition in conditions.items()})


def through(model: type[models.Model], field: str, what: str = "true") -> str:
    """SQL: the row that this one is of can be seen by who asks; of that row, `what`.

    A value for each row, never EXISTS: PostgreSQL would make a table of every row above, for a list of a few below.
    """
    fk: Any = model._meta.get_field(field)
    table, above = model._meta.db_table, fk.related_model._meta.db_table
    return f"(SELECT {what} FROM {above} above WHERE above.id = {table}.{fk.column})"  # noqa: S608 - names of tables


def tables() -> list[str]:
    """Every table with a policy."""
    return sorted(_CONDITIONS)


def unkept(among: Iterable[type[models.Model]] | None = None) -> list[str]:
    """Tables with people's matters, or with anything sealed, of which nobody has said in whose organisation a row is."""
    known = apps.get_models(include_auto_created=True) if among is None else among
    about = [m._meta.db_table for m in known if _is_about_people(m)]
    return sorted(set(about) - _CONDITIONS.keys())


def _is_about_people(model: type[models.Model]) -> bool:
    sealed = any(isinstance(field, SealedField) for field in model._meta.fields)
    return sealed or getattr(model, "people_matters", False)


def statements() -> list[str]:
    """All SQL, in its order."""
    made = list(_FUNCTIONS.values())
    for table in tables():
        made += [
            f"DROP POLICY IF EXISTS {POLICY} ON {table}",
            f"CREATE POLICY {POLICY} ON {table} USING ({HOUSE} OR {_CONDITIONS[table]})",
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        ]
    return made


def _mark() -> str:
    return sha256("\n".join(statements()).encode()).hexdigest()


def state() -> State:
    """How it stands now, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kept.name, c.relrowsecurity AND c.relforcerowsecurity AND obj_description(p.oid, 'pg_policy') = %s,"
            " current_user, r.rolsuper OR r.rolbypassrls, pg_has_role(current_user, c.relowner, 'MEMBER')"
            " FROM unnest(%s::text[]) AS kept (name) JOIN pg_roles r ON r.rolname = current_user"
            " LEFT JOIN pg_class c ON c.oid = to_regclass(kept.name)"
            " LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s",
            [_mark(), tables(), POLICY],
        )
        found = cursor.fetchall()
    return State(
        lacking=tuple(name for name, kept, *_ in found if not kept),
        role=found[0][2],
        bypasses=found[0][3],
        owns=any(owns for *_, owns in found),
    )


def install(**_: Any) -> None:
    """After a migration: every table has its policy, and the role that serves its rights."""
    if connection.vendor != "postgresql" or not set(tables()) <= set(connection.introspection.table_names()):
        return
    now = state()
    with transaction.atomic(), connection.cursor() as cursor:
        if now.lacking:
            for statement in statements():
                cursor.execute(statement)
            for table in tables():
                cursor.execute(f"COMMENT ON POLICY {POLICY} ON {table} IS '{_mark()}'")
        if now.owns and settings.DATABASE_ROLE not in {"", now.role}:
            role = connection.ops.quote_name(settings.DATABASE_ROLE)
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
