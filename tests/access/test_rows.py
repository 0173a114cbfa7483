"""A-07: beside the program, with SQL, as the role that serves: PostgreSQL gives no row of another organisation's case.

The policies are in force in every other test on PostgreSQL too: each request of a browser is told for whom it asks.
"""

# ruff: noqa: S608 - every name in the SQL is of a table of ours
import secrets
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import isolate_apps

from spean.accounts import rows
from spean.cases import models as cases
from spean.cases.rows import above_of
from spean.config import checks
from spean.kernel import acting, clock

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no policies")
#: what the desk that a referral is addressed to reaches of the sender's case, and no other table
DESKS = {
    "cases_case", "cases_step", "cases_consent", "cases_consentfield", "cases_referral", "cases_referralfield", "cases_wayhome",
    "cases_waystep", "cases_wayword",
}  # fmt: skip
MODELS = {model._meta.db_table: model for model in apps.get_app_config("cases").get_models()}
ANY_VALUE = {
    "CountedField": lambda field: next(iter(field.codebook)).value,
    "CountedNumber": lambda _field: 1,
    "DayField": lambda _field: clock.today(),
    "SealedField": lambda _field: b"sealed",
    "OpaqueField": lambda _field: secrets.token_hex(32),
    "UUIDField": lambda _field: uuid4(),
}
#: tables about people without a policy yet: docs/decisions/0032 says why
NOT_YET = {
    "collect_reading", "evidence_toldvoice", "handed_packet", "programme_away", "programme_card", "programme_check",
    "programme_complaint", "programme_conduct",
    "programme_goal", "programme_talk", "programme_threat", "programme_trained",
    "voices_answer", "voices_attachment", "voices_concern",
    "voices_deadline", "voices_importpart", "voices_issue", "voices_issueavoid", "voices_issueconcern", "voices_issuefact",
    "voices_issueplace", "voices_issuerecruiter", "voices_letter", "voices_meeting", "voices_message", "voices_minute",
    "voices_plan", "voices_planday", "voices_planpaper", "voices_planrequest", "voices_planstep", "voices_proof",
    "voices_reading", "voices_receipt", "voices_sheetimport", "voices_step", "voices_tally",
}  # fmt: skip


@pytest.fixture
def beside(transactional_db: None, settings: Any) -> Iterator[psycopg.Connection[Any]]:
    """A connection beside the program, of a role that owns nothing; the migration gave it its rights."""
    role, password = f"app_{secrets.token_hex(4)}", secrets.token_hex(8)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
    settings.DATABASE_ROLE = role
    rows.install()
    known = connection.settings_dict
    asked = {"host": known["HOST"], "port": known["PORT"], "dbname": known["NAME"], "user": role, "password": password}
    with closing(psycopg.connect(**asked, autocommit=True)) as other:
        yield other
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT {role} TO CURRENT_USER")
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


def counts(beside: psycopg.Connection[Any], who: object, source: str = "{table}") -> dict[str, int]:
    """How many rows of each table that somebody sees."""
    beside.execute("SELECT set_config('app.user', %s, false)", [str(who)])
    return {table: count(beside, f"SELECT count(*) FROM {source.format(table=table)}") for table in rows.tables()}


def count(beside: psycopg.Connection[Any], sql: str, *values: Any) -> int:
    found = beside.execute(sql, values).fetchone()
    assert found is not None
    return int(found[0])


def way_to_case(model: Any) -> str:
    """The lookup from a table to the case that its rows are of."""
    above = above_of(model)
    if model is cases.Case:
        return "pk"
    return "case" if above == "case" else f"{above}__{way_to_case(model._meta.get_field(above).related_model)}"


def of_case(pk: Any) -> dict[str, list[Any]]:
    """The ids of all that is of a case, by table."""
    return {
        table: list(MODELS[table].objects.filter(**{way_to_case(MODELS[table]): pk}).values_list("pk", flat=True))
        for table in rows.tables()
    }


def plant(model: Any, pk: Any) -> None:
    """A row of that case where the world has none: any values that the table takes."""
    row, above = model(), above_of(model)
    for field in model._meta.fields:
        if field.null or field.has_default() or field.primary_key:
            continue
        if field.is_relation:
            related = field.related_model
            ours = related.objects.filter(**{way_to_case(related): pk}) if above_of(related) else related.objects.all()
            setattr(row, field.name, cases.Case.objects.get(pk=pk) if field.name == "case" else ours.first())
        else:
            setattr(row, field.attname, ANY_VALUE[type(field).__name__](field))
    assert above
    row.save(force_insert=True)


def seen(beside: psycopg.Connection[Any], who: object, ids: dict[str, list[Any]]) -> dict[str, int]:
    """How many of these rows somebody sees, of the tables where it is any."""
    beside.execute("SELECT set_config('app.user', %s, false)", [str(who)])
    found = {table: count(beside, f"SELECT count(*) FROM {table} WHERE id = ANY (%s)", pks) for table, pks in ids.items()}
    return {table: number for table, number in found.items() if number}


@on_postgresql
def test_another_organisation_gets_no_row(beside):
    from .world import make_world

    world = make_world()
    for model in map(MODELS.get, rows.tables()):
        if not model.objects.exists():
            plant(model, world.ids["case:A"])
    people = {name: person.user.pk for name, person in world.people.items() if person.user}
    everything = counts(beside, "house")
    assert [table for table, number in everything.items() if not number] == []
    # who has no case, no desk and no referral: nothing, whatever way leads to the table
    nothing = dict.fromkeys(rows.tables(), 0)
    strangers = (people["focal_person@own"], people["seatless"], uuid4(), "", "house'", "HOUSE", "case:", f"referral:{uuid4()}")
    assert [counts(beside, who) for who in strangers] == [nothing] * len(strangers)
    for table in rows.tables():
        beside.execute(f"CREATE TEMP VIEW seen_{table} AS SELECT * FROM {table}")
        body = f"SELECT count(*) FROM {table}"
        beside.execute(f"CREATE FUNCTION pg_temp.of_{table}() RETURNS bigint LANGUAGE sql AS '{body}'")
    assert counts(beside, people["focal_person@own"], "seen_{table}") == nothing
    beside.execute("SELECT set_config('app.user', %s, false)", [str(people["focal_person@own"])])
    assert [count(beside, f"SELECT pg_temp.of_{table}()") for table in rows.tables()] == [0] * len(nothing)
    assert [beside.execute(f"DELETE FROM {table}").rowcount for table in rows.tables()] == [0] * len(nothing)
    assert counts(beside, "house") == everything
    of_a_and_b(beside, world, people)


def of_a_and_b(beside: psycopg.Connection, world: Any, people: dict[str, Any]) -> None:
    """What two organisations see of each other's case: what was referred, and nothing else."""
    # A's worker has all that is A's, and of B's case nothing: it referred nobody to A
    of_a, of_b = of_case(world.ids["case:A"]), of_case(world.ids["case:B"])
    whole = {table: len(pks) for table, pks in of_a.items() if pks}
    assert seen(beside, people["case_worker@own"], of_a) == whole
    assert seen(beside, people["case_worker@same"], of_a) == whole  # of another team: the rules keep it, this net does not
    assert seen(beside, people["case_worker@own"], of_b) == {}
    # B's desk has the referrals addressed to it, with what both sides write on
    at_desk = seen(beside, people["supervisor@other"], of_a)
    assert at_desk.keys() - {"cases_reply"} == DESKS  # and its own reply, where that was planted on one of its referrals
    assert at_desk["cases_referral"] == cases.Referral.objects.filter(case=world.ids["case:A"], desk=world.teams["B1"]).count()
    # and who holds a packet by link and code, of that one alone
    laid = cases.Referral.objects.filter(case=world.ids["case:A"], desk=None).first()
    assert seen(beside, f"referral:{laid.pk}", of_a)["cases_referral"] == 1
    # a row is not given away, nor put among another's
    beside.execute("SELECT set_config('app.user', %s, false)", [str(people["supervisor@other"])])
    theirs = "UPDATE cases_task SET case_id = %s WHERE case_id = %s"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        beside.execute(theirs, [world.ids["case:A"], world.ids["case:B"]])


@on_postgresql
def test_the_role_that_serves_can_neither_drop_a_policy_nor_change_the_trail(beside):
    for sql in (
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        f"DROP POLICY {rows.POLICY} ON cases_case",
        "TRUNCATE cases_case CASCADE",
        "ALTER TABLE privacy_auditentry DISABLE TRIGGER ALL",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            beside.execute(sql)


@on_postgresql
def test_what_lacks_its_policy_is_noticed_and_mended(transactional_db):
    whole = rows.state()
    assert (whole.lacking, whole.bypasses, whole.owns) == ((), False, True)
    assert [(line.name, line.ok, line.fatal) for line in check_rows()] == [("rows", True, True), ("role", False, False)]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP POLICY {rows.POLICY} ON cases_note")
        cursor.execute("ALTER TABLE cases_task NO FORCE ROW LEVEL SECURITY")
    assert set(rows.state().lacking) == {"cases_note", "cases_task"}
    assert [(line.name, line.ok) for line in check_rows()] == [("rows", False), ("role", False)]
    rows.install()
    assert rows.state() == whole


def check_rows() -> list[checks.Finding]:
    """What `spean check` says of the policies."""
    return [finding for finding in checks.installation() if finding.name in {"rows", "role"}]


def told() -> str:
    """For whom the server thinks that we ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.user', true)")
        return str(cursor.fetchone()[0])


@on_postgresql
def test_a_connection_carries_nobody_over(transactional_db, django_assert_num_queries):
    ann, ben = uuid4(), uuid4()
    with acting.nobody():
        with django_assert_num_queries(1):  # to say it is no query of ours
            assert told() == ""
        acting.become(ann)
        assert told() == str(ann)
        connection.close()  # back to the pool, as at the end of a request
        with acting.nobody():
            assert told() == ""
            acting.become(ben)
            assert told() == str(ben)
        assert told() == str(ann)
        with transaction.atomic():
            acting.become(ben)
            assert told() == str(ben)
            transaction.set_rollback(True)
        assert told() == str(ben)  # the rollback took ann back; it was said again
        with transaction.atomic():
            with transaction.atomic(), acting.house():
                assert told() == "house"
                transaction.set_rollback(True)
            assert told() == str(ben)


@on_postgresql
def test_a_query_that_forgot_everything_finds_nothing_of_others(town):
    from spean.cases.operations import opening

    worker, facts = town.actor("worker"), opening.Facts(source="self")
    made = opening.open_case(worker, town.teams["team"].id, opening.Person(name_km="សុខា"), facts, uuid4())

    def forgotten(who: str) -> list[Any]:
        with acting.nobody():
            acting.become(town.users[who].id)
            return list(cases.Case.objects.values_list("pk", flat=True))

    assert [forgotten(who) for who in ("worker", "stranger", "focal")] == [[made], [], []]
    with acting.nobody():
        assert not cases.Case.objects.exists()


def test_a_new_table_about_people_has_its_policy():
    assert rows.unkept() == sorted(NOT_YET)


@isolate_apps("spean.cases")
def test_a_table_of_which_nothing_was_said_is_noticed():
    from django.db import models

    class Forgotten(models.Model):
        people_matters = True

        class Meta:
            app_label = "cases"

    assert rows.unkept([Forgotten]) == ["cases_forgotten"]
