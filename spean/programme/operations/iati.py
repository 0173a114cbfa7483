"""What the IATI file of a project needs: who reports and for what, budget, what donors promised and paid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours
from spean.kernel.text import clean
from spean.privacy import audit
from spean.programme.activity_enums import Money
from spean.programme.enums import PartnerRole
from spean.programme.iati_enums import Gender, MoneyKind, OrganisationType, Sector
from spean.programme.models import ProjectMoney, Publishing
from spean.programme.operations.programmes import NEEDED, STRANGE, find_project
from spean.programme.operations.results import MOST

#: as IATI's rules have it: no blank and none of / & | ?
IDENTIFIER = re.compile(r"[A-Z]{2,}-[^\s/&|?]{2,57}")
WHOLE, MOST_MONEY, LONGEST_BUDGET = 100, 200, timedelta(days=366)


@dataclass(frozen=True)
class PublishingWords:
    """How the project stands in IATI. `sectors`: code -> per cent."""

    identifier: str
    kind: str
    currency: str
    gender: str
    sectors: Mapping[str, int]


@dataclass(frozen=True)
class MoneyWords:
    """A line of money; `donor` is a row of the project's partners."""

    kind: str
    starts_on: date
    ends_on: date | None
    currency: str
    amount: Decimal
    donor: int | None = None


@transaction.atomic
def publish(actor: Actor, project_id: UUID, words: PublishingWords) -> None:
    """Who reports it, what it is for. The sectors make 100 per cent."""
    project = find_project(actor, project_id, "report")
    wrong: dict[str, Any] = {}
    identifier = clean(words.identifier)
    if not IDENTIFIER.fullmatch(identifier):
        wrong["identifier"] = _("Write it as it is registered, for example KH-NGO-1234.")
    for name, book in (("kind", OrganisationType), ("currency", Money), ("gender", Gender)):
        if getattr(words, name) not in book:
            wrong[name] = STRANGE
    shares = {code: share for code, share in words.sectors.items() if share}
    if set(shares) - set(Sector.values) or sum(shares.values()) != WHOLE or min(shares.values(), default=0) < 0:
        wrong["sector_15190"] = _("These have to make 100 together.")
    if wrong:
        raise Invalid(wrong)
    kept = {"identifier": identifier, "kind": words.kind, "currency": words.currency, "gender": words.gender}
    sectors = [[code, shares[code]] for code in Sector.values if code in shares]
    Publishing.objects.update_or_create(project=project, defaults={**kept, "sectors": sectors})
    audit.record(actor, "project.publish", project, org=project.organisation_id)


@transaction.atomic
def add_money(actor: Actor, project_id: UUID, words: MoneyWords, sent_id: UUID) -> None:
    """A budget, or what a donor promised or paid. Twice is once."""
    project = find_project(actor, project_id, "report")
    known = ProjectMoney.objects.filter(sent_id=sent_id).first()
    if known:
        if known.project_id != project.id:
            raise NotYours
        return
    donor = project.partners.filter(pk=words.donor, role=PartnerRole.FUNDING).first() if words.donor else None
    wrong = _money_wrong(words, has_donor=donor is not None)
    if project.money.count() >= MOST_MONEY:
        wrong["kind"] = _("A project has no more than 200 lines of money.")
    if wrong:
        raise Invalid(wrong)
    ends_on = (words.ends_on if words.kind == MoneyKind.BUDGET else None) or words.starts_on
    same = {"kind": words.kind, "currency": words.currency, "amount": words.amount, "starts_on": words.starts_on}
    ProjectMoney.objects.create(project=project, sent_id=sent_id, partner=donor, ends_on=ends_on, **same)
    audit.record(actor, "project.publish", project, org=project.organisation_id, reason="money")


def _money_wrong(words: MoneyWords, *, has_donor: bool) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if words.kind not in MoneyKind:
        wrong["kind"] = STRANGE
    if words.currency not in Money:
        wrong["currency"] = STRANGE
    if not 0 < words.amount < MOST:
        wrong["amount"] = _("This number cannot be. Look at it again.")
    if words.kind == MoneyKind.BUDGET:
        if words.ends_on is None:
            wrong["ends_on"] = NEEDED
        elif not timedelta() <= words.ends_on - words.starts_on <= LONGEST_BUDGET:
            wrong["ends_on"] = _("A budget is of a year at most: write one for each year.")
        return wrong
    if not has_donor:
        wrong["donor"] = _("Choose the donor.")
    if words.starts_on > clock.today():
        wrong["starts_on"] = _("This day has not come yet.")
    return wrong


@transaction.atomic
def leave_money(actor: Actor, project_id: UUID, row: int) -> None:
    """A line that was wrong."""
    project = find_project(actor, project_id, "report")
    if project.money.filter(pk=row).delete()[0]:
        audit.record(actor, "project.publish", project, org=project.organisation_id, reason="money")
