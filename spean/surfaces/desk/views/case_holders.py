"""The same holder in other cases: found in memory, and the issue that is raised from it by counts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spean.cases.ledger_enums import DocumentKind
from spean.cases.operations import holders, reading
from spean.cases.queries import cases as queries
from spean.surfaces.desk.acting import acting, attempt, say
from spean.surfaces.desk.holder_forms import RaiseForm
from spean.surfaces.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
def holder(request: HttpRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Compared anew each time, and counted in the trail as a search; a post raises the issue as a draft."""
    actor = acting(request)
    reading.ready(actor, pk, "document")
    form = RaiseForm(request.POST) if request.method == "POST" else None
    made = attempt(form, lambda d: holders.raise_from(actor, pk, row, d["raised"], d["sent_id"])) if form else None
    if made:
        say(request, _("The issue is a draft: somebody else approves it. Each of these cases tells that an issue was raised."))
        return redirect("desk:issue", pk=made)
    found = holders.same(actor, pk, row)
    form = form or RaiseForm(initial=vars(holders.begin(actor, pk, row, found)))
    kinds = [(str(DocumentKind(code).label), n) for code, n in found.documents]
    shown = {"head": queries.case_head(actor, pk), "found": found, "kinds": kinds, "form": form}
    return page(request, "desk/case_holder.html", status=422 if form.is_bound else 200, **shown)
