"""The audit trail, for the data protection officer."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from spean.accounts import trail as trails
from spean.kernel import clock
from spean.kernel.errors import NotAllowed
from spean.kernel.text import ROW_FIGURES, whole_number
from spean.privacy.audit import VERBS
from spean.surfaces.desk.acting import acting, with_query
from spean.surfaces.desk.people_forms import TrailForm
from spean.surfaces.pages import page

#: words for what an entry is about
KINDS = {
    "accounts.organisation": _("Organisation"),
    "accounts.team": _("Team"),
    "accounts.membership": _("Member"),
    "accounts.invitation": _("Invitation"),
    "accounts.user": _("Person"),
    "accounts.custodian": _("Custodian"),
    "accounts.recoveryrequest": _("Way back"),
    "voices.concern": _("Concern"),
    "voices.attachment": _("File"),
    "voices.message": _("Message"),
    "voices.issue": _("Issue"),
    "voices.commitment": _("Commitment"),
}
NOBODY = {"public": _("Somebody from the public"), "system": _("The system")}


@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """Newest first, filtered by what, who and on what; and whether the whole is unbroken."""
    actor = acting(request)
    organisations = trails.organisations(actor)
    if not organisations:
        raise NotAllowed
    org = _chosen(request.GET.get("org", ""), organisations)
    verbs = sorted(((v, str(m)) for v, m in VERBS.items()), key=lambda pair: pair[1])
    form = TrailForm(request.GET, verbs=verbs, people=trails.people(actor, org))
    found = trails.page(actor, org, before=whole_number(request.GET.get("before", ""), ROW_FIGURES) or None, **_filters(form))
    return page(
        request,
        "desk/trail/trail.html",
        status=200 if form.is_valid() else 422,
        form=form,
        found=replace(found, rows=tuple(map(_worded, found.rows))),
        organisations=organisations,
        older=with_query(request.GET.dict(), before=str(found.older)) if found.older is not None else "",
        checked_at=found.verdict.at.astimezone(clock.PHNOM_PENH) if found.verdict else None,
    )


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Verify the whole trail now."""
    actor = acting(request)
    organisations = trails.organisations(actor)
    if not organisations:
        raise NotAllowed
    org = _chosen(request.POST.get("org", ""), organisations)
    trails.verify(actor, org)
    return HttpResponseRedirect(f"{reverse('desk:trail')}?org={org}")


def _filters(form: TrailForm) -> dict[str, Any]:
    if not form.is_valid():
        return {}
    return {name: form.cleaned_data[name] or None for name in ("verb", "person", "subject", "day")}


def _chosen(text: str, organisations: list[tuple[UUID, str]]) -> UUID:
    return next((pk for pk, _name in organisations if str(pk) == text), organisations[0][0])


def _worded(row: trails.TrailRow) -> trails.TrailRow:
    kind, who = KINDS.get(row.kind, row.kind), NOBODY.get(row.who, row.who)
    return replace(row, at=row.at if row.day_only else row.at.astimezone(clock.PHNOM_PENH), kind=str(kind), who=str(who))
