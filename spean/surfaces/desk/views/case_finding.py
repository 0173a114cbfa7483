"""Search a person among the cases, and compare cases that may be of one. The words come by POST and stand in no address."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from spean.accounts import access
from spean.cases.operations import doubles, finding
from spean.cases.queries import cases
from spean.cases.queries import finding as queries
from spean.kernel.errors import Locked, NotAllowed
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.fields import PlainForm, PlainText
from spean.surfaces.pages import page
from spean.voices import matching

COMPARED = _("Written down. Where it is the same person, ask to close one of the cases: nothing is put together by itself.")


class SearchForm(PlainForm):
    """Whom to look for, and among the cases of which place."""

    text = PlainText(
        max_length=matching.LONGEST,
        label=_("Name, telephone number or number of a case"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    place = forms.ChoiceField(required=False, label=_("Place"))

    def __init__(self, *args: object, places: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("All places")), *places]  # type: ignore[attr-defined]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The form; after it was sent, the cases of such a person. None of them is opened here."""
    actor = acting(request)
    if not access.may(actor, finding.SEARCH):
        raise NotAllowed
    if actor.ring is None:
        raise Locked
    form = SearchForm(request.POST if request.method == "POST" else None, places=queries.search_places(actor))
    outcome = attempt(form, lambda data: finding.search(actor, finding.Asked(**data))) if form.is_bound else None
    rows = queries.case_rows(actor, outcome.found) if outcome else ()
    return page(request, "desk/case_search.html", status=status_of(form), form=form, outcome=outcome, rows=rows)


@require_safe
def alike_list(request: HttpRequest) -> HttpResponse:
    """New cases that may be of somebody who has one, for supervisors."""
    actor = acting(request)
    if not access.may(actor, "case.compare"):
        raise NotAllowed
    return page(request, "desk/cases_alike.html", found=cases.cases_alike(actor, request.GET.get("after", "")))


@require_http_methods(["GET", "HEAD", "POST"])
def alike(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The cases that may be of the same person as this one; a post says that the reader has compared them."""
    actor = acting(request)
    if request.method == "POST":
        doubles.compared(actor, pk)
        say(
            request,
            COMPARED,
        )
        return redirect("desk:cases_alike")
    rows = queries.alike_rows(actor, doubles.alike(actor, pk))
    return page(request, "desk/case_alike.html", head=cases.case_head(actor, pk), alike=rows)
