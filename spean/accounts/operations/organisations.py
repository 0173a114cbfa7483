"""Organisations and their teams."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.enums import COMMITTEE_LEVELS, OrganisationKind
from spean.accounts.models import Organisation, Team
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.places.models import Place
from spean.privacy import audit, keys

_NOT_GIVEN = _("Your organisation does not read reports from this place. Ask the operator of this server.")


@transaction.atomic
def found_organisation(
    actor: Any,
    *,
    kind: str,
    level: str,
    name_km: str,
    name_en: str,
    place: Place | None = None,
    second_factor: bool = False,
) -> Organisation:
    """A new organisation; a committee must belong to a place of its level. `second_factor`: nobody works here without one."""
    if not isinstance(actor, access.Named) and not access.may(actor, "organisation.manage"):
        raise NotAllowed
    wanted = COMMITTEE_LEVELS.get(OrganisationKind(kind))
    if wanted and (place is None or place.level != wanted):
        raise Invalid({"place": _("Choose the place that this committee is responsible for.")})
    if wanted and Organisation.objects.filter(kind=kind, place=place).exists():
        raise Invalid({"place": _("This place already has this committee.")})
    made = Organisation.objects.create(
        kind=kind, level=level, name_km=name_km, name_en=name_en, place=place, requires_second_factor=second_factor
    )
    audit.record(actor, "organisation.found", made, org=made.id)
    return made


@transaction.atomic
def add_team(
    actor: Any,
    organisation: UUID,
    *,
    name_km: str,
    name_en: str,
    place: Place | None = None,
    receives_reports: bool = False,
    sent_id: UUID | None = None,
) -> Team:
    """A new team of an organisation; it has no key until a member who needs one is there to hold it. Twice is once.

    An organisation may divide the places from which it reads reports; the operator alone gives it new ones.
    """
    organisations = Organisation.objects.all()
    if isinstance(actor, access.Named):
        owner = organisations.get(pk=organisation)
    else:
        owner = access.get(actor, "organisation.see", organisations, organisation, to="organisation.manage")
    known = owner.teams.filter(pk=sent_id).first() if sent_id else None
    if known:
        return known
    if sent_id and Team.objects.filter(pk=sent_id).exists():
        raise NotYours
    team = Team.objects.create(
        id=sent_id or new_id(),
        organisation=owner,
        name_km=name_km,
        name_en=name_en,
        place=place,
        receives_reports=receives_reports,
    )
    if receives_reports:
        if not isinstance(actor, access.Named) and not _reads_already(owner, place, team):
            raise Invalid({"receives_reports": _NOT_GIVEN})
        keys.designate_intake(owner.id, team.id, place.path if place else "")
    audit.record(actor, "team.add", team, org=owner.id)
    return team


def _reads_already(owner: Organisation, place: Place | None, new: Team) -> bool:
    """Whether a team of this organisation reads reports from the place, or from one around it."""
    path = place.path if place else ""
    own = owner.teams.filter(receives_reports=True).exclude(pk=new.pk).select_related("place")
    paths = {t.pk: t.place.path if t.place else "" for t in own}
    return any(path.startswith(around) and keys.is_intake(owner.id, pk, around) for pk, around in paths.items())
