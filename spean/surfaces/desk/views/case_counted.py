"""What is counted of a case: entered and changed on one page, with what others would be told of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spean.cases.operations import counting
from spean.cases.queries import cases as queries
from spean.cases.queries import counted as facts
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.counted_forms import CountedForm
from spean.surfaces.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
def counted(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is counted. It holds no name and no word: nothing is opened for it."""
    actor = acting(request)
    head, now = queries.case_head(actor, pk), facts.counted(actor, pk)
    form = CountedForm(initial={**CountedForm.known(now.told), "revision": now.revision})
    if request.method == "POST":
        form = CountedForm(request.POST)
        if attempt(form, lambda d: counting.count(actor, pk, form.told(), revision=d["revision"])):
            say(request, _("Saved. It goes into protected statistics, without names."))
            return redirect("desk:case", pk=pk)
    return page(request, "desk/case_counted.html", status=status_of(form), head=head, now=now, form=form)
