"""In whose organisation each row of a case is, for the policies of PostgreSQL: see `accounts.rows` and docs/decisions/0032.

A case is of the organisation under whose name it is sealed, which is that of its team. What hangs on it is seen where the case
is, with what a referral opens to the desk that it is addressed to: the referral, the consent behind it, the row and the course
of the case that both sides write on, and the way home where the person agreed that it is seen.
"""

from django.apps import apps
from django.db import models

from spean.accounts import rows
from spean.accounts.rows import ID, ORGS, TEAMS, WHO
from spean.cases.models import Arrival, Case, Consent, Referral, Step, WayHome

_DESK = (
    "FROM cases_referral r LEFT JOIN accounts_team t ON t.id = r.desk_id"
    " WHERE (t.organisation_id = ANY ((SELECT spean_orgs(who))::uuid[]) OR r.id = ANY ((SELECT spean_named(who))::uuid[]))"
)
_TOLD_WAY = "AND EXISTS (SELECT 1 FROM cases_referralfield f WHERE f.referral_id = r.id AND f.field = 'way')"
_BY_ID = f"SELECT CASE WHEN who ~ '^(case|referral):{ID}$' THEN split_part(who, ':', 2)::uuid END"
_FUNCTIONS = {
    "spean_named": rows.function("spean_named", _BY_ID),
    "spean_reached": rows.function("spean_reached", f"SELECT DISTINCT r.case_id {_DESK}"),
    "spean_ways": rows.function("spean_ways", f"SELECT DISTINCT r.case_id {_DESK} {_TOLD_WAY}"),
}
#: the one case or the one referral that is asked for by its id, see `kernel.acting`
_NAMED = f"ANY ((SELECT spean_named({WHO}))::uuid[])"
_REACHED = f"ANY ((SELECT spean_reached({WHO}))::uuid[])"
_WAYS = f"ANY ((SELECT spean_ways({WHO}))::uuid[])"


def own(model: type[models.Model]) -> str:
    """SQL: the row's case is of an organisation of who asks."""
    return rows.through(model, "case", f"above.team_id = ANY ({TEAMS}) OR above.id = {_NAMED}")


def _opened() -> dict[type[models.Model], str]:
    """What is seen otherwise than where the case is one's own."""
    return {
        # by its team, as its indexes are: a list is then still read from an index alone
        Case: f"team_id = ANY ({TEAMS}) OR id = {_NAMED} OR id = {_REACHED}",
        Arrival: f"team_id = ANY ({TEAMS}) OR case_id = {_NAMED}",
        Step: rows.through(Step, "case"),
        # it names its organisation itself: what a desk reaches of cases is reckoned from it
        Referral: f"org_id = ANY ({ORGS}) OR desk_id = ANY ({TEAMS}) OR id = {_NAMED} OR case_id = {_NAMED}",
        Consent: f"{own(Consent)} OR EXISTS (SELECT 1 FROM cases_referral r WHERE r.consent_id = cases_consent.id)",  # noqa: S608 - names
        WayHome: f"{own(WayHome)} OR case_id = {_WAYS}",
    }


def above_of(model: type[models.Model]) -> str | None:
    """The first relation, never empty, to another table of people's matters here."""
    ours = {m for m in apps.get_app_config("cases").get_models() if getattr(m, "people_matters", False)}
    return next((field.name for field in model._meta.fields if field.related_model in ours and not field.null), None)


def register() -> None:
    """Say it of every table of this app. A table that hangs on nothing is left out, and a test asks about it."""
    conditions = _opened()
    for model in apps.get_app_config("cases").get_models():
        above = above_of(model)
        if model in conditions or above is None or not getattr(model, "people_matters", False):
            continue
        conditions[model] = own(model) if above == "case" else rows.through(model, above)
    rows.keep(conditions, _FUNCTIONS.items())
